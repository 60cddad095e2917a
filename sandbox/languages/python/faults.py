"""An exception of the student's program as the words that a report carries: type, message, own line, short trace."""

from __future__ import annotations

import traceback
from types import TracebackType
from typing import Any

FILE = "solution.py"
MAX_NAME, MAX_MESSAGE, MAX_TRACE = 200, 2_000, 6_000
MAX_FRAMES = 20


def describe(error: BaseException, source: str) -> dict[str, Any]:
    """What the student reads of an error. Frames of other files are folded; paths of the box never show."""
    lines = source.split("\n")
    frames = list(traceback.walk_tb(error.__traceback__))
    own = [number for frame, number in frames if frame.f_code.co_filename == FILE]
    name = type(error).__name__[:MAX_NAME]
    message = shorten(error.msg, MAX_MESSAGE) if isinstance(error, SyntaxError) else message_of(error)
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == FILE else (own[-1] if own else None)
    trace = _trace(error.__traceback__, lines) + _last_words(error, name, message)
    return {"type": name, "message": message, "line": line, "trace": shorten(trace, MAX_TRACE)}


def message_of(error: BaseException) -> str:
    """The message, even of an exception whose own `__str__` fails."""
    try:
        return shorten(str.__str__(str(error)), MAX_MESSAGE)
    except Exception as inner:
        return f"(its message could not be made: {type(inner).__name__})"[:MAX_MESSAGE]


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning and end where it is too long."""
    half = limit // 2
    return text if len(text) <= limit else f"{text[:half]} … {text[-half:]}"


def _last_words(error: BaseException, name: str, message: str) -> str:
    if isinstance(error, SyntaxError):
        return "".join(traceback.format_exception_only(error)).rstrip("\n")
    return f"{name}: {message}" if message else name


def _trace(start: TracebackType | None, lines: list[str]) -> str:
    steps = [_step(frame.f_code.co_filename, number, frame.f_code.co_name, lines) for frame, number in _walk(start)]
    folded: list[str] = []
    for step in steps:
        if step or (folded and folded[-1]):
            folded.append(step)
    shown = [step or "  … in a library" for step in folded]
    if len(shown) > MAX_FRAMES:
        hidden = len(shown) - MAX_FRAMES
        shown[MAX_FRAMES // 2 : -MAX_FRAMES // 2] = [f"  … {hidden} more calls"]
    return "".join(f"{step}\n" for step in shown)


def _walk(start: TracebackType | None) -> list[tuple[Any, int]]:
    """The frames from the first of the student's own on: what is above it is ours."""
    frames = list(traceback.walk_tb(start))
    own = (at for at, (frame, _) in enumerate(frames) if frame.f_code.co_filename == FILE)
    return frames[next(own, len(frames)) :]


def _step(file: str, number: int, function: str, lines: list[str]) -> str:
    if file != FILE:
        return ""
    code = lines[number - 1].strip()[:200] if 0 < number <= len(lines) else ""
    place = f"  line {number}" + ("" if function == "<module>" else f", in {function}")
    return f"{place}\n    {code}" if code else place
