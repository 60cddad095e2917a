"""Consoles: one service a student, so many at once, and none stays when nobody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from sandbox.errors import BoxDied, EngineUnavailable, ImageMissing, JobRefused, SandboxError
from sandbox.model import ServiceJob
from tests.live import ScriptedSandbox
from trainer.errors import Busy, NotFound, Unavailable
from trainer.work import consoles as module
from trainer.work.consoles import GONE, IDLE_S, LONGEST_S, Consoles

JOB = ServiceJob({"app.py": "x"}, "python3 app.py", (), ())
ADA, BO, CHI = 1, 2, 3
REQUEST = {"method": "GET", "path": "/notes", "headers": [], "body": ""}
SOON_S = 20.0


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox() -> ScriptedSandbox:
    return ScriptedSandbox()


@pytest.fixture
def consoles(sandbox: ScriptedSandbox, clock: Clock) -> Iterator[Consoles]:
    made = Consoles(sandbox, 2, clock=clock)
    yield made
    made.stop()


def test_a_service_is_started_asked_and_closed(consoles: Consoles, sandbox: ScriptedSandbox) -> None:
    console, glance = consoles.open(ADA, "keep-a-note", JOB)
    assert (glance.running, glance.log) == (True, "listening\n")
    assert consoles.send(ADA, console.id, REQUEST).value["exchanges"][0]["status"] == 200
    assert consoles.look(ADA, console.id, glance.end).log == "GET /notes\n"
    consoles.close(ADA, console.id)
    assert sandbox.running == []
    with pytest.raises(NotFound, match="not there any more"):
        consoles.look(ADA, console.id, 0)


def test_a_second_start_ends_the_first(consoles: Consoles, sandbox: ScriptedSandbox) -> None:
    first, _ = consoles.open(ADA, "keep-a-note", JOB)
    second, _ = consoles.open(ADA, "page-two", JOB)
    assert len(sandbox.running) == 1
    assert consoles.look(ADA, second.id, 0).running
    with pytest.raises(NotFound):
        consoles.send(ADA, first.id, REQUEST)


def test_other_peoples_consoles_do_not_exist(consoles: Consoles, sandbox: ScriptedSandbox) -> None:
    mine, _ = consoles.open(ADA, "keep-a-note", JOB)
    for deed in (
        lambda: consoles.send(BO, mine.id, REQUEST),
        lambda: consoles.look(BO, mine.id, 0),
        lambda: consoles.close(BO, mine.id),
    ):
        with pytest.raises(NotFound, match=GONE):
            deed()
    assert len(sandbox.running) == 1


def test_when_all_places_are_taken_the_next_one_waits(consoles: Consoles, sandbox: ScriptedSandbox) -> None:
    consoles.open(ADA, "keep-a-note", JOB)
    bos, _ = consoles.open(BO, "keep-a-note", JOB)
    with pytest.raises(Busy, match=r"All places .* are taken\. Try again in a minute, or submit\."):
        consoles.open(CHI, "keep-a-note", JOB)
    assert consoles.open(ADA, "keep-a-note", JOB)  # one's own place is free for oneself
    consoles.close(BO, bos.id)
    assert consoles.open(CHI, "keep-a-note", JOB)
    assert len(sandbox.running) == 2


def test_no_places_at_all_is_a_setting(sandbox: ScriptedSandbox) -> None:
    with pytest.raises(Busy):
        Consoles(sandbox, 0).open(ADA, "keep-a-note", JOB)


def test_a_place_is_taken_while_a_service_starts(consoles: Consoles, sandbox: ScriptedSandbox) -> None:
    consoles.open(BO, "keep-a-note", JOB)
    sandbox.opening.clear()
    sandbox.may_open.clear()
    starting = threading.Thread(target=consoles.open, args=(ADA, "keep-a-note", JOB))
    starting.start()
    assert sandbox.opening.wait(SOON_S)
    with pytest.raises(Busy, match="starting already"):
        consoles.open(ADA, "keep-a-note", JOB)
    with pytest.raises(Busy, match="All places"):
        consoles.open(CHI, "keep-a-note", JOB)
    sandbox.may_open.set()
    starting.join(SOON_S)
    assert len(sandbox.running) == 2


@pytest.mark.parametrize("error", [EngineUnavailable("none"), ImageMissing("none"), BoxDied("gone"), JobRefused("no")])
def test_our_troubles_are_no_fault_of_the_student(
    consoles: Consoles, sandbox: ScriptedSandbox, error: SandboxError
) -> None:
    sandbox.refuses = error
    with pytest.raises(Unavailable, match=r"Your files are safe; try again in a moment\."):
        consoles.open(ADA, "keep-a-note", JOB)
    sandbox.refuses, sandbox.breaks = None, error
    with pytest.raises(Unavailable):
        consoles.open(ADA, "keep-a-note", JOB)
    assert sandbox.running == []
    sandbox.breaks = None
    assert consoles.open(ADA, "keep-a-note", JOB)


def test_a_lost_box_is_said_and_its_place_is_free(consoles: Consoles, sandbox: ScriptedSandbox) -> None:
    for deed in ("send", "look"):
        console, _ = consoles.open(ADA, "keep-a-note", JOB)
        sandbox.opened[-1].lost = True
        with pytest.raises(NotFound, match=r"^Your service is not there any more\. Start it again\.$"):
            getattr(consoles, deed)(ADA, console.id, REQUEST if deed == "send" else 0)
    assert sandbox.running == []
    assert consoles.open(BO, "x", JOB)
    assert consoles.open(CHI, "x", JOB)


@pytest.mark.parametrize(("waits_s", "asks", "over"), [
    (IDLE_S - 1, False, False), (IDLE_S + 1, False, True), (LONGEST_S + 1, True, True),
])  # fmt: skip
def test_who_asks_nothing_for_minutes_has_finished(
    consoles: Consoles, sandbox: ScriptedSandbox, clock: Clock, waits_s: float, asks: bool, over: bool
) -> None:
    console, _ = consoles.open(ADA, "keep-a-note", JOB)
    consoles.open(BO, "keep-a-note", JOB)
    clock.now += waits_s
    if asks:
        consoles.send(ADA, console.id, REQUEST)
    consoles.look(ADA, console.id, 0)  # a page that looks at the log by itself is nobody who asks
    if not over:
        with pytest.raises(Busy):
            consoles.open(CHI, "keep-a-note", JOB)
        return
    consoles.open(CHI, "keep-a-note", JOB)
    assert console.service.closed.is_set()  # type: ignore[attr-defined]


def test_the_keeper_closes_idle_ones_by_itself(
    sandbox: ScriptedSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.01)
    kept = Consoles(sandbox, 2, clock=clock)
    kept.start()
    kept.open(ADA, "keep-a-note", JOB)
    clock.now += IDLE_S + 1
    assert sandbox.opened[0].closed.wait(SOON_S)
    kept.stop()


def test_the_end_of_the_process_closes_all(sandbox: ScriptedSandbox) -> None:
    kept = Consoles(sandbox, 2)
    kept.start()
    kept.open(ADA, "keep-a-note", JOB)
    kept.open(BO, "keep-a-note", JOB)
    kept.stop()
    assert sandbox.running == []
    assert "consoles" not in {thread.name for thread in threading.enumerate()}


def test_names_of_consoles_cannot_be_guessed(consoles: Consoles) -> None:
    names = {consoles.open(ADA, "keep-a-note", JOB)[0].id for _ in range(20)}
    assert len(names) == 20
    assert min(map(len, names)) >= 16
