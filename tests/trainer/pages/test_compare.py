"""Differences between two versions of a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.pages.compare import MOST_LINES, Line, clipped, compare
from trainer.pages.mentor.changes import changes

TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=30).map("\n".join)


def test_equal_texts_have_no_difference() -> None:
    assert compare("a\nb\n", "a\nb") == []


def test_deletions_stand_before_additions() -> None:
    assert compare("a\nb\nc", "a\nx\nc") == [Line("a"), Line("b", "del"), Line("x", "add"), Line("c")]


def test_equal_lines_far_from_a_change_are_counted_instead() -> None:
    before = "\n".join(str(n) for n in range(20))
    lines = compare(before, before.replace("10", "ten"))
    assert lines[0] == Line("7 equal lines", "gap")
    assert lines[-1] == Line("6 equal lines", "gap")
    assert len(lines) == 1 + 3 + 2 + 3 + 1


@given(TEXTS, TEXTS)
def test_additions_and_deletions_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    lines = compare(before, after)
    kept = [line for line in lines if line.mark != "gap"]
    added = [line.text for line in kept if line.mark == "add"]
    removed = [line.text for line in kept if line.mark == "del"]
    growth = len(after.splitlines()) - len(before.splitlines())
    assert len(added) - len(removed) == growth
    assert all(text in after.splitlines() for text in added)
    assert all(text in before.splitlines() for text in removed)


HARD = {
    "shifted": ("a\nb\n" * 16_000, "b\na\n" * 16_000),
    "every other one": ("a\nb\n" * 16_000, "a\nc\n" * 16_000),
    "numbers": ("\n".join(map(str, range(11_000))), "\n".join(map(str, range(11_000, 0, -1)))),
    "empty lines": ("\n" * 65_000, "x\n\n" * 21_000),
}


def yardstick() -> float:
    """CPU seconds of putting a million numbers in order twice: about a second on a slow machine."""
    started = time.process_time()
    for _ in range(2):
        sorted(range(1_000_000), key=lambda n: -n % 1_000_003)
    return time.process_time() - started


@pytest.mark.parametrize("name", HARD)
def test_the_largest_texts_are_compared_in_no_time(name: str) -> None:
    before, after = HARD[name]
    started = time.process_time()
    lines = compare(before, after)
    assert time.process_time() - started < 3 * yardstick()
    assert lines
    assert len(clipped(lines)) <= MOST_LINES + 1
    assert clipped(lines)[-1].mark == "gap" or len(lines) <= MOST_LINES


def test_the_files_of_an_upload_share_the_time() -> None:
    before, after = HARD["shifted"]
    started = time.process_time()
    found = changes({f"{n}.py": before.encode() for n in range(40)}, {f"{n}.py": after.encode() for n in range(40)})
    assert time.process_time() - started < 10 * yardstick()
    assert len(found) == 40


def test_short_differences_are_shown_whole() -> None:
    lines = [Line("a"), Line("b", "add")]
    assert clipped(lines) == lines
