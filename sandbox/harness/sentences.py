"""Puts sentences together: each ends in one mark, whatever the words that others give end in."""

from __future__ import annotations

ENDS = (".", "!", "?", "…")
CLOSING = "\"'’”)]}»"
"""What may stand behind the mark of a quoted sentence."""


def sentence(*words: object) -> str:
    """The words as one sentence: in one line, with one full stop where they end in no mark of their own."""
    text = " ".join(" ".join(map(str, words)).split())
    bare = text.rstrip(". ")
    if not bare:
        return ""
    if bare.endswith(ENDS) or (bare[-1] in CLOSING and bare.rstrip(CLOSING).endswith(ENDS)):
        return bare
    if text[len(bare) :].strip() == "...":
        return f"{bare}…"
    return f"{bare}."


def paragraph(*sentences: object) -> str:
    """Sentences behind each other; empty ones are left out."""
    return " ".join(filter(None, (sentence(one) for one in sentences)))
