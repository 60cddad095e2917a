"""Numbers with their nouns, in what checks and flaws say."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """3, "hint" → 3 hints; 1, "hint" → 1 hint."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def verb(number: int, one: str, many: str) -> str:
    """1, "is", "are" → is."""
    return one if number == 1 else many
