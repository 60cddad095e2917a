"""Marks where a value differs from the expected one, word by word, in time that no answer can blow up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from trainer.bank.alignment import Budget, align
from trainer.kinds.alike import look_alike, made_visible
from trainer.kinds.feedback import Mark, Segment

_WORD = re.compile(r"-?\w+(?:\.\w+)?|\s+|.", re.DOTALL)
_STEPS = 40_000
"""Steps in which an alignment is searched for: milliseconds, because one page shows many values. Then all differs."""

Marked = tuple[bool, str]
"""A word, and whether it is the same on both sides."""


def difference(expected: str, got: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Segments of the expected text, with what is missing marked, and of what was got, with what is wrong marked."""
    left, right = _WORD.findall(expected), _WORD.findall(got)
    head = _common(left, right)
    tail = _common(left[head:][::-1], right[head:][::-1])
    middle = _middle(left[head : len(left) - tail], right[head : len(right) - tail])
    before, after = [(True, w) for w in left[:head]], [(True, w) for w in left[len(left) - tail :]]
    return _segments([*before, *middle[0], *after], "ins"), _segments([*before, *middle[1], *after], "del")


def seen_difference(expected: str, got: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """The same of two texts as people read them: what is not seen is written out where it differs."""
    left, right = difference(*made_visible(expected, got))
    return tuple(map(_with_blanks, left)), tuple(map(_with_blanks, right))


def plain(text: str) -> tuple[Segment, ...]:
    """A text without marks."""
    return (Segment(text),) if text else ()


def _with_blanks(segment: Segment) -> Segment:
    """Where nothing but blanks and ends of lines differ, they have signs."""
    if segment.mark == "same" or segment.text.strip(" \n"):
        return segment
    return Segment(segment.text.replace(" ", "␣").replace("\n", "↵\n"), segment.mark)


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    pairs = zip(left, right, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _middle(left: list[str], right: list[str]) -> tuple[list[Marked], list[Marked]]:
    if len(left) == len(right):
        return _one_by_one(left, right)
    return _aligned(left, right)


def _one_by_one(left: list[str], right: list[str]) -> tuple[list[Marked], list[Marked]]:
    """Word against word; of two that look alike the characters that differ are marked, not the words."""
    marked: tuple[list[Marked], list[Marked]] = ([], [])
    for one, other in zip(left, right, strict=True):
        if len(one) == len(other) > 1 and look_alike(one, other):
            pairs = list(zip(one, other, strict=True))
            marked[0].extend((a == b, a) for a, b in pairs)
            marked[1].extend((a == b, b) for a, b in pairs)
        else:
            marked[0].append((one == other, one))
            marked[1].append((one == other, other))
    return marked


def _aligned(left: list[str], right: list[str]) -> tuple[list[Marked], list[Marked]]:
    marked: tuple[list[Marked], list[Marked]] = ([], [])
    for block in align(left, right, Budget(_STEPS)):
        marked[0].extend((block.same, word) for word in left[block.start : block.end])
        marked[1].extend((block.same, word) for word in right[block.other_start : block.other_end])
    return marked


def _segments(words: Iterable[Marked], mark: Mark) -> tuple[Segment, ...]:
    groups = groupby(words, key=lambda word: word[0])
    return tuple(Segment("".join(w for _, w in group), "same" if same else mark) for same, group in groups)
