"""What people write as Python or JSON is read as plain values, and nothing of it is ever run."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sandbox.signature import Class, parse_signature
from trainer.bank.python_text import read_calls, read_value
from trainer.errors import InputError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 2.5, -3]", [1, 2.5, -3]),
        ('["a", "ü"]', ["a", "ü"]),
        ("['a', \"b\"]", ["a", "b"]),
        ("[True, False, None]", [True, False, None]),
        ("[true, false, null]", [True, False, None]),
        ("(1, (2, 3))", [1, [2, 3]]),
        ("{'a': [1], 'b': {}}", {"a": [1], "b": {}}),
        ("10**9", 1_000_000_000),
        ("200_000", 200_000),
        (" 7 ", 7),
        ("Infinity", math.inf),
        ("[\n  1,\n  2,\n]", [1, 2]),
    ],
)
def test_json_and_python_literals_are_read(text: str, value: Any) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("hello", "'hello' is no plain value"),
        ("[1, 2", "never closed"),
        ("__import__('os').system('id')", "is no plain value"),
        ("[x for x in 'ab']", "is no plain value"),
        ("10**10**10", "is no plain value"),
        ("9**99", "is no plain value"),
        ("'a' * 10**9", "is no plain value"),
        ("f'{1}'", "is no plain value"),
        ("b'x'", "is no plain value"),
        ("{**{}}", "is no plain value"),
        ("{[1]: 2}", "is no plain value"),
        ("-'a'", "is no plain value"),
        ("1; 2", "cannot be read"),
        ("[" * 5000 + "]" * 5000, "cannot be read"),
        ("-" * 50_000 + "1", "cannot be read"),
        ("9" * 5000, "cannot be read"),
        ("1" * 70_000, "longer than 64 KB"),
        ("'\0'", "cannot be read"),
    ],
)
def test_everything_else_is_refused_with_a_fix(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("*", r"\*")):
        read_value(text)


STORE = parse_signature("""class Store:
    def __init__(self, idle_s: int): ...
    def open(self, now: int, user: str) -> bool: ...""")


@pytest.mark.parametrize(
    "text",
    [
        'Store(10)\nopen(0, "ann")',
        'store = Store(idle_s=10)\nstore.open(0, user="ann")',
        'Store(10)  # a comment\n\nstore.open(user="ann", now=0)\n# True',
        '[["Store", 10], ["open", 0, "ann"]]',
    ],
)
def test_calls_of_a_class_are_read(text: str) -> None:
    assert isinstance(STORE, Class)
    assert read_calls(text, STORE) == (["Store", 10], ["open", 0, "ann"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Store(10)\nopne(0, 'a')", "line 2: there is no method 'opne' .did you mean 'open'"),
        ("Store(10)\nopen(0)", "open has 2 parameters"),
        ("Store(10)\nopen(0, 'a', 2)", "open has 2 parameters"),
        ("Store(10)\nopen(0, 'a', now=2)", "'now' is unknown or stands twice"),
        ("Store(10)\nfor i in []: pass", "line 2 is no call"),
        ("import os", "line 1 is no call"),
        ("Store(open(1, 'a'))", "is no plain value"),
        ("Store(*[1])", "is no plain value"),
    ],
)
def test_calls_that_cannot_be_read_are_explained(text: str, message: str) -> None:
    assert isinstance(STORE, Class)
    with pytest.raises(InputError, match=message):
        read_calls(text, STORE)
