"""Frames and reports from a box are untrusted: whatever they hold, the host says something sensible."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Case, Job, Limits, ProgramError, RunStatus, parse_signature
from sandbox.backends.stub import frame_of
from sandbox.errors import BoxBroken
from sandbox.model import Run
from sandbox.protocol import LENGTH, answer_limit, case_frame, load_frame, read_answer, read_head
from sandbox.reports import read_report, readable
from sandbox.runner import run_of

HEAD: dict[str, Any] = {
    "event": "case",
    "end": "ended",
    "exit": 0,
    "signal": None,
    "cpu_us": 1,
    "wall_us": 1,
    "peak_kib": 1,
    "parts": [1, 2, 3],
    "clean": True,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
JOB = Job("python", "def f(n): ...", parse_signature("f(n: int) -> int"), (Case("secret name", (7,), expected=4711),))


def frame(head: Any, rest: bytes = b"abbccc") -> bytes:
    text = json.dumps(head).encode()
    return LENGTH.pack(len(text)) + text + rest


def test_only_inputs_are_sent() -> None:
    sent = load_frame(JOB) + case_frame(JOB.cases[0])
    assert b"4711" not in sent
    assert b"secret name" not in sent
    assert json.loads(case_frame(JOB.cases[0])) == {"arguments": [7]}


def test_an_answer_is_split_into_its_parts() -> None:
    answer = read_answer(frame(HEAD))
    assert (answer.stdout, answer.stderr, answer.report) == (b"a", b"bb", b"ccc")


@given(st.binary(max_size=200))
def test_garbage_breaks_the_box_and_nothing_else(body: bytes) -> None:
    with pytest.raises(BoxBroken):
        read_answer(body)


@given(st.sampled_from(sorted(HEAD)), JSON)
def test_a_head_with_any_other_value_is_refused_or_read(key: str, value: Any) -> None:
    try:
        answer = read_answer(frame(HEAD | {key: value}))
    except BoxBroken:
        return
    assert len(answer.stdout) + len(answer.stderr) + len(answer.report) == 6
    assert answer.cpu_us >= 0


@pytest.mark.parametrize(
    "change",
    [
        {"event": "ready"},
        {"end": "accepted"},
        {"parts": [1, 2]},
        {"parts": [1, 2, 4]},
        {"parts": [-1, 4, 3]},
        {"parts": [True, 2, 3]},
        {"cpu_us": -1},
        {"cpu_us": 1.5},
        {"clean": 1},
        {"exit": "0"},
    ],
)
def test_heads_that_are_not_as_agreed(change: dict[str, Any]) -> None:
    with pytest.raises(BoxBroken):
        read_answer(frame(HEAD | change))


def test_a_harness_that_failed_says_so() -> None:
    with pytest.raises(BoxBroken, match="the harness failed: KeyError: 'source'"):
        read_head(frame({"event": "failed", "message": "KeyError: 'source'"}))


@pytest.mark.parametrize("body", [b"", b"\0\0", LENGTH.pack(9) + b"{}", LENGTH.pack(1 << 31) + b"{}", frame([1])])
def test_heads_that_are_none(body: bytes) -> None:
    with pytest.raises(BoxBroken):
        read_head(body)


@given(st.binary(max_size=300))
def test_garbage_is_no_report(data: bytes) -> None:
    assert read_report(data) is None


@given(JSON)
def test_whatever_is_claimed_becomes_a_known_status_or_none(value: Any) -> None:
    claims = ["returned", "raised", "no value", "not compiled", "memory limit", "accepted", "cpu limit"]
    for status in claims:
        for report in ({"status": status, "value": value}, {"status": status, "error": value}, {"status": value}):
            found = read_report(json.dumps(report).encode())
            assert found is None or found.status.value == report["status"]
            assert found is None or found.error is None or isinstance(found.error, ProgramError)


@given(st.dictionaries(st.sampled_from(["type", "message", "line", "trace", "call"]), JSON))
def test_errors_are_bounded_text_and_lines(error: dict[str, Any]) -> None:
    found = read_report(json.dumps({"status": "raised", "error": error}).encode())
    assert found is not None
    assert found.error is not None
    assert found.error.line is None or found.error.line >= 0
    assert len(found.error.message) <= 4000


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"[" * 100_000,
        b'{"status": "returned"}',
        b'{"status": "returned", "value": 1}{"status": "returned", "value": 1}',
        b'{"status": "returned", "value": 1, "verdict": "accepted"}',
        b'{"status": "returned", "value": ' + b"9" * 5000 + b"}",
    ],
)
def test_reports_that_are_none(report: bytes) -> None:
    assert read_report(report) is None


@given(st.text())
def test_text_can_be_stored_and_shown_everywhere(text: str) -> None:
    shown = readable(text + "\x00\ud800")
    assert "\x00" not in shown
    assert shown.encode()
    assert readable(shown) == shown


@given(
    st.sampled_from([s for s in RunStatus if s not in (RunStatus.BOX_ENDED, RunStatus.NOT_RUN, RunStatus.DIED)]),
    st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=20),
)
def test_a_run_survives_its_way_through_a_frame(status: RunStatus, printed: str) -> None:
    run = Run(status, stdout=printed, stderr=printed, time_ms=1.5, memory_mib=2.0)
    found = run_of(read_answer(frame_of(run)))
    assert (found.status, found.stdout, found.stderr) == (status, printed, printed)
    assert (found.time_ms, found.memory_mib) == (1.5, 2.0)


def test_the_longest_honest_answer_fits() -> None:
    limits = Limits(output_kib=1, value_kib=1)
    longest = frame(HEAD | {"parts": [1024, 0, 1024]}, b"x" * 2048)
    assert len(longest) < answer_limit(limits)
