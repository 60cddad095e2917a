"""A machine that had no time takes nothing of a wall limit from whoever wanted to run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from sandbox.harness.patience import MOST_PATIENCE, patience_s, starved_process_s
from sandbox.images.data import query
from sandbox.images.data.query import Asked, Overstepped

LIMIT_S = 2.0


def test_patience_is_what_was_starved_and_has_an_end() -> None:
    assert patience_s(0.0, LIMIT_S) == 0.0
    assert patience_s(1.5, LIMIT_S) == 1.5
    assert patience_s(1000.0, LIMIT_S) == (MOST_PATIENCE - 1) * LIMIT_S


def test_every_process_has_waited_for_some_time() -> None:
    assert starved_process_s(os.getpid()) >= 0.0
    assert starved_process_s(2**22 + 1) == 0.0


@pytest.fixture
def line() -> Iterator[SimpleNamespace]:
    """A connection on which an answer waits, so that nothing has to be waited for."""
    here, there = socket.socketpair()
    there.send(b"x")
    yield SimpleNamespace(socket=here.fileno(), backend_pid=1)
    here.close()
    there.close()


@pytest.mark.parametrize(
    ("passed_s", "starved_s", "ends"),
    [(1.9, 0.0, False), (2.1, 0.0, True), (2.1, 1.0, False), (3.5, 1.0, True), (9.9, 99.0, False), (10.1, 99.0, True)],
)
def test_a_query_is_charged_only_for_the_time_that_it_slept(
    line: Any, monkeypatch: pytest.MonkeyPatch, passed_s: float, starved_s: float, ends: bool
) -> None:
    monkeypatch.setattr(query, "starved_process_s", lambda pid: starved_s)
    monkeypatch.setattr(query.time, "monotonic", lambda: 100.0 + passed_s)
    host, other = socket.socketpair()
    with host, other:
        load: Any = SimpleNamespace(wall_limit_s=LIMIT_S, time_limit_s=1000.0)
        counters: Any = SimpleNamespace(cpu_ns=lambda: 0)
        asked = Asked(counters, host.fileno(), load)
        asked._cpu_before, asked._started = 0, 100.0
        if ends:
            with pytest.raises(Overstepped, match="wall"):
                asked._wait(line, query.select.POLLIN)
        else:
            asked._wait(line, query.select.POLLIN)
