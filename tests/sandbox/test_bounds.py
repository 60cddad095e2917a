"""What a service answers cannot make a report or the suite's memory grow, and sentences end once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.harness.sentences import paragraph, sentence
from sandbox.images.suite.bounds import CUT, MOST_MEMORY, MOST_REPORT, bounded, drop_excess, plain

TEXT = "\xff" * 100_000


def exchange(text: str) -> dict[str, Any]:
    texts = {"method": "GET", "path": text, "request_body": text, "body": text, "note": text}
    return {**texts, "request_headers": [[text, text]] * 40, "headers": [[text, text]] * 40, "status": 200, "ms": 1}


def report(text: str, count: int = 12) -> dict[str, Any]:
    words = {"outcome": "failed", "reason": text, "expected": text, "got": text}
    return {"step": "test_it", **words, "exchanges": [exchange(text)] * count, "left_out": 0, "wall_us": 1}


@pytest.mark.parametrize("text", [TEXT, "\x00" * 5000, "😀" * 5000, "é" * 1999])
def test_a_report_fits_and_says_what_was_cut(text: str) -> None:
    made = bounded(report(text))
    assert len(json.dumps(made)) < MOST_REPORT
    assert (made["step"], made["outcome"], len(made["exchanges"])) == ("test_it", "failed", 12)
    assert CUT in made["exchanges"][0]["body"]


def test_a_usual_report_is_left_as_it_is() -> None:
    usual = report("as people write", 3)
    usual["exchanges"] = [one | {"headers": [["A", "b"]], "request_headers": []} for one in usual["exchanges"]]
    assert bounded(usual) == usual


def test_memory_keeps_what_fits() -> None:
    memory: dict[str, Any] = {"id": 1, "texts": ["x" * 1000] * 1000}
    assert drop_excess(memory) == ""
    memory["large"] = "x" * (MOST_MEMORY - 500_000)
    assert "larger than 4 MiB" in drop_excess(memory)
    assert set(memory) == {"id", "texts"}


def test_memory_keeps_only_json() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    memory = {"id": 1, "object": object(), "deep": deep}
    assert plain(memory) == {"id": 1}
    assert drop_excess(memory) != ""
    assert set(memory) == {"id", "object"}
    while deep:  # taken apart by hand: to let go of it at once would be as deep
        deep = deep[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("The service gave", "no answer: hung up."), "The service gave no answer: hung up."),
        (("The service gave", "no answer"), "The service gave no answer."),
        (("gave no answer...",), "gave no answer…"),
        (("Two..",), "Two."),
        (("Really?",), "Really?"),
        (("It says “stop.”",), "It says “stop.”"),
        (("It ends in 1.5 s",), "It ends in 1.5 s."),
        (("  broken \n over lines  ",), "broken over lines."),
        (("",), ""),
        ((".",), ""),
    ],
)
def test_a_sentence_ends_once(words: tuple[str, ...], said: str) -> None:
    assert sentence(*words) == said


@given(st.lists(st.text(alphabet="ab .!?…”)\n"), max_size=4))
def test_no_two_full_stops_and_a_sentence_stays_one(words: list[str]) -> None:
    said = sentence(*words)
    assert not said.endswith("..")
    assert sentence(said) == said
    assert paragraph(said, "") == said
