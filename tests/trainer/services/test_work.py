"""The queue: who is served next, nothing is had by two, nothing is lost, and nobody waits for ever."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from tests.factories import make_user, publish
from tests.trainer.services.undone import Undone
from trainer.clock import now
from trainer.db import Sessions
from trainer.kinds import KINDS
from trainer.models import Priority, TestData, Work, WorkKind, WorkStatus
from trainer.services import sorts, submissions, work
from trainer.services.author import Author
from trainer.services.sorts import EVERYTHING, SORTS
from trainer.services.statements import MOST_LAPSES
from trainer.services.work import BRIEF, OF_STUDENTS, SLOW, Capacity, Claim

LEASE_S = 60.0
OVER_S = -1.0
ALL = Capacity(Priority.RUN, Priority.REJUDGE)


def add(
    session: Session,
    number: int,
    account: str | None = "user 1",
    priority: Priority = Priority.SUBMIT,
    needs: str = "",
) -> int:
    work.add(session, WorkKind.SUBMIT, number, priority=priority, account=account, brief=True, needs=needs)
    return number


def take(session: Session, capacity: Capacity = ALL, lease_s: float = LEASE_S) -> Claim | None:
    return work.take_next(session, "a worker", capacity, lease_s)


def order(session: Session) -> list[int]:
    """Subjects of all that waits, in the order in which they are claimed."""
    return [held.subject_id for held in iter(lambda: take(session), None)]


# Who is next


def test_first_come_first_served(session: Session) -> None:
    for number, account in enumerate(["user 1", "user 2", "user 3", "guests"], 1):
        add(session, number, account)
    assert order(session) == [1, 2, 3, 4]


def test_runs_come_first_and_data_last(session: Session) -> None:
    priorities = list(Priority)
    for number, priority in reversed(list(enumerate(priorities, 1))):
        add(session, number, None, priority)
    assert order(session) == list(range(1, len(priorities) + 1))


def test_five_hundred_rows_of_one_let_one_of_another_pass(session: Session) -> None:
    for number in range(1, 501):
        add(session, number, "user 1")
    for _ in range(100):
        assert take(session)
    add(session, 501, "user 2")
    assert [one.subject_id for one in (take(session), take(session)) if one] == [101, 501]


def test_accounts_take_turns(session: Session) -> None:
    for number in range(1, 4):
        add(session, number, "user 1")
    for number in range(4, 7):
        add(session, number, "user 2")
    assert order(session) == [1, 4, 2, 5, 3, 6]


def test_guests_are_one_account(session: Session) -> None:
    for number in range(1, 4):
        add(session, number, work.account_of(None))
    add(session, 4, work.account_of(1))
    assert order(session) == [1, 4, 2, 3]


def test_what_is_put_back_is_next(session: Session) -> None:
    for number in range(1, 5):
        add(session, number, "user 1")
    held = take(session)
    assert held
    assert take(session)
    assert work.let_go(session, held)
    assert order(session) == [1, 3, 4]


def test_what_has_waited_longest_may_be_asked_for(session: Session) -> None:
    add(session, 1, "user 1", Priority.BELL)
    add(session, 2, "user 2", Priority.RUN)
    held = work.take_next(session, "a worker", ALL, LEASE_S, longest_waiting=True)
    assert held
    assert held.subject_id == 1


def test_one_who_takes_only_what_is_brief(session: Session) -> None:
    def queue(number: int, digest: str | None, *, brief: bool) -> None:
        work.add(session, WorkKind.SUBMIT, number, priority=Priority.SUBMIT, brief=brief, data_digest=digest)

    session.add(TestData(digest="made", cases=b"", count=0, created_at=now()))
    session.flush()
    queue(1, "made", brief=False)
    queue(2, "not made", brief=True)
    queue(3, "made", brief=True)
    queue(4, None, brief=True)
    assert [one.subject_id for one in iter(lambda: take(session, BRIEF), None)] == [3, 4]
    assert [one.subject_id for one in iter(lambda: take(session, SLOW), None)] == []
    assert [one.subject_id for one in iter(lambda: take(session, OF_STUDENTS), None)] == [1, 2]


def test_what_waits_for_data_that_is_being_made_is_passed_over(session: Session) -> None:
    work.add(session, WorkKind.DATA, 7, priority=Priority.DATA, data_digest="d")
    making = take(session, SLOW)
    assert making
    for number, digest in ((1, "d"), (2, "another")):
        work.add(session, WorkKind.SUBMIT, number, priority=Priority.SUBMIT, brief=True, data_digest=digest)
    assert work.take(session, WorkKind.SUBMIT, 1, "a worker", LEASE_S) is None
    assert [one.subject_id for one in iter(lambda: take(session, OF_STUDENTS), None)] == [2]
    work.let_go(session, making)
    assert [one.subject_id for one in iter(lambda: take(session, OF_STUDENTS), None)] == [1]


# Who can have which boxes


def order_for(session: Session, able: tuple[str, ...], *, longest_waiting: bool = False) -> list[int]:
    """Subjects of all that waits in the order in which a worker claims them that can have these boxes."""

    def claim() -> Claim | None:
        return work.take_next(session, "a worker", ALL, LEASE_S, able=able, longest_waiting=longest_waiting)

    return [held.subject_id for held in iter(claim, None)]


def test_what_takes_boxes_that_cannot_be_had_is_passed_over(session: Session) -> None:
    for number, needs in enumerate(["service", "service", "python", "", "data", EVERYTHING, "python"], 1):
        add(session, number, f"user {number}", needs=needs)
    assert work.waiting(session, ALL, most=99, able=()) == 1
    assert work.waiting(session, ALL, most=99, able=("data", "python")) == 4
    assert work.waiting(session, ALL, most=3, able=("data", "python")) == 3
    assert order_for(session, ()) == [4]
    assert order_for(session, ("data", "python")) == [3, 5, 7]
    assert work.waiting(session, ALL, most=99, able=("data", "python")) == 0, "or it would be asked for in vain"
    assert order_for(session, SORTS) == [1, 2, 6]


@pytest.mark.parametrize("able", [("data", "python"), ("python", "service"), SORTS])
@pytest.mark.parametrize("longest_waiting", [False, True])
def test_what_can_be_done_keeps_its_order(session: Session, able: tuple[str, ...], *, longest_waiting: bool) -> None:
    """Rows of several needs are not served need by need."""
    needs = {number: ("python", "service", "data")[number % 3] for number in range(1, 25)}
    for number, one in needs.items():
        add(session, number, f"user {number % 4}", list(Priority)[number % 2], needs=one)
    everything = order_for(session, SORTS, longest_waiting=longest_waiting)
    assert len(everything) == len(needs)
    session.rollback()
    for number, one in needs.items():
        add(session, number, f"user {number % 4}", list(Priority)[number % 2], needs=one)
    wanted = [number for number in everything if needs[number] in able]
    assert order_for(session, able, longest_waiting=longest_waiting) == wanted


def test_two_workers_with_different_boxes_take_each_its_own(session: Session) -> None:
    for number in range(1, 9):
        add(session, number, f"user {number}", needs="service" if number % 2 else "python")
    taken = {}
    for _ in range(4):
        for able in ("python", "service"):
            held = work.take_next(session, able, ALL, LEASE_S, able=(able,))
            assert held
            taken.setdefault(able, []).append(held.subject_id)
    assert taken == {"python": [2, 4, 6, 8], "service": [1, 3, 5, 7]}


def test_no_kind_of_problem_is_forgotten_in_the_table_of_needs() -> None:
    known = {kind.NAME: sorts.needs(kind.NAME) for kind in KINDS}
    assert EVERYTHING not in known.values()
    assert set(known.values()) <= set(sorts.met_by(SORTS))
    assert sorts.needs("drawing") == EVERYTHING
    assert sorts.met_by(()) == ("",)


def test_what_is_queued_again_begins_anew(session: Session) -> None:
    add(session, 1)
    late = take(session)
    assert late
    add(session, 1)
    assert not work.finish(session, late)
    held = take(session)
    assert held
    assert work.finish(session, held)


def test_a_number_is_never_given_twice(session: Session) -> None:
    add(session, 1)
    late = take(session)
    assert late
    assert work.finish(session, late)
    add(session, 2)
    held = take(session)
    assert held
    assert held.work_id != late.work_id
    assert not work.finish(session, late)


# Leases


def test_a_renewed_lease_does_not_lapse(session: Session) -> None:
    add(session, 1)
    held = take(session, lease_s=OVER_S)
    assert held
    assert work.any_lapsed(session)
    work.renew(session, [held], LEASE_S)
    assert not work.any_lapsed(session)
    assert work.put_back_lapsed(session) == []


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_an_hour_off_takes_nobodys_lease_and_keeps_none(session: Session, hours: int) -> None:
    """The database's clock decides, whatever the machine of a worker believes."""
    add(session, 1)
    add(session, 2)
    with time_machine.travel(now() + timedelta(hours=hours), tick=True):
        assert take(session)
        assert work.put_back_lapsed(session) == []
        assert take(session, lease_s=OVER_S)
    assert [one.subject_id for one in work.put_back_lapsed(session)] == [2]


def test_what_kills_workers_is_set_aside(session: Session) -> None:
    add(session, 1)
    for lapses in range(1, MOST_LAPSES + 1):
        assert take(session, lease_s=OVER_S)
        (found,) = work.put_back_lapsed(session)
        assert found.lapses == lapses
    assert found.status is WorkStatus.SET_ASIDE
    assert take(session) is None
    row = session.scalars(sa.select(Work)).one()
    assert row.error == "The worker a worker stopped in the middle of it."
    work.retry(session, WorkKind.SUBMIT, 1)
    assert take(session)


def test_what_fails_is_set_aside(session: Session) -> None:
    add(session, 1)
    statuses = []
    for number in range(MOST_LAPSES):
        held = take(session)
        assert held
        statuses.append(work.fail(session, held, f"error {number}"))
        assert work.fail(session, held, "late") is None
    assert statuses == [*[WorkStatus.WAITING] * (MOST_LAPSES - 1), WorkStatus.SET_ASIDE]
    assert session.scalars(sa.select(Work.error)).one() == f"error {MOST_LAPSES - 1}"


def test_what_was_set_aside_long_ago_is_forgotten(session: Session) -> None:
    for kind, number in ((WorkKind.SUBMIT, 1), (WorkKind.SUBMIT, 2), (WorkKind.DATA, 3), (WorkKind.RUN, 4)):
        work.add(session, kind, number, priority=Priority.SUBMIT)
    session.execute(sa.update(Work).where(Work.subject_id < 4).values(status=WorkStatus.SET_ASIDE))
    assert not work.any_forgettable(session)
    session.execute(sa.update(Work).where(Work.subject_id != 2).values(queued_at=now() - 2 * work.KEPT))
    assert work.any_forgettable(session)
    work.forget_set_aside(session)
    assert set(session.scalars(sa.select(Work.subject_id))) == {2, 3, 4}


# In any order


@dataclass
class Row:
    """What the model knows of a row that waits."""

    number: int
    account: str
    priority: Priority
    alone: bool
    passed_by: Counter[str] = field(default_factory=Counter)
    """How many rows of each account were claimed since it was queued, among its equals."""
    put_back: bool = False


class Queue(RuleBasedStateMachine):
    """Accounts queue; workers claim, finish, put back and die, in any order."""

    def __init__(self, database: sa.Engine) -> None:
        super().__init__()
        self.undone = Undone(database)
        self.session = self.undone.session()
        self.numbers = itertools.count(1)
        self.waiting: dict[int, Row] = {}
        self.held: dict[int, tuple[Row, Claim]] = {}

    @rule(account=st.sampled_from(["user 1", "user 2", "user 3"]), priority=st.sampled_from(list(Priority)[:2]))
    def queue(self, account: str, priority: Priority) -> None:
        number = next(self.numbers)
        alone = not any(one.account == account and one.priority == priority for one in self.waiting.values())
        self.waiting[number] = Row(number, account, priority, alone)
        add(self.session, number, account, priority)

    @rule(many=st.integers(2, 6))
    def flood(self, many: int) -> None:
        for _ in range(many):
            self.queue("user 1", Priority.SUBMIT)

    @rule(lapses=st.booleans())
    def claim(self, lapses: bool) -> None:
        held = take(self.session, OF_STUDENTS, OVER_S if lapses else LEASE_S)
        assert (held is None) == (not self.waiting)
        if held is None:
            return
        row = self.waiting.pop(held.subject_id)
        self.held[row.number] = row, held
        for other in self.waiting.values():
            assert row.priority <= other.priority, "what comes first by priority is served first"
            if other.priority != row.priority:
                continue
            if other.account == row.account:
                assert row.number < other.number, "of one account first come, first served"
            elif other.alone and not row.put_back:
                assert row.number < other.number, "nobody who comes later passes one who has nothing else waiting"
                other.passed_by[row.account] += 1
                assert other.passed_by[row.account] <= 1, "and of each other account one row at most comes before"

    @rule()
    def claim_what_has_waited_longest(self) -> None:
        held = work.take_next(self.session, "a worker", OF_STUDENTS, LEASE_S, longest_waiting=True)
        if held is not None:
            assert held.subject_id == min(self.waiting)
            self.held[held.subject_id] = self.waiting.pop(held.subject_id), held

    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        if self.held:
            _, held = self.held.pop(data.draw(st.sampled_from(sorted(self.held))))
            assert work.finish(self.session, held)
            assert not work.finish(self.session, held)

    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        if self.held:
            row, held = self.held.pop(data.draw(st.sampled_from(sorted(self.held))))
            assert work.let_go(self.session, held)
            assert not work.finish(self.session, held)
            self._wait_again(row)

    @rule()
    def sweep(self) -> None:
        for lapsed in work.put_back_lapsed(self.session):
            row, held = self.held.pop(lapsed.subject_id)
            assert not work.finish(self.session, held)
            assert lapsed.lapses == held.lapses + 1
            if lapsed.status is WorkStatus.WAITING:
                self._wait_again(row)
            else:
                assert lapsed.lapses == MOST_LAPSES

    def _wait_again(self, row: Row) -> None:
        row.put_back, row.alone = True, False
        self.waiting[row.number] = row

    @invariant()
    def nothing_is_lost(self) -> None:
        statuses = {row.subject_id: row.status for row in self.session.execute(sa.select(Work.subject_id, Work.status))}
        assert {number for number, one in statuses.items() if one is WorkStatus.WAITING} == set(self.waiting)
        assert {number for number, one in statuses.items() if one is WorkStatus.HELD} == set(self.held)

    def teardown(self) -> None:
        self.session.close()
        self.undone.close()


def test_the_queue_in_any_order(database: sa.Engine) -> None:
    run_state_machine_as_test(lambda: Queue(database))


@pytest.mark.parametrize("flood", ["user 1", "another each time"])
def test_nothing_waits_for_ever_while_others_keep_coming(session: Session, flood: str) -> None:
    """One claim in eight takes what has waited longest: so it comes, whatever comes before by priority and turn."""
    numbers = itertools.count(1)
    waiting = [add(session, next(numbers), "user 2", Priority.BELL) for _ in range(3)]
    for count in range(1, 8 * len(waiting) + 1):
        number = next(numbers)
        add(session, number, flood if flood == "user 1" else f"user {100 + number}", Priority.RUN)
        held = work.take_next(session, "a worker", OF_STUDENTS, LEASE_S, longest_waiting=count % 8 == 0)
        assert held
        assert work.finish(session, held)
    assert session.scalars(sa.select(Work.subject_id).where(Work.subject_id.in_(waiting))).all() == []


# At once


@pytest.fixture
def sessions(database: sa.Engine) -> Sessions:
    return Sessions.of(database)


def test_many_workers_claim_each_row_once(sessions: Sessions) -> None:
    rows, workers = 60, 6
    with sessions.writing() as session:
        for number in range(1, rows + 1):
            add(session, number, f"user {number % 4}")
    claimed: list[int] = []
    errors: list[Exception] = []

    def claim(name: str) -> None:
        try:
            while True:
                with sessions.writing() as session:
                    held = work.take_next(session, name, ALL, LEASE_S)
                if held is None:
                    return
                claimed.append(held.subject_id)
                with sessions.writing() as session:
                    assert work.finish(session, held)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=claim, args=(f"worker {number}",)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(claimed) == list(range(1, rows + 1))


def test_a_place_is_told_alike_to_one_and_to_many_and_counted_so_far(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(session)
    authors = [Author(user_id=make_user(session, f"s{number}@example.org").id) for number in range(4)]
    sent = [submissions.submit(session, one, "double", language="python", source="x").id for one in authors]
    for most, expected in ((300, [0, 1, 2, 3]), (2, [0, 1, 2, 2])):
        monkeypatch.setattr(work, "MOST_AHEAD", most)
        one_by_one = [submissions.progress(session, one, number) for one, number in zip(authors, sent, strict=True)]
        together = submissions.progress_of_all(session, sent)
        assert [one.position for one in one_by_one] == expected
        assert [together[number] for number in sent] == one_by_one
