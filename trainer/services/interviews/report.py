"""What an interview came to: every number with what it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.interviews import Format, SpokenQuestion, TaskRule, format_of, question_of
from trainer.clock import now
from trainer.learning.interview import Ending, Sent, best
from trainer.learning.progress import Work
from trainer.learning.scoring import Outcome, Scored, in_hundred, score
from trainer.models import (
    Interview,
    InterviewTask,
    InterviewText,
    Purpose,
    Submission,
    SubmissionStatus,
    WorkKind,
)
from trainer.services import progress, work
from trainer.services.interviews import sending, texts
from trainer.services.interviews.scores import outcome_of, score_of
from trainer.services.interviews.state import clock_of, is_over, loaded

LINKS = 3


@dataclass(frozen=True, slots=True)
class TaskReport:
    """One task. `best` is the submission that counts, `tries` all of them, oldest first; `late` came after the end."""

    task: InterviewTask
    rule: TaskRule
    title: str
    slug: str
    topics: tuple[str, ...]
    usual_minutes: int
    best: Submission | None
    tries: tuple[Submission, ...]
    outcome: Outcome | None
    scored: Scored
    question: SpokenQuestion | None
    typed: dict[str, InterviewText]

    @property
    def number(self) -> int:
        return self.task.number

    @property
    def late(self) -> dict[str, InterviewText]:
        return {name: text for name, text in self.typed.items() if text.late_text is not None}


@dataclass(frozen=True, slots=True)
class TopicPart:
    """What the tasks of one topic gave together."""

    topic: str
    points: float
    most: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another interview of the same format that the student sat to its end."""

    interview: Interview
    score: int | None


@dataclass(frozen=True, slots=True)
class Wave:
    """How far judging is: `waiting` of `sent` submissions are not judged, `ahead` others come before the last one."""

    sent: int
    waiting: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Report:
    """`score` is out of 100, or None in a talk; while submissions wait in the `wave` it may still rise."""

    interview: Interview
    format: Format
    ending: Ending | None
    tasks: tuple[TaskReport, ...]
    score: int | None
    wave: Wave
    by_topic: tuple[TopicPart, ...]
    next: tuple[Work, ...]
    earlier: tuple[Earlier, ...]
    scratchpad: InterviewText | None


def make(session: Session, interview: Interview) -> Report:
    """The report of an interview that is over."""
    tasks = _tasks(session, interview)
    return Report(
        interview=interview,
        format=format_of(interview.format),
        ending=clock_of(interview).ending(now()),
        tasks=tasks,
        score=in_hundred(task.scored for task in tasks),
        wave=wave_of(session, interview),
        by_topic=_by_topic(tasks),
        next=_next(session, interview, tasks),
        earlier=_earlier(session, interview),
        scratchpad=texts.find(session, interview, 0, texts.SCRATCHPAD),
    )


def wave_of(session: Session, interview: Interview) -> Wave:
    """Returns how far the judges are with what was submitted in an interview."""
    mine = (Submission.task_id.in_([task.id for task in interview.tasks]), Submission.purpose == Purpose.SUBMIT)
    sent = session.execute(sa.select(Submission.id, Submission.status).where(*mine)).all()
    waiting = [row.id for row in sent if row.status is not SubmissionStatus.JUDGED]
    return Wave(len(sent), len(waiting), work.ahead_of_last(session, WorkKind.SUBMIT, waiting) if waiting else 0)


def _tasks(session: Session, interview: Interview) -> tuple[TaskReport, ...]:
    sent, typed = sending.by_task(session, interview.tasks), texts.all_of(session, interview)
    rules = format_of(interview.format).tasks
    return tuple(
        _task(
            interview,
            task,
            rule,
            sent.get(task.id, ()),
            {name: text for (number, name), text in typed.items() if number == task.number},
        )
        for task, rule in zip(interview.tasks, rules, strict=True)
    )


def _task(
    interview: Interview,
    task: InterviewTask,
    rule: TaskRule,
    sent: Sequence[Submission],
    typed: dict[str, InterviewText],
) -> TaskReport:
    tries = tuple(one for one in sent if one.purpose is Purpose.SUBMIT)
    scored = {one.id: score(rule.points, rule.efficiency, outcome_of(one.record)) for one in tries}
    by_bell = next((one for one in tries if one.at_bell), None)
    found = best(
        clock_of(interview),
        [_as_sent(one, scored) for one in tries if not one.at_bell],
        _as_sent(by_bell, scored) if by_bell else None,
    )
    counting = next((one for one in tries if found is not None and one.id == found.id), None)
    question = question_of(task.question) if task.question else None
    version = task.version
    return TaskReport(
        task=task,
        rule=rule,
        title=version.title if version else "",
        slug=version.problem.slug if version else "",
        topics=tuple(version.topics) if version else (),
        usual_minutes=version.minutes if version else rule.minutes,
        best=counting,
        tries=tries,
        outcome=outcome_of(counting.record) if counting else None,
        scored=scored[counting.id] if counting else score(rule.points, rule.efficiency, None),
        question=question,
        typed=typed,
    )


def _as_sent(one: Submission, scored: dict[int, Scored]) -> Sent:
    return Sent(one.source, one.created_at, scored[one.id].points, one.id)


def _by_topic(tasks: Sequence[TaskReport]) -> tuple[TopicPart, ...]:
    """Each task counts in its main topic, so that the parts add up to the whole."""
    found: dict[str, TopicPart] = {}
    for task in tasks:
        if task.topics and task.scored.most:
            before = found.get(task.topics[0], TopicPart(task.topics[0], 0.0, 0))
            points, most = before.points + task.scored.points, before.most + task.scored.most
            found[task.topics[0]] = TopicPart(task.topics[0], points, most)
    return tuple(found.values())


def _next(session: Session, interview: Interview, tasks: Sequence[TaskReport]) -> tuple[Work, ...]:
    """Three problems: of the topics that lost most points, what is not solved and was not in this interview."""
    lost = sorted(tasks, key=lambda task: task.scored.points - task.scored.most)
    drawn = {task.slug for task in tasks}
    works = [
        work
        for work in progress.works(session, interview.user_id)
        if work.slug not in drawn and work.state != "accepted" and not work.warm_up
    ]
    wanted = [topic for task in lost if task.scored.points < task.scored.most for topic in task.topics]
    works.sort(key=lambda work: _place(work, wanted))
    return tuple(works[:LINKS])


def _place(work: Work, wanted: Sequence[str]) -> tuple[int, int, int]:
    places = [wanted.index(topic) for topic in work.topics if topic in wanted]
    return (min(places, default=len(wanted)), work.difficulty, work.minutes)


def _earlier(session: Session, interview: Interview) -> tuple[Earlier, ...]:
    query = loaded().where(
        Interview.user_id == interview.user_id,
        Interview.format_id == interview.format_id,
        Interview.id < interview.id,
        ~Interview.demo,
        ~Interview.abandoned,
    )
    found = [one for one in session.scalars(query.order_by(Interview.id.desc()).limit(10)) if is_over(one)]
    return tuple(Earlier(one, score_of(session, one)) for one in found)
