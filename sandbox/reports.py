"""Reads what a student's process reported of itself: untrusted, so bounded, strict, and never believed beyond its case.

A report can only claim the student's own answer. Whatever is no report counts as none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sandbox.model import Json, ProgramError, RunStatus

CLAIMS = {
    "returned": RunStatus.RETURNED,
    "no value": RunStatus.NO_VALUE,
    "raised": RunStatus.RAISED,
    "not compiled": RunStatus.NOT_COMPILED,
    "memory limit": RunStatus.MEMORY_LIMIT,
}
MAX_NAME, MAX_MESSAGE, MAX_TRACE = 300, 4_000, 16_000
MAX_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class Report:
    """A report that could be read."""

    status: RunStatus
    value: Json = None
    error: ProgramError | None = None


def read_report(data: bytes) -> Report | None:
    """The report, or None where the bytes are not exactly one."""
    try:
        found = json.loads(data, parse_constant=float)  # each NaN a number of its own: none equals another
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("status"), str):
        return None
    status = CLAIMS.get(found["status"])
    if status is None:
        return None
    if status is RunStatus.RETURNED:
        return Report(status, found["value"]) if found.keys() == {"status", "value"} else None
    if status is RunStatus.MEMORY_LIMIT:
        return Report(status)
    error = _error(found.get("error"))
    return None if error is None else Report(status, error=error)


def _error(found: Json) -> ProgramError | None:
    if not isinstance(found, dict):
        return None
    return ProgramError(
        type=_text(found.get("type"), MAX_NAME),
        message=_text(found.get("message"), MAX_MESSAGE),
        line=_position(found.get("line")),
        trace=_text(found.get("trace"), MAX_TRACE),
        call=_position(found.get("call")),
    )


def _text(value: Json, limit: int) -> str:
    return readable(value[:limit]) if isinstance(value, str) else ""


def _position(value: Json) -> int | None:
    return value if type(value) is int and 0 <= value < MAX_LINE else None


def readable(text: str) -> str:
    """Text that every database and page can hold: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", "␀").encode("utf-8", "replace").decode("utf-8")


def readable_bytes(data: bytes) -> str:
    """What a program printed, as such text."""
    return readable(data.decode("utf-8", "replace"))
