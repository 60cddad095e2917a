"""Which plain words of YAML are not what they look like: 0644 is 420, 12:30 is 750, no is false, 1e3 is a text."""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal

import yaml

QUOTES = "put it in quotes"
_INT = re.compile(r"0|-?[1-9]\d*")
_FLOAT = re.compile(r"-?(0|[1-9]\d*)\.\d+([eE][-+]?\d+)?")
_NO_NUMBERS = (".inf", "-.inf", ".nan")
_LOOKS_LIKE_NUMBER = re.compile(
    r"""[-+]?(\d[\d_]*)?\.?\d[\d_]*\.?([eE][-+]?\d+)?   # 1e3, 08, +1, 1.
    |[-+]?0[xob][0-9a-f_]+                              # 0o17
    |[-+]?\.?(inf|infinity|nan)                         # NaN""",
    re.VERBOSE | re.IGNORECASE,
)
_LOOKS_LIKE_BOOL = re.compile(r"[yYnN]")


def misread(text: str, tag: str, is_key: bool = False) -> tuple[str, str] | None:
    """What is wrong with a plain word that YAML gives this tag, and the fix; None where it is what it says.

    Whole numbers, decimal fractions, .inf and .nan, true, false, null and dates keep their values. `y` and `n` are
    names of parameters, so they may be keys.
    """
    match tag.removeprefix("tag:yaml.org,2002:"):
        case "int":
            return None if _INT.fullmatch(text) else _turned(text)
        case "float":
            return None if _keeps_its_digits(text) else _turned(text)
        case "bool":
            return None if text in ("true", "false") else _turned(text)
        case "null" if not text:
            return "a value is missing", "write it, or null, or an empty text in quotes"
        case "null":
            return None if text == "null" else _turned(text)
        case "timestamp":
            return None if _is_written_as_it_is_read(text) else (f"{text} is read as a time", QUOTES)
    return _looks_otherwise(text, is_key)


def _looks_otherwise(text: str, is_key: bool) -> tuple[str, str] | None:
    """A text that readers take for something else."""
    if _LOOKS_LIKE_NUMBER.fullmatch(text):
        return (
            f"{text} looks like a number and is read as a text",
            f"{QUOTES}, or write the number as 1000, 0.5 or .nan",
        )
    if _LOOKS_LIKE_BOOL.fullmatch(text) and not is_key:
        return f"{text} can be read as a text and as true or false", QUOTES
    return None


def _turned(text: str) -> tuple[str, str]:
    value = yaml.safe_load(text)
    return f"{text} is read as {json.dumps(value)}", f"{QUOTES}, or write that value"


def _keeps_its_digits(text: str) -> bool:
    if text in _NO_NUMBERS:
        return True
    return bool(_FLOAT.fullmatch(text)) and Decimal(text) == Decimal(repr(float(text)))


def _is_written_as_it_is_read(text: str) -> bool:
    """A date, or a time in the form that databases print."""
    try:
        return text in (str(datetime.datetime.fromisoformat(text)), str(datetime.datetime.fromisoformat(text).date()))
    except ValueError:
        return False
