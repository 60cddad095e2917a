"""What is expected and what came, in words for the student."""

from __future__ import annotations

import json
from typing import Any

LONGEST = 400


class Mismatch(AssertionError):
    """The service answered otherwise. `expected` and `got` are short texts."""

    def __init__(self, expected: str, got: str) -> None:
        super().__init__(f"expected {expected}, got {got}")
        self.expected = expected
        self.got = got


class TooSlow(Exception):
    """No whole answer came in time."""


class TooLarge(Exception):
    """An answer is larger than any honest one."""


class NoAnswer(Exception):
    """The connection was refused, or closed before an answer was there."""


def expect(holds: object, expected: str, got: object = "something else") -> None:
    """Raise Mismatch unless it holds. Say both in words: `expect(n == 3, "3 rows", f"{n} rows")`."""
    if not holds:
        raise Mismatch(expected, str(got))


def shown(value: Any) -> str:
    """A value as the student reads it: JSON, shortened."""
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    except (TypeError, ValueError):
        text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
