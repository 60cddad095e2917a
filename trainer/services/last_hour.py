"""What waits for judges now, and what the last hour was like, minute by minute."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import sqlalchemy as sa
from sqlalchemy.orm import Session

from sandbox.model import Verdict
from trainer.models import Priority, Submission, Work, WorkerProcess, WorkStatus
from trainer.services.workers import GONE_AFTER

MINUTES = 60
RECENT = timedelta(minutes=5)
"""What `recent` looks at: long enough for an hour without a class, short enough to see that it is slow now."""
QUANTILES = ("0.5", "0.95")
MOST_ROWS = 100_000
"""Of more than so many judged in the hour only the newest are counted."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that began and, unless it is still there, ended."""

    began: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute. What is there is counted at its end: `waiting` is not judged yet, `oldest_s` is how long the one
    that came first among these had waited. `failed` judgings are judge errors, which are no fault of a student."""

    ends_at: datetime
    judged: int
    failed: int
    waiting: int
    oldest_s: float
    workers: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What there is to do of one priority. `oldest_s` is how long the first of what waits or is worked on has been
    there; what was set aside is not tried again."""

    priority: Priority
    waiting: int
    held: int
    set_aside: int
    oldest_s: float


@dataclass(frozen=True, slots=True)
class Recent:
    """What was judged within `RECENT`: how many by verdict, and how long they took, by quantile."""

    verdicts: Mapping[str, int]
    seconds: Mapping[str, float]


def recent(session: Session, moment: datetime) -> Recent:
    """`seconds` is empty where nothing was judged."""
    rows = _judged(session, moment - RECENT)
    seconds = sorted(_seconds(judged_at - created_at) for created_at, judged_at, _ in rows)
    quantiles = {name: seconds[ceil(float(name) * len(seconds)) - 1] for name in QUANTILES} if seconds else {}
    return Recent(Counter(verdict for _, _, verdict in rows), quantiles)


def minutes(session: Session, moment: datetime) -> list[Minute]:
    """The last sixty minutes, the latest last."""
    ends = [moment - timedelta(minutes=number) for number in reversed(range(MINUTES))]
    judged = _judged(session, moment - timedelta(minutes=MINUTES))
    done = Counter(_index(ends, judged_at) for _, judged_at, _ in judged)
    failed = Counter(_index(ends, judged_at) for _, judged_at, verdict in judged if verdict == Verdict.JUDGE_ERROR)
    sent = [Span(created_at, judged_at) for created_at, judged_at, _ in judged]
    waiting = there(ends, [*sent, *(Span(created_at) for created_at in _unjudged(session))])
    present = there(ends, _workers(session, moment))
    return [
        Minute(end, done[place], failed[place], *waiting[place], present[place][0]) for place, end in enumerate(ends)
    ]


def there(ends: list[datetime], spans: Iterable[Span]) -> list[tuple[int, float]]:
    """How many were there at each of these moments, and the age of the oldest of them in seconds."""
    counts, oldest = [0] * len(ends), [0.0] * len(ends)
    for span in spans:
        last = len(ends) if span.ended is None else bisect_left(ends, span.ended)
        for place in range(bisect_left(ends, span.began), last):
            counts[place] += 1
            oldest[place] = max(oldest[place], (ends[place] - span.began).total_seconds())
    return list(zip(counts, oldest, strict=True))


def queue(session: Session, moment: datetime) -> list[Waiting]:
    """What there is to do, by priority, the most urgent first."""
    undone = sa.case((Work.status != WorkStatus.SET_ASIDE, Work.queued_at))
    rows = session.execute(
        sa.select(
            Work.priority,
            _count(WorkStatus.WAITING),
            _count(WorkStatus.HELD),
            _count(WorkStatus.SET_ASIDE),
            sa.func.min(undone),
        )
        .group_by(Work.priority)
        .order_by(Work.priority)
    )
    return [
        Waiting(Priority(priority), waiting, held, set_aside, _seconds(moment - oldest) if oldest else 0.0)
        for priority, waiting, held, set_aside, oldest in rows
    ]


def _count(status: WorkStatus) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((Work.status == status, 1), else_=0))


def _judged(session: Session, since: datetime) -> list[tuple[datetime, datetime, str]]:
    """Of what was judged since then: when it was sent, when it was judged, and the verdict."""
    query = sa.select(Submission.created_at, Submission.judged_at, Submission.verdict)
    query = query.where(Submission.judged_at >= since).order_by(Submission.judged_at.desc()).limit(MOST_ROWS)
    return [
        (created_at, judged_at, str(verdict))
        for created_at, judged_at, verdict in session.execute(query)
        if judged_at is not None
    ]


def _unjudged(session: Session) -> list[datetime]:
    """When that was sent which is not judged yet."""
    query = sa.select(Work.queued_at).where(
        Work.status.in_((WorkStatus.WAITING, WorkStatus.HELD)), Work.priority <= Priority.BELL
    )
    return list(session.scalars(query.limit(MOST_ROWS)))


def _workers(session: Session, moment: datetime) -> list[Span]:
    """When workers were there: until they stopped, or were silent for long."""
    rows = session.execute(sa.select(WorkerProcess.started_at, WorkerProcess.seen_at, WorkerProcess.stopped_at))
    spans = []
    for started_at, seen_at, stopped_at in rows:
        is_present = stopped_at is None and moment - seen_at < GONE_AFTER
        spans.append(Span(started_at, None if is_present else stopped_at or seen_at))
    return spans


def _index(ends: list[datetime], at: datetime) -> int:
    """The minute in which something happened. What a clock that is ahead wrote belongs to the last one."""
    return min(bisect_left(ends, at), len(ends) - 1)


def _seconds(length: timedelta) -> float:
    return max(0.0, length.total_seconds())
