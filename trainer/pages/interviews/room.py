"""The room of an interview: a task as its page shows it, without anything that practice knows of the problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from string import ascii_uppercase
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from trainer import kinds
from trainer.bank.interviews import Disclosure, Format, SpokenQuestion, format_of, question_of
from trainer.bank.markdown import render
from trainer.models import Interview, InterviewTask, InterviewText, Problem, ProblemVersion, Purpose, Submission
from trainer.pages.problem.chosen import Remembered, choose
from trainer.pages.problem.desk import NOTHING, Box, Desk, Room, StepLink, TaskLink, expected_of
from trainer.pages.shown import Shown, which_try
from trainer.services import catalogue, submissions, waits
from trainer.services.interviews import again, replay, sending, texts

SAYS: Mapping[Disclosure, str] = {
    Disclosure.LIVE: "Run is free. Submit is judged at once, on hidden cases, too; the best submission counts.",
    Disclosure.SAMPLES: "Run is free and shows the samples. Submit as often as you like: the best submission counts,"
    " and what the hidden cases say of it comes with the report.",
    Disclosure.NONE: "Run is free and takes your own input only. Nothing is judged before the end.",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """A question that is answered in words, in its room."""

    room: Room
    question: SpokenQuestion
    ask: Markup


def place_of(interview: Interview, task: InterviewTask) -> str:
    """The task in the place of a problem's address."""
    return f"interview-{interview.id}-{task.number}"


def lay_out_task(
    session: Session, interview: Interview, task: InterviewTask, language: str = "", last: Remembered = NOTHING
) -> Desk | Talk:
    """A task in its room. Without a language it is the one that was chosen `last`, or that was typed in last."""
    form = format_of(interview.format)
    typed = texts.all_of(session, interview)
    languages = catalogue.content(session, task.version).languages if task.version else ()
    if language not in languages:
        language = choose(languages, last, _typed_last(task, languages, typed)) if languages else ""
    room = _room(session, interview, task, form, typed, language)
    if task.version is None:
        question = question_of(task.question or {})
        return Talk(room, question, render(question.ask))
    content = catalogue.content(session, task.version)
    kind = kinds.get(content.kind)
    silent = not sending.shows_samples(interview)
    draft = typed.get((task.number, language))
    return Desk(
        problem=Problem(id=0, slug=place_of(interview, task)),
        version=ProblemVersion(id=0),
        content=replace(content, title=f"Task {room.letter}", topics=(), hints=(), prerequisites=(), solution=""),
        label=kind.label(content),
        statement=render(content.statement),
        hidden=None,
        samples=() if silent else kind.show_samples(content, language),
        expected=() if silent else expected_of(session, task.version, content),
        fields=kind.own_fields(content, language),
        language=language,
        source=draft.text if draft and draft.revision else content.starters[language],
        who=f"{interview.user_id} {interview.id}",
        revision=draft.revision if draft else 0,
        saved_at=draft.saved_at if draft and draft.revision else None,
        own={} if silent else None,
        room=room,
        away=waits.notices(session, task.version.kind, content.languages),
    )


def with_latest(session: Session, interview: Interview, task: InterviewTask, desk: Desk) -> Desk:
    """The room going on with what is under way, if anything is."""
    sent = submissions.latest(session, sending.author(interview, task), _problem_id(task))
    if sent is None or sent.status == "judged" or not sending.tells(interview, sent):
        return desk
    return replace(desk, shown=show(session, interview, task, sent))


def show(session: Session, interview: Interview, task: InterviewTask, submission: Submission) -> Shown:
    """A run or a submission, as far as the format lets it be told before the end."""
    feedback = sending.feedback(session, interview, submission)
    return Shown(
        id=submission.id,
        kind=submission.version.kind,
        is_run=submission.purpose is Purpose.RUN,
        language=submission.language,
        source=submission.source,
        feedback=feedback,
        progress=submissions.progress_of(session, submission),
        why_waiting=waits.why(session, submission.status, submission.version.kind, submission.language),
        summary=feedback.summary if feedback else "",
        next=None,
        rerun={},
        tried=which_try(session, sending.author(interview, task), submission, submission.version.problem.slug),
    )


def letter_of(number: int) -> str:
    return ascii_uppercase[number - 1]


def _room(
    session: Session,
    interview: Interview,
    task: InterviewTask,
    form: Format,
    typed: Mapping[tuple[int, str], InterviewText],
    language: str,
) -> Room:
    place: dict[str, Any] = {"interview_id": interview.id, "number": task.number}
    words = [
        Box(texts.WORDS, "Your answer", "", 0, *_state(interview, task.number, texts.WORDS, typed))
    ] if task.version is None else []  # fmt: skip
    steps = [
        Box(step.id, step.title, step.ask, step.minutes, *_state(interview, task.number, step.id, typed))
        for step in form.steps
        if step.ask
    ]
    submitted = sending.submitted(session, interview)
    room = Room(
        interview_id=interview.id,
        number=task.number,
        letter=letter_of(task.number),
        format=form,
        tasks=[_link(interview, one, form, typed, one.id in submitted) for one in interview.tasks],
        boxes=[*words, *steps],
        steps=_steps(session, interview, task, form, typed) if form.steps else [],
        scratchpad=Box(texts.SCRATCHPAD, "Scratchpad", "", 0, *_state(interview, 0, texts.SCRATCHPAD, typed)),
        says=SAYS[form.reveal],
        sent=again.listed(session, interview, task),
        tells=form.reveal is Disclosure.LIVE,
        here=url_for("interviews.task", **place),
        send=url_for("interviews.send", **place),
    )
    if task.version is None:
        return room
    content = catalogue.content(session, task.version)
    return replace(
        room,
        submit=url_for("api_interviews.create_submission", **place),
        run=url_for("api_interviews.create_run", **place),
        draft=url_for("api_interviews.put_text", name=language, **place),
        console=url_for("api_consoles.open_task_console", **place) if content.service else "",
    )


def _steps(
    session: Session,
    interview: Interview,
    task: InterviewTask,
    form: Format,
    typed: Mapping[tuple[int, str], InterviewText],
) -> list[StepLink]:
    seconds, last = replay.steps_by_now(session, interview)
    languages = catalogue.content(session, task.version).languages if task.version else (texts.WORDS,)
    current = last.get(task.number, form.steps[0].id)
    return [
        StepLink(
            id=step.id,
            title=step.title,
            minutes=step.minutes,
            seconds=int(seconds.get((task.number, step.id), 0)),
            href=f"#box-{step.id}" if step.ask else "#code",
            begun=any((task.number, name) in typed for name in ((step.id,) if step.ask else languages)),
            current=step.id == current,
        )
        for step in form.steps
    ]


def _state(
    interview: Interview, number: int, name: str, typed: Mapping[tuple[int, str], InterviewText]
) -> tuple[str, int, datetime | None, str]:
    text = typed.get((number, name))
    url = url_for("api_interviews.put_text", interview_id=interview.id, number=number, name=name)
    return (text.text, text.revision, text.saved_at, url) if text else ("", 0, None, url)


def _link(
    interview: Interview,
    task: InterviewTask,
    form: Format,
    typed: Mapping[tuple[int, str], InterviewText],
    submitted: bool,
) -> TaskLink:
    rule = form.tasks[task.number - 1]
    begun = any(number == task.number and text.revision for (number, _), text in typed.items())
    return TaskLink(
        number=task.number,
        letter=letter_of(task.number),
        url=url_for("interviews.task", interview_id=interview.id, number=task.number),
        minutes=rule.minutes,
        points=rule.points + rule.efficiency,
        state="submitted" if submitted else "typed" if begun else "",
    )


def _typed_last(task: InterviewTask, languages: tuple[str, ...], typed: Mapping[tuple[int, str], InterviewText]) -> str:
    """The language that was typed in last, or nothing."""
    used = [typed[task.number, name] for name in languages if (task.number, name) in typed]
    return max(used, key=lambda text: text.saved_at).name if used else ""


def _problem_id(task: InterviewTask) -> int:
    assert task.version is not None
    return task.version.problem_id
