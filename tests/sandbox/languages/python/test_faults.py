"""What a student reads of an error: their own line, no path of the box, nothing without end."""

from __future__ import annotations

import json
from typing import Any

from sandbox.languages.python.faults import FILE, MAX_MESSAGE, MAX_TRACE, describe


def fault_of(source: str) -> dict[str, Any]:
    try:
        exec(compile(source, FILE, "exec"), {"json": json})
    except BaseException as error:
        return describe(error, source)
    raise AssertionError("nothing was raised")


def test_the_deepest_own_line_and_the_way_there() -> None:
    found = fault_of("def f(n):\n    return 1 // n\n\nf(0)\n")
    assert (found["type"], found["line"]) == ("ZeroDivisionError", 2)
    assert found["trace"].splitlines() == [
        "  line 4",
        "    f(0)",
        "  line 2, in f",
        "    return 1 // n",
        "ZeroDivisionError: integer division or modulo by zero",
    ]


def test_foreign_frames_are_folded() -> None:
    found = fault_of("json.loads('{')")
    assert found["line"] == 1
    assert "in a library" in found["trace"]
    assert "/" not in found["trace"]


def test_a_syntax_error_names_its_line_once() -> None:
    found = fault_of("x = 1\ny = (\n")
    assert (found["type"], found["message"], found["line"]) == ("SyntaxError", "'(' was never closed", 2)


def test_everything_is_bounded() -> None:
    found = fault_of("def f(n):\n    f(n + 1)\n\nf(0)")
    assert "more calls" in found["trace"]
    for source in ("raise ValueError('x' * 10**6)", f"x = '{'x' * 50_000}'; raise KeyError(x)"):
        found = fault_of(source)
        assert len(found["message"]) <= MAX_MESSAGE + 3
        assert len(found["trace"]) <= MAX_TRACE + 3


def test_an_exception_that_cannot_say_what_it_is() -> None:
    found = fault_of("class Odd(Exception):\n    def __str__(self): return 1 // 0\nraise Odd")
    assert found["message"] == "(its message could not be made: ZeroDivisionError)"
