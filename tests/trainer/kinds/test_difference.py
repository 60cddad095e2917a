"""Differences are marked word by word, lose nothing and take no time."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from trainer.kinds.difference import difference
from trainer.kinds.feedback import Segment


def test_one_word_differs() -> None:
    expected, got = difference("[True, True, True, False]", "[True, True, False, False]")
    assert expected == (Segment("[True, True, "), Segment("True", "ins"), Segment(", False]"))
    assert got == (Segment("[True, True, "), Segment("False", "del"), Segment(", False]"))


def test_an_item_is_missing() -> None:
    expected, got = difference("[1, 2, 3]", "[1, 3]")
    assert Segment("2, ", "ins") in expected or Segment(", 2", "ins") in expected
    assert got == (Segment("[1, 3]"),)


def test_numbers_and_words_are_not_torn() -> None:
    assert difference("12.5", "12.25")[0] == (Segment("12.5", "ins"),)
    assert difference("'home'", "'homes'")[1][1] == Segment("homes", "del")


def test_equal_values_have_no_marks() -> None:
    assert difference("[1]", "[1]") == ((Segment("[1]"),), (Segment("[1]"),))


texts = st.text("[]', 0aé", max_size=40)


@given(texts, texts)
def test_nothing_is_lost_and_marks_are_right(left: str, right: str) -> None:
    expected, got = difference(left, right)
    assert "".join(s.text for s in expected) == left
    assert "".join(s.text for s in got) == right
    same = ["".join(s.text for s in side if s.mark == "same") for side in (expected, got)]
    assert same[0] == same[1]
    assert not {s.mark for s in expected} - {"same", "ins"}
    assert not {s.mark for s in got} - {"same", "del"}


def test_the_worst_values_take_no_time() -> None:
    started = time.process_time()
    difference("[" + "True, False, " * 300, "[" + "False, True, " * 299 + "0")
    difference("0, " * 1300, "1, " * 1301)
    assert time.process_time() - started < 1
