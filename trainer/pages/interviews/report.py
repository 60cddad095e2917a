"""The report of an interview as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from trainer import kinds
from trainer.bank.markdown import render
from trainer.kinds.feedback import Feedback
from trainer.models import Interview, InterviewReader, User
from trainer.pages.interviews.room import letter_of
from trainer.pages.interviews.timeline import Picture, draw
from trainer.runtime import runtime
from trainer.services import catalogue, submissions
from trainer.services.interviews import replay, report, rubric
from trainer.services.interviews.report import Report, TaskReport
from trainer.services.interviews.rubric import Reading


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A task of the report. `source` is the counting submission as one reads it; `words` what was typed beside."""

    task: TaskReport
    feedback: Feedback | None
    source: str
    ask: Markup
    strong: tuple[Markup, ...]
    words: Mapping[str, str]


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
    return ReportPage(
        report=made,
        parts=tuple(_part(session, task, titles) for task in made.tasks),
        steps=titles,
        student=session.get_one(User, interview.user_id),
        mine=next((one for one in readings if one.user.id == viewer.id), None),
        picture=draw(replay.timeline(session, interview), [letter_of(task.number) for task in interview.tasks]),
        readings=tuple(one for one in readings if one.user.id != viewer.id),
        reader=rubric.reader_of(session, interview),
        is_own=interview.user_id == viewer.id,
    )


def _part(session: Session, task: TaskReport, titles: Mapping[str, str]) -> TaskPart:
    best, source = task.best, ""
    if best is not None:
        content = catalogue.content(session, best.version)
        source = kinds.get(content.kind).to_read(content, best.source)
    question = task.question
    return TaskPart(
        task=task,
        feedback=submissions.feedback(session, best) if best is not None else None,
        source=source,
        ask=render(question.ask) if question else Markup(),
        strong=tuple(render(line) for line in question.strong) if question else (),
        words={titles[name]: text.text for name, text in task.typed.items() if name in titles and text.text.strip()},
    )
