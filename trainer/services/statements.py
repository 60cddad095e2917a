"""The statements of the queue, made once: putting one together costs more than running it.

`trainer.services.work` says what each is for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from trainer.db import UtcDateTime, moment_after
from trainer.models import TestData, Work, WorkKind, WorkStatus

MOST_LAPSES = 3
"""Work over which so many workers died, or which failed so often, is set aside."""
ROWS = cast(sa.Table, Work.__table__)
Bounds = tuple[int, int, bool]
"""The first and the last priority that may be taken, and whether only what is brief."""
Needs = tuple[str, ...]
"""What rows may need that are taken, as `trainer.services.sorts.met_by` gives it."""


def place(table: sa.FromClause) -> sa.Tuple:
    return sa.tuple_(table.c.priority, table.c.turn, table.c.id)


def _may_be_taken(
    table: sa.FromClause, bounds: Bounds | None = None, *, by_age: bool = False
) -> sa.ColumnElement[bool]:
    """Does a row wait, within bounds, and does nobody make just now the data that it needs?

    `by_age`: an index by age leads to it; one by priority would have all rows sorted.
    """
    makers = ROWS.alias("makers")
    has_data = sa.or_(table.c.data_digest.is_(None), sa.exists().where(TestData.digest == table.c.data_digest))
    under_way = sa.exists().where(
        makers.c.data_digest == table.c.data_digest,
        makers.c.kind == WorkKind.DATA,
        makers.c.status == WorkStatus.HELD,
    )
    waits = table.c.status == WorkStatus.WAITING
    if bounds is None:
        return sa.and_(waits, ~under_way)
    first, last, only_brief = bounds
    priority = table.c.priority + 0 if by_age else table.c.priority
    fits = sa.and_(waits, priority.between(first, last))
    return sa.and_(fits, table.c.brief, has_data) if only_brief else sa.and_(fits, has_data | ~under_way)


_THE_HELD = sa.and_(
    ROWS.c.id == sa.bindparam("the_id"),
    ROWS.c.fence == sa.bindparam("the_fence"),
    ROWS.c.status == WorkStatus.HELD,
)
_LEASE = moment_after(sa.bindparam("lease_s", type_=sa.Float()))


def _turn_served(priority: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    """The turn that is served now among the work of a priority; null where nothing waits."""
    others = ROWS.alias("others")
    waiting = sa.select(others.c.turn).where(others.c.status == WorkStatus.WAITING, others.c.priority == priority)
    return waiting.order_by(others.c.turn).limit(1).scalar_subquery()


def _claiming(which: sa.ColumnElement[bool]) -> sa.UpdateBase:
    return (
        sa.update(ROWS)
        .where(which)
        .values(status=WorkStatus.HELD, fence=ROWS.c.fence + 1, holder=sa.bindparam("new_holder"), lease_until=_LEASE)
        .returning(ROWS.c.id, ROWS.c.kind, ROWS.c.subject_id, ROWS.c.fence, ROWS.c.lapses)
    )


@lru_cache
def taking(bounds: Bounds, needs: Needs, longest_waiting: bool) -> sa.UpdateBase:
    """Claim the first row that has one of these needs.

    Where several are asked for hardly a row is passed over, so they keep the databases from no other index.
    """
    queue = ROWS.alias("queue")
    is_one = len(needs) == 1
    fits = queue.c.sorts == needs[0] if is_one else (queue.c.sorts + sa.literal("")).in_(needs)
    found = sa.select(queue.c.id).where(_may_be_taken(queue, bounds, by_age=is_one and longest_waiting), fits)
    found = found.order_by(*_order(queue, longest_waiting)).limit(1)
    return _claiming(ROWS.c.id == found.with_for_update(skip_locked=True, of=queue).scalar_subquery())


@lru_cache
def next_needs(bounds: Bounds, needs: Needs, longest_waiting: bool) -> sa.Select[str]:
    """Those of which rows wait, ordered by the first row of each: however many rows of other needs wait before them."""
    queue = ROWS.alias("queue")
    found = sa.select(queue.c.sorts, queue.c.priority, queue.c.turn, queue.c.id)
    found = found.where(_may_be_taken(queue, bounds, by_age=longest_waiting))
    found = found.order_by(*_order(queue, longest_waiting)).limit(1)
    firsts = _of_each(found, queue, needs)
    return sa.select(firsts.c.sorts).order_by(*_order(firsts, longest_waiting))


@lru_cache
def counting(bounds: Bounds, needs: Needs) -> sa.Select[int]:
    most = sa.bindparam("most", type_=sa.Integer())
    found = _of_each(sa.select(ROWS.c.id).where(_may_be_taken(ROWS, bounds)).limit(most), ROWS, needs)
    return sa.select(sa.func.count()).select_from(sa.select(found.c.id).limit(most).subquery())


def _of_each(found: sa.Select[Any], queue: sa.FromClause, needs: Needs) -> sa.Subquery:
    """What is found among the rows of each need, together: an index leads to each of them."""
    parts = (found.where(queue.c.sorts == one).subquery() for one in needs)
    return sa.union_all(*(sa.select(part) for part in parts)).subquery()


def _order(table: sa.FromClause, longest_waiting: bool) -> tuple[sa.ColumnElement[Any], ...]:
    return (table.c.id,) if longest_waiting else (table.c.priority, table.c.turn, table.c.id)


TAKE_ONE = _claiming(
    sa.and_(
        ROWS.c.kind == sa.bindparam("the_kind", type_=ROWS.c.kind.type),
        ROWS.c.subject_id == sa.bindparam("the_subject"),
        _may_be_taken(ROWS),
    )
)
RENEW = sa.update(ROWS).where(_THE_HELD).values(lease_until=_LEASE)
WAITS_AGAIN = {"lease_until": None, "turn": sa.func.coalesce(_turn_served(ROWS.c.priority), 0)}
"""What is put back is served next among its equals, however far the others have come meanwhile."""
LET_GO = sa.update(ROWS).where(_THE_HELD).values(status=WorkStatus.WAITING, **WAITS_AGAIN).returning(ROWS.c.id)
FINISH = sa.delete(ROWS).where(_THE_HELD).returning(ROWS.c.id)
_ONE_MORE = {
    "status": sa.case(
        (ROWS.c.lapses + 1 >= MOST_LAPSES, sa.literal(WorkStatus.SET_ASIDE, ROWS.c.status.type)),
        else_=sa.literal(WorkStatus.WAITING, ROWS.c.status.type),
    ),
    "lapses": ROWS.c.lapses + 1,
    **WAITS_AGAIN,
}
"""What a lapse, or an attempt that failed, does to a row."""
FAIL = (
    sa.update(ROWS)
    .where(_THE_HELD)
    .values(**_ONE_MORE, error=sa.bindparam("new_error", type_=sa.Text()))
    .returning(ROWS.c.status)
)


def _lapsed(table: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.status == WorkStatus.HELD, table.c.lease_until < moment_after(sa.literal(0.0)))


def _putting_back_lapsed() -> sa.UpdateBase:
    queue = ROWS.alias("queue")
    found = sa.select(queue.c.id).where(_lapsed(queue)).with_for_update(skip_locked=True, of=queue)
    died = sa.literal("The worker ") + ROWS.c.holder + sa.literal(" stopped in the middle of it.")
    return (
        sa.update(ROWS)
        .where(ROWS.c.id.in_(found))
        .values(**_ONE_MORE, error=died)
        .returning(ROWS.c.kind, ROWS.c.subject_id, ROWS.c.status, ROWS.c.lapses)
    )


ANY_LAPSED = sa.select(sa.exists(sa.select(ROWS.c.id).where(_lapsed(ROWS))))
PUT_BACK_LAPSED = _putting_back_lapsed()


@lru_cache
def adding(dialect: str, anew: bool) -> Any:
    """The dialect's own insert, as `trainer.services.upsert` says. The turn is worked out where the row is written."""
    others = ROWS.alias("others")
    priority = sa.bindparam("new_priority", type_=sa.Integer())
    account = sa.bindparam("new_account", type_=ROWS.c.account.type)
    after_own = sa.select(sa.func.max(others.c.turn) + 1).where(
        others.c.account == account, others.c.priority == priority, others.c.status == WorkStatus.WAITING
    )
    greatest = sa.func.greatest if dialect == "postgresql" else sa.func.max
    turns = (_turn_served(priority), after_own.scalar_subquery())
    new = {
        "priority": priority,
        "account": account,
        "turn": greatest(*(sa.func.coalesce(turn, 0) for turn in turns)),
        "brief": sa.bindparam("new_brief", type_=sa.Boolean()),
        "data_digest": sa.bindparam("new_digest", type_=ROWS.c.data_digest.type),
        "sorts": sa.bindparam("new_sorts", type_=ROWS.c.sorts.type),
        "queued_at": sa.bindparam("new_moment", type_=UtcDateTime()),
        "status": WorkStatus.WAITING,
        "lapses": 0,
        "lease_until": None,
        "holder": "",
        "error": "",
    }
    subject = {
        "kind": sa.bindparam("new_kind", type_=ROWS.c.kind.type),
        "subject_id": sa.bindparam("new_subject", type_=sa.Integer()),
    }
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    made = insert(ROWS).values(**subject, **new, fence=0)
    if not anew:
        return made.on_conflict_do_nothing(index_elements=list(subject))
    again = {name: made.excluded[name] for name in new}
    return made.on_conflict_do_update(index_elements=list(subject), set_={**again, "fence": ROWS.c.fence + 1})
