"""The report of an interview as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session, undefer

from trainer.bank.interviews import Format
from trainer.bank.markdown import render
from trainer.kinds.feedback import Feedback
from trainer.learning import judgement
from trainer.learning.judgement import TaskFigures
from trainer.learning.replay import Snag
from trainer.models import Interview, InterviewReader, Submission, User
from trainer.pages.compare import Line, compare
from trainer.pages.interviews.notable import Notable, notable
from trainer.pages.interviews.room import letter_of
from trainer.pages.interviews.timeline import Picture, draw, snag_words
from trainer.services import submissions
from trainer.services.interviews import replay, report, rubric
from trainer.services.interviews.replay import Timeline
from trainer.services.interviews.report import Report, TaskReport
from trainer.services.interviews.rubric import Reading

MOST_CHANGED = 12
"""Lines: what changes more is not read at a glance."""


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long a thinking step took, beside what the format advises."""

    title: str
    seconds: float
    minutes: int


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A task of the report. `source` is the counting submission as one reads it, in its `language`; `words` what was
    typed beside."""

    task: TaskReport
    feedback: Feedback | None
    source: str
    language: str
    ask: Markup
    strong: tuple[Markup, ...]
    words: Mapping[str, str]
    steps: Sequence[StepTime]

    @property
    def shown(self) -> bool:
        """Is there anything to show of a task that is no question?"""
        return self.task.question is None and bool(self.words or self.source or self.task.late)


@dataclass(frozen=True, slots=True)
class SnagPart:
    """What kept the student longest. `changes` got past it; they are empty where nothing did, or far too much."""

    words: str
    mistake: str
    changes: Sequence[Line]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that the page of a report shows. `headline` and `sentences` say what the figures come to."""

    report: Report
    parts: tuple[TaskPart, ...]
    steps: Mapping[str, str]
    student: User
    mine: Reading | None
    readings: tuple[Reading, ...]
    headline: str
    sentences: tuple[str, ...]
    notable: tuple[Notable, ...]
    picture: Picture
    snag: SnagPart | None
    reader: InterviewReader | None
    is_own: bool


def lay_out_report(session: Session, interview: Interview, viewer: User) -> ReportPage:
    """The report as the student, or the invited reader, sees it."""
    made = report.make(session, interview)
    titles = {step.id: step.title for step in made.format.steps} | {"words": "Your answer"}
    readings = rubric.readings(session, interview)
    timeline, letters = replay.timeline(session, interview), [letter_of(task.number) for task in interview.tasks]
    picture = draw(timeline, letters)
    figures = _figures(made, picture, was_recorded=bool(timeline.looks))
    return ReportPage(
        report=made,
        parts=tuple(_part(session, task, titles, made.format, timeline) for task in made.tasks),
        steps=titles,
        student=session.get_one(User, interview.user_id),
        mine=next((one for one in readings if one.user.id == viewer.id), None),
        headline=judgement.headline(figures),
        sentences=tuple(judgement.sentences(figures, left_s=_left_s(interview, timeline), change=_change(made))),
        notable=notable(timeline, letters, [rule.minutes for rule in made.format.tasks]),
        picture=picture,
        snag=_snag(session, timeline.snag, letters) if timeline.snag else None,
        readings=tuple(one for one in readings if one.user.id != viewer.id),
        reader=rubric.reader_of(session, interview),
        is_own=interview.user_id == viewer.id,
    )


def _figures(made: Report, picture: Picture, *, was_recorded: bool) -> list[TaskFigures]:
    """The figures of the tasks that are judged. Without a recording it is not known what was on screen."""
    return [
        TaskFigures(
            letter=letter_of(task.number),
            sent=len(task.tries),
            accepted=task.outcome.accepted if task.outcome else 0,
            stopped=task.outcome.stopped if task.outcome else 0,
            total=task.outcome.total if task.outcome else 0,
            lost=task.scored.most - task.scored.points,
            seconds=row.seconds if was_recorded else 1.0,
            minutes=task.rule.minutes,
        )
        for task, row in zip(made.tasks, picture.rows, strict=True)
        if task.question is None
    ]


def _left_s(interview: Interview, timeline: Timeline) -> float:
    return (interview.bell_at - interview.started_at).total_seconds() - timeline.length


def _change(made: Report) -> int | None:
    """The points beside the interview of this format before; None where there is none, or this one was left."""
    before = made.earlier[0].score if made.earlier else None
    return None if made.score is None or before is None or made.interview.abandoned else made.score - before


def _snag(session: Session, snag: Snag, letters: Sequence[str]) -> SnagPart:
    failed = session.get_one(Submission, snag.last, options=[undefer(Submission.record)])
    feedback = submissions.feedback(session, failed)
    words, changes = snag_words(snag, letters), []
    if snag.fix is None:
        words += " It still failed at the end."
    else:
        fix = session.get_one(Submission, snag.fix)
        changes = compare(submissions.to_read(session, failed), submissions.to_read(session, fix))
        count = sum(line.mark in ("add", "del") for line in changes)
        words += " This got past it:" if 0 < count <= MOST_CHANGED else f" {count} changed lines got past it."
        changes = changes if count <= MOST_CHANGED else []
    return SnagPart(words, feedback.mistake if feedback else "", changes)


def _part(session: Session, task: TaskReport, titles: Mapping[str, str], form: Format, timeline: Timeline) -> TaskPart:
    best = task.best
    question = task.question
    return TaskPart(
        task=task,
        feedback=submissions.feedback(session, best) if best is not None else None,
        source=submissions.to_read(session, best) if best is not None else "",
        language=best.language if best is not None else "",
        ask=render(question.ask) if question else Markup(),
        strong=tuple(render(line) for line in question.strong) if question else (),
        steps=[
            StepTime(step.title, timeline.steps.get((task.number, step.id), 0.0), step.minutes) for step in form.steps
        ],
        words={titles[name]: text.text for name, text in task.typed.items() if name in titles and text.text.strip()},
    )
