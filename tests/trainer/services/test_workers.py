"""Workers tell of themselves; who is silent is gone after a while, by the database's clock and no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer import clock
from trainer.db import utc_now
from trainer.models import WorkerProcess
from trainer.services import workers
from trainer.services.sorts import SORTS, of_installation
from trainer.services.workers import GONE_AFTER, KEPT_FOR, About, EngineState

ABOUT = About("one", "1.0", judges=2, max_boxes=16, max_memory_mib=6400)
WELL = EngineState(
    is_available=True, message="", why_single="", sorts=("data", "python"), troubles={"service": "no image"}
)
AWAY = EngineState(is_available=False, message="no engine answers", why_single="", sorts=())


def age(session: Session, worker_id: str, by: timedelta) -> None:
    """Let a worker have been silent for so long."""
    row = session.get_one(WorkerProcess, worker_id, populate_existing=True)
    row.started_at -= by
    row.seen_at -= by
    session.flush()


def names(session: Session) -> list[tuple[str, bool, bool]]:
    return [(known.row.id, known.is_present, known.can_judge) for known in workers.listed(session)]


def test_the_database_tells_the_time(session: Session) -> None:
    moment = session.scalar(sa.select(utc_now()))
    assert moment is not None
    assert moment.tzinfo is UTC
    assert abs(moment - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_worker_is_there_from_its_first_word_until_it_stops(session: Session) -> None:
    assert not workers.able(session).can_judge("python")
    workers.beat(session, "a", ABOUT, WELL, 3)
    assert workers.able(session).can_judge("python")
    [known] = workers.listed(session)
    row = known.row
    assert (row.name, row.version, row.judges, row.max_boxes, row.max_memory_mib) == ("one", "1.0", 2, 16, 6400)
    assert (row.sorts, row.troubles, row.warm, row.stopped_at) == (["data", "python"], {"service": "no image"}, 3, None)
    workers.stop(session, "a")
    session.expire_all()
    assert not workers.able(session).can_judge("python")
    assert names(session) == [("a", False, False)]


def test_whose_engine_is_away_cannot_judge(session: Session) -> None:
    workers.beat(session, "a", ABOUT, AWAY, 0)
    assert not workers.able(session).can_judge("python")
    assert names(session) == [("a", True, False)]
    workers.beat(session, "a", ABOUT, WELL, 0)
    session.expire_all()
    assert workers.able(session).can_judge("python")
    assert names(session) == [("a", True, True)]


def test_the_silent_are_gone_and_come_back_with_a_word(session: Session) -> None:
    workers.beat(session, "a", ABOUT, WELL, 0)
    age(session, "a", GONE_AFTER)
    assert not workers.able(session).can_judge("python")
    assert names(session) == [("a", False, False)]
    workers.beat(session, "a", ABOUT, WELL, 0)
    session.expire_all()
    assert workers.able(session).can_judge("python")


def test_those_that_are_there_come_first_and_then_who_went_last(session: Session) -> None:
    for name in "dcba":
        workers.beat(session, name, About(name, "1.0", judges=1, max_boxes=1, max_memory_mib=256), WELL, 0)
    age(session, "a", timedelta(minutes=30))
    age(session, "d", timedelta(minutes=10))
    assert [known.row.id for known in workers.listed(session)] == ["b", "c", "d", "a"]


def test_who_is_gone_for_long_is_forgotten_and_nobody_else(session: Session) -> None:
    for name in "abc":
        workers.beat(session, name, ABOUT, WELL, 0)
    age(session, "a", KEPT_FOR + timedelta(seconds=1))
    age(session, "b", GONE_AFTER)
    workers.forget_gone(session)
    assert sorted(session.scalars(sa.select(WorkerProcess.id))) == ["b", "c"]


def test_a_forgotten_worker_that_speaks_is_known_again(session: Session) -> None:
    workers.beat(session, "a", ABOUT, WELL, 0)
    age(session, "a", 2 * KEPT_FOR)
    workers.forget_gone(session)
    workers.beat(session, "a", ABOUT, WELL, 0)
    assert workers.able(session).can_judge("python")


def test_a_clock_that_is_wrong_does_no_harm(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for hours in (-5, 5):
        monkeypatch.setattr(clock, "now", lambda hours=hours: datetime.now(UTC) + timedelta(hours=hours))
        workers.beat(session, f"off by {hours}", ABOUT, WELL, 0)
    assert {known.can_judge for known in workers.listed(session)} == {True}


def test_who_can_judge_depends_on_the_boxes_that_a_judgement_takes(session: Session) -> None:
    workers.beat(session, "programs", ABOUT, engine_of("python"), 0)
    able = workers.able(session)
    assert [able.can_judge(needs) for needs in ("", "python", "data", "data python")] == [True, True, False, False]
    workers.beat(session, "queries", ABOUT, engine_of("data"), 0)
    able = workers.able(session)
    assert [able.can_judge(needs) for needs in ("", "python", "data")] == [True, True, True]
    assert not able.can_judge("data python"), "nobody has both"


def test_what_takes_no_boxes_is_judged_without_an_engine(session: Session) -> None:
    assert not workers.able(session).can_judge("")
    workers.beat(session, "a", ABOUT, AWAY, 0)
    assert workers.able(session).can_judge("")


def test_sorts_that_nobody_can_have_are_told_with_the_reason(session: Session) -> None:
    assert workers.out_of_order(workers.listed(session)) == {}
    workers.beat(session, "a", ABOUT, AWAY, 0)
    assert workers.out_of_order(workers.listed(session)) == {}, "nobody can judge anything: that is told instead"
    workers.beat(session, "b", ABOUT, engine_of("python"), 0)
    lost = {sort: f"no {sort}" for sort in SORTS if sort != "python"}
    assert workers.out_of_order(workers.listed(session)) == lost
    workers.beat(session, "c", ABOUT, engine_of("data"), 0)
    session.expire_all()
    assert workers.out_of_order(workers.listed(session)) == {sort: why for sort, why in lost.items() if sort != "data"}


def test_nothing_is_said_of_a_language_that_no_worker_makes_boxes_for(session: Session) -> None:
    sorts = of_installation(["python"])
    workers.beat(session, "a", ABOUT, EngineState(is_available=True, message="", why_single="", sorts=sorts), 0)
    assert workers.out_of_order(workers.listed(session)) == {}


def engine_of(*able: str) -> EngineState:
    troubles = {sort: f"no {sort}" for sort in SORTS if sort not in able}
    return EngineState(is_available=True, message="", why_single="", sorts=able, troubles=troubles)
