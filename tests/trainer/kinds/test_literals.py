"""Values are written as Python literals, bounded in size and time whatever they are."""

from __future__ import annotations

import ast
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.languages import languages
from trainer.kinds.literals import KEPT, call_text, clip, harmless, literal

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(json_values)
def test_a_small_value_is_written_as_python_would(value: Any) -> None:
    text = literal(value, 10**6)
    assert text.text == repr(value)
    assert ast.literal_eval(text.text) == value
    assert not text.cut


LARGE = {
    "many": [9] * 10**6,
    "long": "x" * 10**7,
    "inside": {"a": ["é" * 10**6]},
    "nested": [[[1] * 10] * 10] * 10**5,
    "int": 10**5000,
}


@pytest.mark.parametrize("value", LARGE.values(), ids=LARGE)
def test_a_large_value_is_cut_in_no_time(value: Any) -> None:
    started = time.process_time()
    text = literal(value)
    assert time.process_time() - started < 0.5
    assert len(text.text.encode()) <= KEPT
    assert text.cut or "digits" in text.text


def test_a_deep_value_does_not_exhaust_the_stack() -> None:
    value: Any = []
    for _ in range(5000):
        value = [value]
    assert literal(value, 100).text == "[" * 100


@given(st.text(), st.integers(0, 50))
def test_a_clipped_text_has_at_most_so_many_bytes(text: str, limit: int) -> None:
    clipped = clip(harmless(text, 10**6).text, limit)
    assert len(clipped.text.encode()) <= limit
    assert clipped.cut == (len(harmless(text, 10**6).text.encode()) > limit)


@given(st.text(st.characters(), max_size=50))
def test_a_harmless_text_can_be_stored_and_shown(text: str) -> None:
    safe = harmless(text, 10**6).text
    safe.encode()
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in safe)


def test_lone_surrogates_and_nul_are_replaced() -> None:
    assert harmless("a\0b\ud800c\x1b[31m\r\nd").text == "a␀b\ufffdc␛[31m\nd"


@pytest.mark.parametrize(
    ("call", "text"), [(["back", 1], "back(1)"), (["visit", "home", None], "visit('home', None)"), (["live"], "live()")]
)
def test_calls_read_like_calls(call: list[Any], text: str) -> None:
    assert call_text(call).text == text


def test_a_long_call_is_cut() -> None:
    assert call_text(["add", [1] * 10_000], 20).cut


@pytest.mark.parametrize("name", languages())
def test_a_value_is_written_as_its_language_does(name: str) -> None:
    style = languages()[name].literals
    (begin, end), (opens, closes) = style.items, style.entries
    between = " => " if name in ("php", "ruby") else ": "
    inside = f"{style.text('a')}{between}{begin}{style.null}, {style.true}, {style.false}, 1{end}"
    assert literal({"a": [None, True, False, 1]}, written_in=name).text == f"{opens}{inside}{closes}"
    called = call_text(["add_item", "home", True], written_in=name).text
    assert called == f"{languages()[name].spell('add_item')}({style.text('home')}, {style.true})"


def test_a_value_of_an_answer_in_no_language_is_written_as_python_would() -> None:
    assert literal([None, True], written_in="sql").text == "[None, True]"
