"""Events wait for whoever sends them, each once, in their order, and after the last one nothing."""

from __future__ import annotations

import pytest

from trainer.web import event_stream
from trainer.web.event_stream import HEARTBEAT, RETRY, EventStream


@pytest.fixture
def closed() -> list[str]:
    return []


@pytest.fixture
def stream(closed: list[str]) -> EventStream:
    return EventStream(lambda: closed.append("closed"))


def test_an_event_is_taken_once(stream: EventStream) -> None:
    stream.begin(b"a")
    stream.tell(b"b")
    assert stream.take() == (RETRY + b"ab", False)
    assert stream.take() == (b"", False)


def test_what_was_told_last_is_not_told_again(stream: EventStream) -> None:
    stream.begin(b"a")
    for event in (b"a", b"b", b"b", b"a"):
        stream.tell(event)
    assert stream.take() == (RETRY + b"aba", False)


def test_what_is_told_before_the_first_event_follows_it(stream: EventStream) -> None:
    stream.tell(b"b")
    assert stream.take() == (b"", False)
    stream.begin(b"a")
    assert stream.take() == (RETRY + b"ab", False)


def test_after_the_last_event_comes_nothing(stream: EventStream) -> None:
    stream.tell(b"old")
    stream.begin(b"judged", is_last=True)
    stream.tell(b"older")
    assert stream.take() == (RETRY + b"judged", True)


def test_a_stream_is_closed_once(stream: EventStream, closed: list[str]) -> None:
    stream.close()
    stream.close()
    assert closed == ["closed"]


def test_a_thread_may_send_it(stream: EventStream) -> None:
    stream.begin(b"a")
    parts = iter(stream)
    assert next(parts) == RETRY + b"a"
    stream.tell(b"b")
    assert next(parts) == b"b"
    stream.end()
    assert list(parts) == []


def test_who_is_told_nothing_for_long_gets_a_heartbeat(stream: EventStream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_S", 0.01)
    assert next(iter(stream)) == HEARTBEAT


def test_whoever_sends_hears_of_each_change(stream: EventStream) -> None:
    heard: list[int] = []
    stream.on_change = lambda: heard.append(1)
    stream.begin(b"a")
    stream.tell(b"b")
    stream.end()
    assert len(heard) == 2
