"""The queue: what waits, who is served next, and who holds what for how long.

A row is claimed under a lease, by the database's own clock. A claim raises the row's `fence`; whoever comes later with
an older fence changes nothing. So a worker may die at any instruction, and a message may arrive twice or late, without
work lost or done twice.

Who is served next: by priority, then in turn (start-time fair queueing). Each row of an account has the turn after the
account's last one that waits; who has nothing waiting has the turn that is served now. So a hundred rows of one account
let one row of another pass, and rows of the same turn are served in the order in which they came.

A row names the sorts of boxes that it takes. Whoever cannot have some sort now passes over the rows that need it,
without reading them one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.models import Priority, Work, WorkKind, WorkStatus
from trainer.services import statements
from trainer.services.sorts import SORTS, met_by
from trainer.services.statements import ROWS

KEPT = timedelta(days=30)
"""So long mentors and admins are told of what was set aside, counted from when it was queued."""
MOST_AHEAD = 300
"""Whoever waits is told of so many before, and no more: beyond it the place says little, and costs much to count."""
GUESTS = "guests"
"""All guests are served as one account: a new guest is made by dropping a cookie."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do one piece of work, until the lease ends or somebody else claims it.

    `lapses` counts workers that died over it before, and attempts that failed.
    """

    work_id: int
    kind: WorkKind
    subject_id: int
    fence: int
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a worker's thread may take: work of these priorities, and perhaps only what is done in seconds.

    Brief work that needs hidden data which is not made yet is not brief.
    """

    first: Priority
    last: Priority
    only_brief: bool = False

    @property
    def bounds(self) -> statements.Bounds:
        return int(self.first), int(self.last), self.only_brief


OF_STUDENTS = Capacity(Priority.RUN, Priority.BELL)
BRIEF = Capacity(Priority.RUN, Priority.BELL, only_brief=True)
SLOW = Capacity(Priority.CHECK, Priority.DATA)
WITH_REJUDGING = Capacity(Priority.CHECK, Priority.REJUDGE)
"""What is slow, and rejudging: where nothing of a student waits."""


def account_of(user_id: int | None) -> str:
    return GUESTS if user_id is None else f"user {user_id}"


def add(
    session: Session,
    kind: WorkKind,
    subject_id: int,
    *,
    priority: Priority,
    account: str | None = None,
    brief: bool = False,
    data_digest: str | None = None,
    needs: str = "",
    anew: bool = True,
) -> None:
    """Queue some work. What there is for the same subject already begins anew, or stays as it is.

    `needs`: the sorts of boxes that it takes, as `trainer.services.sorts.needs` tells them.
    """
    new = {
        "new_kind": kind,
        "new_subject": subject_id,
        "new_priority": priority,
        "new_account": account,
        "new_brief": brief,
        "new_digest": data_digest,
        "new_sorts": needs,
        "new_moment": now(),
    }
    session.execute(statements.adding(session.get_bind().dialect.name, anew), new)


def take_next(
    session: Session,
    holder: str,
    capacity: Capacity,
    lease_s: float,
    *,
    able: Collection[str] = SORTS,
    longest_waiting: bool = False,
) -> Claim | None:
    """Claim what is next. None where nothing waits that this capacity may take now.

    `able` are the sorts of boxes that can be had. `longest_waiting` takes what was queued first, whatever its priority
    and turn. Who does so now and then lets nothing wait for ever, however much of what is served before keeps coming.
    """
    asked = {"new_holder": holder, "lease_s": lease_s}
    for needs in _in_order(session, capacity, met_by(able), longest_waiting):
        row = session.execute(statements.taking(capacity.bounds, needs, longest_waiting), asked).first()
        if row is not None:
            return Claim(*row)
    return None


def _in_order(
    session: Session, capacity: Capacity, needs: statements.Needs, longest_waiting: bool
) -> list[statements.Needs]:
    """Needs that are asked for together, the first ones first. Who can do all passes over none, and asks at once."""
    if needs == met_by(SORTS):
        return [needs]
    return [(one,) for one in session.scalars(statements.next_needs(capacity.bounds, needs, longest_waiting))]


def take(session: Session, kind: WorkKind, subject_id: int, holder: str, lease_s: float) -> Claim | None:
    """Claim this one. None where it does not wait, or where somebody makes its data for another one."""
    asked = {"the_kind": kind, "the_subject": subject_id, "new_holder": holder, "lease_s": lease_s}
    row = session.execute(statements.TAKE_ONE, asked).first()
    return None if row is None else Claim(*row)


def status_of(session: Session, kind: WorkKind, subject_id: int) -> WorkStatus | None:
    """None where there is nothing to do."""
    return session.scalar(sa.select(Work.status).where(Work.kind == kind, Work.subject_id == subject_id))


def renew(session: Session, held: Collection[Claim], lease_s: float) -> None:
    """Say that all this is still worked on."""
    if held:
        named = [{"the_id": one.work_id, "the_fence": one.fence, "lease_s": lease_s} for one in held]
        session.connection().execute(statements.RENEW, named)


def let_go(session: Session, held: Claim) -> bool:
    """Let somebody else do it. False where the claim was lost before."""
    return session.execute(statements.LET_GO, _named(held)).first() is not None


def finish(session: Session, held: Claim) -> bool:
    """It is done. False where the claim was lost before: then what came out must not be stored."""
    return session.execute(statements.FINISH, _named(held)).first() is not None


def fail(session: Session, held: Claim, why: str) -> WorkStatus | None:
    """Count an attempt that failed. Whether it waits again or is set aside, None where the claim was lost before."""
    status: WorkStatus | None = session.scalar(statements.FAIL, {**_named(held), "new_error": why[:2000]})
    return status


def is_held(held: Claim) -> sa.ColumnElement[bool]:
    """The condition that a claim still stands."""
    return sa.exists().where(Work.id == held.work_id, Work.fence == held.fence, Work.status == WorkStatus.HELD)


def retry(session: Session, kind: WorkKind, subject_id: int) -> None:
    """Try again what was set aside."""
    session.execute(
        sa.update(ROWS)
        .where(ROWS.c.kind == kind, ROWS.c.subject_id == subject_id, ROWS.c.status == WorkStatus.SET_ASIDE)
        .values(status=WorkStatus.WAITING, lapses=0, error="", **statements.WAITS_AGAIN)
    )


def forget(session: Session, kind: WorkKind, subject_id: int) -> None:
    """It need not be done any more."""
    session.execute(sa.delete(ROWS).where(ROWS.c.kind == kind, ROWS.c.subject_id == subject_id))


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Work whose worker died: it waits again, or is set aside."""

    kind: WorkKind
    subject_id: int
    status: WorkStatus
    lapses: int


def any_lapsed(session: Session) -> bool:
    return bool(session.scalar(statements.ANY_LAPSED))


def put_back_lapsed(session: Session) -> list[Lapsed]:
    """Take away what dead workers hold. What another process is taking away just now is left to it."""
    return [Lapsed(*row) for row in session.execute(statements.PUT_BACK_LAPSED)]


def waiting(session: Session, capacity: Capacity, *, most: int, able: Collection[str] = SORTS) -> int:
    """How much waits that this capacity may take now, with boxes of these sorts, counted up to `most`."""
    return session.scalar(statements.counting(capacity.bounds, met_by(able)), {"most": most}) or 0


def any_forgettable(session: Session) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(_forgettable()))))


def forget_set_aside(session: Session) -> None:
    """Forget what was set aside long ago and was ended so; data that was never made is kept."""
    session.execute(sa.delete(ROWS).where(_forgettable()))


def _forgettable() -> sa.ColumnElement[bool]:
    return sa.and_(ROWS.c.status == WorkStatus.SET_ASIDE, ROWS.c.kind != WorkKind.DATA, ROWS.c.queued_at < now() - KEPT)


def position(
    kinds: Sequence[WorkKind], subject: sa.orm.InstrumentedAttribute[int] | sa.ColumnElement[int]
) -> sa.ScalarSelect[int]:
    """How many rows are served before the one of a subject, for a query that has the subject's number."""
    earlier, mine = ROWS.alias("earlier"), ROWS.alias("mine")
    return (
        sa.select(sa.func.count(earlier.c.id))
        .select_from(mine)
        .join(
            earlier, sa.and_(earlier.c.status == WorkStatus.WAITING, statements.place(earlier) < statements.place(mine))
        )
        .where(mine.c.kind.in_(kinds), mine.c.subject_id == subject)
        .scalar_subquery()
    )


def first_places(session: Session, kinds: Collection[WorkKind]) -> dict[int, int]:
    """By their subjects, how many rows are served before each of the rows of these kinds that come within the first
    `MOST_AHEAD`."""
    query = sa.select(ROWS.c.kind, ROWS.c.subject_id).where(ROWS.c.status == WorkStatus.WAITING)
    rows = session.execute(query.order_by(ROWS.c.priority, ROWS.c.turn, ROWS.c.id).limit(MOST_AHEAD))
    return {subject_id: place for place, (kind, subject_id) in enumerate(rows) if kind in kinds}


def ahead_of_last(session: Session, kind: WorkKind, subject_ids: Collection[int]) -> int:
    """How many rows of others are done before the last one of these."""
    undone = ROWS.c.status != WorkStatus.SET_ASIDE
    mine = sa.select(ROWS.c.priority, ROWS.c.turn, ROWS.c.id).where(
        ROWS.c.kind == kind, ROWS.c.subject_id.in_(subject_ids), undone
    )
    places = sorted(tuple(row) for row in session.execute(mine))
    if not places:
        return 0
    before = sa.select(sa.func.count()).where(undone, statements.place(ROWS) < sa.tuple_(*places[-1]))
    return (session.scalar(before) or 0) - (len(places) - 1)


def _named(held: Claim) -> dict[str, Any]:
    return {"the_id": held.work_id, "the_fence": held.fence}
