"""The report of an interview as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session, undefer

from trainer.bank.interviews import Format
from trainer.bank.markdown import render
from trainer.kinds.feedback import Feedback
from trainer.learning.replay import Snag
from trainer.models import Interview, InterviewReader, Submission, User
from trainer.pages.compare import Line, compare
from trainer.pages.interviews.room import letter_of
from trainer.pages.interviews.timeline import Picture, draw, snag_words
from trainer.runtime import runtime
from trainer.services import submissions
from trainer.services.interviews import replay, report, rubric
from trainer.services.interviews.replay import Timeline
from trainer.services.interviews.report import Report, TaskReport
from trainer.services.interviews.rubric import Reading

MOST_CHANGED = 12
"""Lines: what changes more is no mend that one reads at a glance."""


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long a thinking step took, beside what the format advises."""

    title: str
    seconds: float
    minutes: int


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A task of the report. `source` is the counting submission as one reads it; `words` what was typed beside."""

    task: TaskReport
    feedback: Feedback | None
    source: str
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
    """Everything that the page of a report shows."""

    report: Report
    parts: tuple[TaskPart, ...]
    steps: Mapping[str, str]
    student: User
    mine: Reading | None
    readings: tuple[Reading, ...]
    picture: Picture
    snag: SnagPart | None
    reader: InterviewReader | None
    is_own: bool

    @property
    def lost_most(self) -> TaskReport | None:
        """The task in which most points stayed."""
        open_tasks = [part.task for part in self.parts if part.task.scored.points < part.task.scored.most]
        return max(open_tasks, key=lambda task: task.scored.most - task.scored.points, default=None)


def lay_out_report(session: Session, interview: Interview, viewer: User) -> ReportPage:
    """The report as the student, or the invited reader, sees it."""
    made = report.make(session, interview, runtime().topics)
    titles = {step.id: step.title for step in made.format.steps} | {"words": "Your answer"}
    readings = rubric.readings(session, interview)
    timeline, letters = replay.timeline(session, interview), [letter_of(task.number) for task in interview.tasks]
    return ReportPage(
        report=made,
        parts=tuple(_part(session, task, titles, made.format, timeline) for task in made.tasks),
        steps=titles,
        student=session.get_one(User, interview.user_id),
        mine=next((one for one in readings if one.user.id == viewer.id), None),
        picture=draw(timeline, letters),
        snag=_snag(session, timeline.snag, letters) if timeline.snag else None,
        readings=tuple(one for one in readings if one.user.id != viewer.id),
        reader=rubric.reader_of(session, interview),
        is_own=interview.user_id == viewer.id,
    )


def _snag(session: Session, snag: Snag, letters: Sequence[str]) -> SnagPart:
    failed = session.get_one(Submission, snag.last, options=[undefer(Submission.record)])
    feedback = submissions.feedback(session, failed)
    words, changes = snag_words(snag, letters), []
    if snag.mend is None:
        words += " It still failed at the end."
    else:
        mend = session.get_one(Submission, snag.mend)
        changes = compare(submissions.to_read(session, failed), submissions.to_read(session, mend))
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
        ask=render(question.ask) if question else Markup(),
        strong=tuple(render(line) for line in question.strong) if question else (),
        steps=[
            StepTime(step.title, timeline.steps.get((task.number, step.id), 0.0), step.minutes) for step in form.steps
        ],
        words={titles[name]: text.text for name, text in task.typed.items() if name in titles and text.text.strip()},
    )
