"""What is not seen is shown and told where, and only where, it makes the difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.kinds.alike import look_alike, made_visible, note
from trainer.kinds.difference import difference, seen_difference

START = "Both look alike, only the form differs: "


@pytest.mark.parametrize(
    ("expected", "got", "sentence"),
    [
        ("AB", "AB ", "1 × blank (U+0020) too many."),
        (" AB", "AB", "1 × blank (U+0020) missing."),
        ("'AB'", "'AB '", "1 × blank (U+0020) too many."),
        ("['AB', 'C']", "['AB', '  C']", "2 × blank (U+0020) too many."),
        ("a b", "a  b", "1 × blank (U+0020) too many."),
        ("a b", "a\u00a0b", "1 × no-break space (U+00A0) too many, 1 × blank (U+0020) missing."),
        ("'a b'", r"'a\xa0b'", "1 × no-break space (U+00A0) too many, 1 × blank (U+0020) missing."),
        ("a b", "a\tb", "1 × tab (U+0009) too many, 1 × blank (U+0020) missing."),
        ("ab", "a\u200bb", "1 × zero width space (U+200B) too many."),
        (r"'ab'", r"'a\u200bb'", "1 × zero width space (U+200B) too many."),
        ("\ufeffab", "ab", "1 × zero width no-break space (U+FEFF) missing."),
        ("a\nb", "a␍\nb", "1 × carriage return (U+000D) too many."),
        ("a\n", "a", "1 × line feed (U+000A) missing."),
        ("علی‌رضا", "علیرضا", "1 × zero width non-joiner (U+200C) missing."),
        (
            "café",
            "cafe\u0301",
            "the same letters are made of other characters; Unicode normalisation makes them the same.",
        ),
        (
            "paypal",
            "p\u0430ypal",
            "‘\u0430’ (U+0430, Cyrillic small letter a) stands where ‘a’ (U+0061, Latin small letter a) is expected.",
        ),
        ("a-b", "a\u2013b", "‘\u2013’ (U+2013, En dash) stands where ‘-’ (U+002D, Hyphen-minus) is expected."),
        ("1", "\uff11", "‘\uff11’ (U+FF11, Fullwidth digit one) stands where ‘1’ (U+0031, Digit one) is expected."),
        (" ab", "ab ", "blanks stand in other places."),
    ],
)
def test_a_difference_of_form_is_told(expected: str, got: str, sentence: str) -> None:
    assert note(expected, got) == START + sentence
    shown = seen_difference(expected, got)
    assert shown[0] != shown[1]
    assert any(part.mark != "same" and part.text.strip() for side in shown for part in side)


@pytest.mark.parametrize(
    ("expected", "got"), [("a", "b"), ("A", "a"), ("é", "e"), ("[1, 2]", "[12]"), ("1 2", "12"), ("", "a")]
)
def test_what_can_be_seen_needs_no_sentence(expected: str, got: str) -> None:
    assert note(expected, got) == ""
    assert made_visible(expected, got) == (expected, got)


@given(st.text(max_size=20))
def test_equal_texts_stay_as_they_are(text: str) -> None:
    assert note(text, text) == ""
    assert not look_alike(text, text)


@given(
    st.text("a \u00a0\u200b\u0301\u0430\t\n\\x\U000e0001", max_size=12),
    st.text("a \u00a0\u200b\u0301\u0430\t\n\\x", max_size=12),
)
def test_any_texts_can_be_shown(expected: str, got: str) -> None:
    assert isinstance(note(expected, got), str)
    assert len(seen_difference(expected, got)) == 2


def test_invisible_characters_that_are_the_same_are_left_alone() -> None:
    assert made_visible("علی‌رضا 1", "علی‌رضا 2") == ("علی‌رضا 1", "علی‌رضا 2")


def test_characters_are_marked_in_words_that_look_alike() -> None:
    expected, got = difference("paypal", "p\u0430ypal")
    assert [(part.text, part.mark) for part in expected] == [("p", "same"), ("a", "ins"), ("ypal", "same")]
    assert [(part.text, part.mark) for part in got] == [("p", "same"), ("\u0430", "del"), ("ypal", "same")]
