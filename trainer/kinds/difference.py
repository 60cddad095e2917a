"""Marks where a value differs from the expected one, word by word, in time that no answer can blow up."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from trainer.kinds.feedback import Mark, Segment

_WORD = re.compile(r"-?\w+(?:\.\w+)?|\s+|.", re.DOTALL)
_MOST = 40_000
"""Product of the words on both sides up to which an alignment is searched for; above, all of the middle differs."""

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


def plain(text: str) -> tuple[Segment, ...]:
    """A text without marks."""
    return (Segment(text),) if text else ()


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    pairs = zip(left, right, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _middle(left: list[str], right: list[str]) -> tuple[list[Marked], list[Marked]]:
    if len(left) == len(right):
        same = [a == b for a, b in zip(left, right, strict=True)]
        return list(zip(same, left, strict=True)), list(zip(same, right, strict=True))
    if len(left) * len(right) > _MOST:
        return [(False, w) for w in left], [(False, w) for w in right]
    return _aligned(left, right)


def _aligned(left: list[str], right: list[str]) -> tuple[list[Marked], list[Marked]]:
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    marked: tuple[list[Marked], list[Marked]] = ([], [])
    for kind, i, j, m, n in matcher.get_opcodes():
        marked[0].extend((kind == "equal", w) for w in left[i:j])
        marked[1].extend((kind == "equal", w) for w in right[m:n])
    return marked


def _segments(words: Iterable[Marked], mark: Mark) -> tuple[Segment, ...]:
    groups = groupby(words, key=lambda word: word[0])
    return tuple(Segment("".join(w for _, w in group), "same" if same else mark) for same, group in groups)
