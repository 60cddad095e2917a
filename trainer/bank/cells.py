"""Holds the cells of a data set against the types of their columns: 00123 in a text column is a mistake, not 83."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from typing import Any

from trainer.bank.plain_scalars import QUOTES

_WORDS: Mapping[type, str] = {
    bool: "a bool",
    int: "a whole number",
    float: "a number with a fraction",
    datetime.date: "a date",
    datetime.datetime: "a time",
}
_WHOLE, _NUMBERS = (int,), (int, float)
_DATE, _TIMES = (datetime.date,), (datetime.date, datetime.datetime)
_ALLOWED: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("smallint", "int", "bigint", "smallserial", "serial", "bigserial", "oid"), _WHOLE),
    **dict.fromkeys(("decimal", "numeric", "real", "double precision", "money"), _NUMBERS),
    **dict.fromkeys(("timestamp", "timestamptz"), _TIMES),
    "boolean": (bool,),
    "date": _DATE,
}
"""What may stand in a column without quotes. In a column of any other type it is text."""


def wrong_cell(cell: Any, column_type: str) -> tuple[str, str] | None:
    """What is wrong with a cell in a column of this type, and the fix; None where it fits.

    A text fits everywhere: PostgreSQL reads it, as it was written.
    """
    if cell is None or isinstance(cell, str):
        return None
    if type(cell) not in _WORDS:
        return "holds a value that is no cell", "use text, numbers, true, false and null"
    if isinstance(cell, float) and not math.isfinite(cell):
        return f"{cell} is no number that SQL can write", "write 'Infinity', '-Infinity' or 'NaN' in quotes"
    allowed = _ALLOWED.get(re.sub(r"\(.*\)$", "", column_type).strip(), ())
    if type(cell) in allowed:
        return None
    return f"{_shown(cell)} is {_WORDS[type(cell)]}, the column is of type {column_type}", _fix(cell, allowed)


def _fix(cell: Any, allowed: tuple[type, ...]) -> str:
    if not allowed or type(cell) in _TIMES:
        return QUOTES
    return f"write {' or '.join(_WORDS[one] for one in allowed)}"


def _shown(cell: Any) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
