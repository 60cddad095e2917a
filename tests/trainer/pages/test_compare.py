"""Differences between two versions of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer.pages.compare import Line, compare

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
