"""Consoles: one service a student, so many at once, whichever process is asked; none stays when nobody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.errors import BoxDied, EngineUnavailable, ImageMissing, JobRefused, NoRoom, SandboxError
from tests.examples import make_service
from tests.factories import make_user
from tests.live import ScriptedSandbox, ScriptedService, connected, hosting, tell_of
from trainer.db import Sessions, moment_after
from trainer.errors import Busy, NotFound, Unavailable
from trainer.models import Console, ConsoleCall, Problem, User
from trainer.services import consoles as rows
from trainer.services import publishing
from trainer.services.consoles import AWAY, FULL, GONE, KEPT_S, LONGEST_CALL_S, OPEN_S, WORKER_GONE
from trainer.services.workers import GONE_AFTER
from trainer.work import consoles as asking
from trainer.work.consoles import LATE, NOT_ASKED, Consoles
from trainer.work.live_consoles import IDLE_S, LONGEST_S, MOST_AT_ONCE, Sent
from trainer.work.news import News

FILES = '{"app.py": "print(1)"}'
REQUEST = {"method": "GET", "path": "/notes", "headers": [], "body": ""}
SOON_S = 20.0
TRIES = 400


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Lab:
    """A worker with two places, and the consoles as the process sees them that the test asks."""

    sessions: Sessions
    sandbox: ScriptedSandbox
    consoles: Consoles
    clock: Clock
    version_id: int

    def open(self, user_id: int) -> str:
        return self.consoles.open(user_id, self.version_id, FILES)[0]

    def count(self, table: type[Console | ConsoleCall]) -> int:
        with self.sessions.reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


ADA, BO, CHI = 1, 2, 3


@pytest.fixture
def sessions(database: sa.Engine) -> Sessions:
    return Sessions.of(database)


@pytest.fixture
def version_id(sessions: Sessions) -> int:
    """A service that three students can try out."""
    with sessions.writing() as session:
        assert [make_user(session, f"{name}@example.org").id for name in ("ada", "bo", "chi")] == [ADA, BO, CHI]
        publishing.publish(session, make_service())
        found = session.scalars(sa.select(Problem.current_id)).one()
        assert found is not None
        return found


BOTH = pytest.mark.parametrize(
    ("database_url", "lab"), [("sqlite", "here"), ("postgresql", "elsewhere")], indirect=True
)
"""From the process in which consoles run, and from another one."""


@pytest.fixture
def lab(request: pytest.FixtureRequest, sessions: Sessions, version_id: int) -> Iterator[Lab]:
    sandbox, clock = ScriptedSandbox(), Clock()
    news, of_others = connected()
    with hosting(sessions, news, sandbox, 2, clock=clock) as host:
        here = Consoles(sessions, news, host) if request.param == "here" else Consoles(sessions, of_others)
        yield Lab(sessions, sandbox, here, clock, version_id)


def until(look: Callable[[], Any]) -> None:
    ticks = threading.Event()
    for _ in range(TRIES):
        if look():
            return
        ticks.wait(0.05)
    raise AssertionError("it did not happen")


@BOTH
def test_a_service_is_started_asked_and_closed(lab: Lab) -> None:
    name, glance = lab.consoles.open(ADA, lab.version_id, FILES)
    assert (glance.running, glance.log) == (True, "listening\n")
    sent = lab.consoles.send(ADA, name, REQUEST)
    assert (sent.exchange or {})["status"] == 200
    assert lab.consoles.look(ADA, name, glance.end).log == "GET /notes\n"
    assert lab.count(ConsoleCall) == 0
    lab.consoles.close(ADA, name)
    until(lambda: lab.sandbox.running == [])
    assert lab.count(Console) == 0
    with pytest.raises(NotFound, match="not there any more"):
        lab.consoles.look(ADA, name, 0)


@BOTH
def test_what_students_wrote_is_not_kept(lab: Lab) -> None:
    lab.open(ADA)
    with lab.sessions.reading() as session:
        assert session.scalars(sa.select(Console.source)).all() == [""]
    assert lab.count(ConsoleCall) == 0


@BOTH
def test_a_second_start_ends_the_first(lab: Lab) -> None:
    first, second = lab.open(ADA), lab.open(ADA)
    assert len(lab.sandbox.running) == 1
    assert lab.consoles.look(ADA, second, 0).running
    with pytest.raises(NotFound):
        lab.consoles.send(ADA, first, REQUEST)


@BOTH
def test_other_peoples_consoles_do_not_exist(lab: Lab) -> None:
    mine = lab.open(ADA)
    for deed in (
        lambda: lab.consoles.send(BO, mine, REQUEST),
        lambda: lab.consoles.look(BO, mine, 0),
        lambda: lab.consoles.close(BO, mine),
    ):
        with pytest.raises(NotFound, match=GONE):
            deed()
    assert lab.consoles.look(ADA, mine, 0).log == "listening\n"


@BOTH
def test_when_all_places_are_taken_the_next_one_is_told_at_once(lab: Lab) -> None:
    lab.open(ADA)
    bos = lab.open(BO)
    with pytest.raises(Busy, match=r"All places .* are taken\. Try again in a minute, or submit\."):
        lab.open(CHI)
    assert lab.count(Console) == 2
    assert lab.open(ADA)  # one's own place is free for oneself
    lab.consoles.close(BO, bos)
    assert lab.open(CHI)
    assert len(lab.sandbox.running) == 2


def test_no_places_at_all_is_a_setting(sessions: Sessions, version_id: int) -> None:
    news, _ = connected()
    with hosting(sessions, news, ScriptedSandbox(), 0) as host, pytest.raises(Busy):
        Consoles(sessions, news, host).open(ADA, version_id, FILES)


@BOTH
def test_boxes_at_work_may_leave_no_room(lab: Lab) -> None:
    lab.sandbox.refuses = NoRoom("full")
    with pytest.raises(Busy, match=FULL):
        lab.open(ADA)
    lab.sandbox.refuses = None
    assert lab.open(ADA)


@BOTH
def test_a_place_is_taken_while_a_service_starts(lab: Lab) -> None:
    lab.open(BO)
    lab.sandbox.opening.clear()
    lab.sandbox.may_open.clear()
    with ThreadPoolExecutor(1) as pool:
        starting = pool.submit(lab.open, ADA)
        assert lab.sandbox.opening.wait(SOON_S)
        with pytest.raises(Busy, match="starting already"):
            lab.open(ADA)
        with pytest.raises(Busy, match="All places"):
            lab.open(CHI)
        lab.sandbox.may_open.set()
        assert lab.consoles.look(ADA, starting.result(SOON_S), 0).running
    assert len(lab.sandbox.running) == 2


@BOTH
def test_two_starts_of_one_account_at_once_are_one(lab: Lab) -> None:
    lab.sandbox.may_open.clear()
    with ThreadPoolExecutor(4) as pool:
        starts = [pool.submit(lab.open, ADA) for _ in range(4)]
        until(lambda: sum(one.done() for one in starts) == 3)
        lab.sandbox.may_open.set()
    assert sorted(type(one.exception()) is Busy for one in starts) == [False, True, True, True]
    assert len(lab.sandbox.running) == 1


@BOTH
@pytest.mark.parametrize("error", [EngineUnavailable("none"), ImageMissing("none"), BoxDied("gone"), JobRefused("no")])
def test_our_troubles_are_no_fault_of_the_student(lab: Lab, error: SandboxError) -> None:
    lab.sandbox.refuses = error
    with pytest.raises(Unavailable, match=r"Your files are safe; try again in a moment\."):
        lab.open(ADA)
    lab.sandbox.refuses, lab.sandbox.breaks = None, error
    with pytest.raises(Unavailable):
        lab.open(ADA)
    assert lab.sandbox.running == []
    assert lab.count(Console) == 0
    lab.sandbox.breaks = None
    assert lab.open(ADA)


@BOTH
def test_a_lost_box_is_said_and_its_place_is_free(lab: Lab) -> None:
    for deed, what in (("send", REQUEST), ("look", 0)):
        name = lab.open(ADA)
        lab.sandbox.opened[-1].lost = True
        with pytest.raises(NotFound, match=r"^Your service is not there any more\. Start it again\.$"):
            getattr(lab.consoles, deed)(ADA, name, what)
    assert lab.sandbox.running == []
    assert lab.open(BO)
    assert lab.open(CHI)


@BOTH
def test_who_asks_nothing_for_minutes_has_finished(lab: Lab) -> None:
    """A page that looks at the log by itself asks nothing."""
    adas, bos = lab.open(ADA), lab.open(BO)
    lab.clock.now += IDLE_S - 1
    lab.consoles.look(ADA, adas, 0)
    lab.consoles.send(BO, bos, REQUEST)
    with pytest.raises(Busy):
        lab.open(CHI)
    lab.clock.now += 2
    assert lab.open(CHI)
    assert [service.closed.is_set() for service in lab.sandbox.opened] == [True, False, False]
    with pytest.raises(NotFound, match=GONE):
        lab.consoles.look(ADA, adas, 0)


@BOTH
def test_nobody_keeps_a_place_for_long(lab: Lab) -> None:
    name = lab.open(ADA)
    while lab.clock.now < 1000 + LONGEST_S - IDLE_S:
        lab.clock.now += IDLE_S - 1
        lab.consoles.send(ADA, name, REQUEST)
    lab.clock.now = 1000 + LONGEST_S + 1
    lab.open(BO)
    assert lab.sandbox.opened[0].closed.is_set()


@BOTH
def test_the_worker_closes_idle_ones_by_itself(lab: Lab) -> None:
    lab.open(ADA)
    lab.clock.now += IDLE_S + 1
    assert lab.sandbox.opened[0].closed.wait(SOON_S)
    until(lambda: lab.count(Console) == 0)


@BOTH
def test_an_account_that_is_deleted_leaves_no_box(lab: Lab) -> None:
    lab.open(ADA)
    with lab.sessions.writing() as session:
        session.execute(sa.delete(User).where(User.id == ADA))
    assert lab.sandbox.opened[0].closed.wait(SOON_S)


@BOTH
def test_names_of_consoles_cannot_be_guessed(lab: Lab) -> None:
    names = {lab.open(ADA) for _ in range(5)}
    assert len(names) == 5
    assert min(map(len, names)) >= 16


def answering(lab: Lab, count: int, pool: ThreadPoolExecutor) -> tuple[str, ScriptedService, list[Future[Sent]]]:
    """Ada's service with so many requests that it has not answered yet."""
    name = lab.open(ADA)
    service = lab.sandbox.opened[-1]
    service.may_answer.clear()
    sent = [pool.submit(lab.consoles.send, ADA, name, REQUEST) for _ in range(count)]
    for _ in sent:
        assert service.asked.acquire(timeout=SOON_S)
    return name, service, sent


@BOTH
def test_a_service_is_asked_only_so_much_at_once(lab: Lab) -> None:
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        name, service, sent = answering(lab, MOST_AT_ONCE, pool)
        with pytest.raises(Busy, match="8 requests to answer already"):
            lab.consoles.send(ADA, name, REQUEST)
        service.may_answer.set()
        assert [(one.result(SOON_S).exchange or {})["status"] for one in sent] == [200] * MOST_AT_ONCE
    assert not service.asked.acquire(blocking=False)  # each came once


@BOTH
def test_a_request_that_waits_hears_of_the_end(lab: Lab) -> None:
    with ThreadPoolExecutor(1) as pool:
        name, _, [sent] = answering(lab, 1, pool)
        lab.consoles.close(ADA, name)
        with pytest.raises(NotFound, match=GONE):
            sent.result(SOON_S)


@pytest.fixture
def elsewhere(sessions: Sessions, version_id: int) -> Iterator[Lab]:
    """As a process without a worker sees it."""
    sandbox, clock = ScriptedSandbox(), Clock()
    news, of_others = connected()
    with hosting(sessions, news, sandbox, 2, clock=clock):
        yield Lab(sessions, sandbox, Consoles(sessions, of_others), clock, version_id)


def test_an_answer_is_waited_for_only_so_long(elsewhere: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SEND_S", 0.2)
    name = elsewhere.open(ADA)
    service = elsewhere.sandbox.opened[-1]
    service.may_answer.clear()
    with pytest.raises(Unavailable, match=LATE):
        elsewhere.consoles.send(ADA, name, REQUEST)
    assert elsewhere.count(ConsoleCall) == 0
    service.may_answer.set()
    assert elsewhere.consoles.look(ADA, name, 0).running


def test_a_fault_of_ours_is_said(elsewhere: Lab) -> None:
    name = elsewhere.open(ADA)
    elsewhere.sandbox.opened[-1].text = None  # type: ignore[assignment]
    with pytest.raises(Unavailable, match=NOT_ASKED):
        elsewhere.consoles.look(ADA, name, 0)


def test_a_console_that_its_worker_does_not_have_is_ended(elsewhere: Lab) -> None:
    """As where the database was away when its boxes were lost."""
    with elsewhere.sessions.writing() as session:
        call = rows.reserve(session, "a", ADA, elsewhere.version_id, FILES)
        rows.claim(session, "one", "a")
        rows.mark_open(session, "one", "a", {})
    until(lambda: elsewhere.count(Console) == 0)
    with pytest.raises(NotFound, match=GONE), elsewhere.sessions.reading() as session:
        rows.outcome(session, call)


def test_a_worker_that_dies_is_told_of(elsewhere: Lab) -> None:
    """To the request that waits, to whoever looks and to whoever asks later; then the student starts anew."""
    with ThreadPoolExecutor(1) as pool:
        name, service, [sent] = answering(elsewhere, 1, pool)
        tell_of(elsewhere.sessions, "one", since_s=GONE_AFTER.total_seconds() + 1)
        with pytest.raises(Unavailable, match=WORKER_GONE):
            sent.result(SOON_S)
        service.may_answer.set()
    glance = elsewhere.consoles.look(ADA, name, 7)
    assert (glance.running, glance.log, glance.end, glance.why) == (False, "", 7, WORKER_GONE)
    with pytest.raises(NotFound, match=WORKER_GONE):
        elsewhere.consoles.send(ADA, name, REQUEST)
    with pytest.raises(NotFound, match=GONE):
        elsewhere.consoles.look(BO, name, 0)
    with pytest.raises(Unavailable, match=AWAY):
        elsewhere.open(ADA)
    tell_of(elsewhere.sessions, "one")
    assert elsewhere.open(ADA)


def test_a_worker_that_stops_leaves_no_box_and_is_told_of(sessions: Sessions, version_id: int) -> None:
    sandbox = ScriptedSandbox()
    news, of_others = connected()
    web = Consoles(sessions, of_others)
    with hosting(sessions, news, sandbox, 2):
        adas, _ = web.open(ADA, version_id, FILES)
        web.open(BO, version_id, FILES)
    assert sandbox.running == []
    assert "consoles" not in {thread.name for thread in threading.enumerate()}
    assert web.look(ADA, adas, 0).why == WORKER_GONE


def test_a_worker_that_takes_nothing_is_not_waited_for(
    sessions: Sessions, version_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "OPEN_S", 0.2)
    tell_of(sessions, "one")
    with pytest.raises(Unavailable, match=AWAY):
        Consoles(sessions, News()).open(ADA, version_id, FILES)
    with sessions.reading() as session:
        assert session.scalars(sa.select(Console.id)).all() == []


def test_without_news_of_each_other_processes_look(sessions: Sessions, version_id: int) -> None:
    """As on SQLite."""
    with hosting(sessions, News(), ScriptedSandbox(), 2):
        web = Consoles(sessions, News())
        name, _ = web.open(ADA, version_id, FILES)
        assert (web.send(ADA, name, REQUEST).exchange or {})["status"] == 200
        web.close(ADA, name)


def test_a_worker_with_a_free_place_takes_it(sessions: Sessions, version_id: int) -> None:
    """Whether the other one has no place, no room or no engine; who has none left is told when all have said so."""
    first, second, third = ScriptedSandbox(), ScriptedSandbox(), ScriptedSandbox()
    third.refuses = EngineUnavailable("none")
    news, of_others = connected()
    web = Consoles(sessions, of_others)
    with ExitStack() as stack:
        for name, sandbox in (("one", first), ("two", second), ("three", third)):
            stack.enter_context(hosting(sessions, news, sandbox, 1, worker_id=name))
        for user_id in (ADA, BO, ADA, BO):
            web.open(user_id, version_id, FILES)
        assert (len(first.running), len(second.running)) == (1, 1)
        with pytest.raises(Busy, match=FULL):
            web.open(CHI, version_id, FILES)


def swept(lab: Lab) -> tuple[int, int]:
    """Consoles and calls that a sweep leaves."""
    with lab.sessions.writing() as session:
        if rows.any_over(session):
            rows.forget_over(session)
    return lab.count(Console), lab.count(ConsoleCall)


def test_the_sweep_forgets_consoles_whose_worker_is_gone_for_long(elsewhere: Lab) -> None:
    elsewhere.open(ADA)
    assert swept(elsewhere) == (1, 0)
    tell_of(elsewhere.sessions, "one", since_s=KEPT_S - 5)
    assert swept(elsewhere) == (1, 0)
    tell_of(elsewhere.sessions, "one", since_s=KEPT_S + 5)
    assert swept(elsewhere) == (0, 0)


def test_the_sweep_forgets_what_nobody_took_or_read(sessions: Sessions, version_id: int) -> None:
    tell_of(sessions, "one")
    lab = Lab(sessions, ScriptedSandbox(), Consoles(sessions, News()), Clock(), version_id)
    with sessions.writing() as session:
        rows.reserve(session, "a", ADA, version_id, FILES)
    assert swept(lab) == (1, 1)
    age(sessions, ConsoleCall.asked_at, LONGEST_CALL_S + 5)
    assert swept(lab) == (1, 0)
    age(sessions, Console.opened_at, OPEN_S + 5)
    assert swept(lab) == (0, 0)


def age(sessions: Sessions, column: Any, by_s: float) -> None:
    with sessions.writing() as session:
        session.execute(sa.update(column.class_).values({column: moment_after(-by_s)}))
