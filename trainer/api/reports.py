"""The report of an interview, as the API tells it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.api.feedback import verdict_of
from trainer.api.models.rooms import (
    CriterionModel,
    EarlierModel,
    EntryModel,
    InterviewReport,
    ReadingModel,
    TaskResult,
    TopicPoints,
)
from trainer.bank.interviews import Criterion
from trainer.learning.scoring import FORMULA, TERMS
from trainer.models import Interview
from trainer.services import submissions
from trainer.services.interviews import report, rubric, texts
from trainer.services.interviews.report import TaskReport
from trainer.services.interviews.rubric import Reading
from trainer.services.interviews.state import standing, title_of


def report_of(session: Session, interview: Interview) -> InterviewReport:
    """Of an interview that is over."""
    made, now = report.make(session, interview), standing(interview)
    is_final = interview.closed_at is not None and not made.wave.waiting
    return InterviewReport(
        id=interview.id,
        format=interview.format_id,
        title=title_of(interview),
        started_at=interview.started_at,
        bell_at=interview.bell_at,
        phase=now.phase,
        ending=now.ending,
        score=made.score if is_final else None,
        formula=FORMULA,
        terms=TERMS,
        sent=made.wave.sent,
        waiting=made.wave.waiting,
        tasks=[_task(session, task, {texts.WORDS, *(step.id for step in made.format.steps)}) for task in made.tasks],
        by_topic=[TopicPoints(topic=one.topic, points=one.points, most=one.most) for one in made.by_topic],
        next=[work.slug for work in made.next],
        earlier=[
            EarlierModel(id=one.interview.id, started_at=one.interview.started_at, score=one.score)
            for one in made.earlier
        ],
        scratchpad=made.scratchpad.text if made.scratchpad else "",
        rubric=[] if interview.demo else [_criterion(one) for one in made.format.rubric],
        readings=[_reading(one) for one in rubric.readings(session, interview)],
    )


def _task(session: Session, task: TaskReport, noted: set[str]) -> TaskResult:
    best, question = task.best, task.question
    feedback = submissions.feedback(session, best) if best is not None else None
    return TaskResult(
        number=task.number,
        problem=task.slug or None,
        title=task.title,
        topics=list(task.topics),
        submission=best.id if best else None,
        submissions=len(task.tries),
        by_bell=best.at_bell if best else False,
        verdict=verdict_of(best) if best else None,
        summary=feedback.summary if feedback else "",
        failed_case=feedback.failure.name if feedback and feedback.failure else "",
        mistake=feedback.mistake if feedback else "",
        source=submissions.to_read(session, best) if best else "",
        correctness=task.scored.correctness,
        most_correctness=task.scored.most_correctness,
        efficiency=task.scored.efficiency,
        most_efficiency=task.scored.most_efficiency,
        ask=question.ask if question else "",
        strong=list(question.strong) if question else [],
        texts={name: text.text for name, text in task.typed.items() if name in noted and text.text},
        late={name: text.late_text or "" for name, text in task.late.items()},
    )


def _criterion(one: Criterion) -> CriterionModel:
    return CriterionModel(id=one.id, title=one.title, levels=list(one.levels))


def _reading(one: Reading) -> ReadingModel:
    return ReadingModel(
        name=one.user.name,
        is_student=one.is_student,
        entries=[
            EntryModel(criterion=entry.criterion, level=entry.level, remark=entry.remark)
            for entry in one.entries.values()
        ],
        points=one.points,
        most=one.most,
    )
