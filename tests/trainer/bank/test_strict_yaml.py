"""A plain word of YAML is what it says, or it is refused with its line and a fix."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest

from trainer.bank.flaws import Flaws
from trainer.bank.strict_yaml import read_yaml

KEPT: list[tuple[str, Any]] = [
    ("words", "words"),
    ("0", 0),
    ("-5", -5),
    ("1000000", 1_000_000),
    ("0.5", 0.5),
    ("-0.25", -0.25),
    ("1.10", 1.1),
    ("1.5e+3", 1500.0),
    (".inf", math.inf),
    ("true", True),
    ("false", False),
    ("null", None),
    ("2025-03-14", datetime.date(2025, 3, 14)),
    ("2025-03-14 10:00:00", datetime.datetime(2025, 3, 14, 10)),
    ("2025-03-14 10:00", "2025-03-14 10:00"),
    ('"0644"', "0644"),
    ("'yes'", "yes"),
    ("'~'", "~"),
    ("|\n  0644 # stays\n", "0644 # stays\n"),
    (">\n  yes\n", "yes\n"),
    ("'words' # a comment", "words"),
    ("5 # a comment", 5),
    ("[a, b] # a comment", ["a", "b"]),
    ("a#b", "a#b"),
    ("http://host/#part", "http://host/#part"),
    ("1,000", "1,000"),
    ("v1.2.3", "v1.2.3"),
    ("yesterday", "yesterday"),
]

REFUSED = [
    ("0644", "420", "quotes"),
    ("010", "8", "quotes"),
    ("00123", "83", "quotes"),
    ("00189", "looks like a number", "quotes"),
    ("08", "looks like a number", "quotes"),
    ("1_000", "1000", "quotes"),
    ("1_0.5", "10.5", "quotes"),
    ("12:30", "750", "quotes"),
    ("12:30:45", "45045", "quotes"),
    ("1:30.5", "90.5", "quotes"),
    ("yes", "true", "quotes"),
    ("No", "false", "quotes"),
    ("on", "true", "quotes"),
    ("OFF", "false", "quotes"),
    ("True", "true", "quotes"),
    ("FALSE", "false", "quotes"),
    ("y", "true or false", "quotes"),
    ("N", "true or false", "quotes"),
    ("~", "null", "quotes"),
    ("Null", "null", "quotes"),
    ("NULL", "null", "quotes"),
    ("1e3", "looks like a number", "quotes"),
    ("12e5", "looks like a number", "quotes"),
    ("1.0e3", "looks like a number", "quotes"),
    (".5", "0.5", "quotes"),
    ("5.", "5.0", "quotes"),
    ("0x1F", "31", "quotes"),
    ("0b101", "5", "quotes"),
    ("0o17", "looks like a number", "quotes"),
    ("NaN", "looks like a number", "quotes"),
    (".NaN", "NaN", "quotes"),
    ("inf", "looks like a number", "quotes"),
    ("+1", "1", "quotes"),
    ("-0", "0", "quotes"),
    ("0.1234567890123456789", "0.12345678901234568", "quotes"),
    ("1.0e+999", "Infinity", "quotes"),
    ("=", "no text", "quotes"),
    ("2025-03-14T10:00:00Z", "read as a time", "quotes"),
    ("2025-3-4 10:00:00", "read as a time", "quotes"),
    ("2025-02-30", "read as a time", "quotes"),
    ("words # and more", "# and more", "quotes"),
    ("words\t# and more", "# and more", "quotes"),
    ("#1 of them", "#1 of them", "quotes"),
    ("", "missing", "null"),
    ("&name words", "anchor", "quotes"),
    ("!name words", "tag", "quotes"),
    ("!!str 12", "tag", "quotes"),
    ("a\x85b", "line break", "quotes"),
]


def read(text: str, *, published: bool = False) -> tuple[Any, list[str]]:
    value = read_yaml(text, "data.yaml", flaws := Flaws("example", published=published))
    return value, [str(flaw) for flaw in flaws.found]


@pytest.mark.parametrize(("text", "value"), KEPT)
def test_what_is_plain_is_kept(text: str, value: object) -> None:
    assert read(f"- {text}") == ([value], [])
    assert read(f"key: {text}") == ({"key": value}, [])


@pytest.mark.parametrize(("text", "said", "fix"), REFUSED)
@pytest.mark.parametrize("place", ["- fine\n- {}\n", "first: 1\nkey: {}\n", "- fine\n- key: {}\n"])
def test_what_would_be_another_value_is_refused_with_its_line(place: str, text: str, said: str, fix: str) -> None:
    _, found = read(place.format(text))
    assert found[0].startswith("data.yaml: line 2: ")
    assert said in found[0]
    assert fix in found[0]


@pytest.mark.parametrize("text", ["0644", "yes", "~", "1e3", "+1", "y"])
def test_lists_on_one_line_are_read_as_closely(text: str) -> None:
    assert "line 1" in read(f"[fine, {text}]")[1][0]
    assert "line 1" in read(f"{{n: {text}}}")[1][0]


def test_everything_wrong_is_told_at_once() -> None:
    value, found = read("- 0644\n- fine\n- yes\n- a # b\n- {n: 010}\n")
    assert value == [420, "fine", True, "a", {"n": 8}]
    assert [flaw.split(": ")[1] for flaw in found] == ["line 1", "line 3", "line 4", "line 5"]


@pytest.mark.parametrize("key", ["on", "yes", "no", "null", "true", "7", "010", "1e3", "2025-03-14"])
def test_keys_are_texts(key: str) -> None:
    assert "line 1" in read(f"{key}: 1")[1][0]


def test_parameters_may_be_called_y_and_n() -> None:
    assert read("{y: 1, n: 2}") == ({"y": 1, "n": 2}, [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\na: 2", "line 2", "key 'a' stands twice"),
        ("- {a: 1, a: 2}", "line 1", "key 'a' stands twice"),
        ("a: &x 1\nb: *x", "line 2", "aliases are not read"),
        ("<<: {a: 1}", "line 1", "merges mappings"),
        ("a:\n\tb: 1", "line 2", "a tab"),
        ("a: b: c", "line 1", "mapping values"),
        ("a: 'b", "line 1", "end of stream"),
        ("[" * 30, "line 1", "nests deeper"),
        ("a: 1\n---\nb: 2", "line 2", "another document"),
    ],
)
def test_what_is_no_plain_yaml_is_named_by_its_line(text: str, line: str, said: str) -> None:
    _, found = read(text)
    assert any(line in flaw and said in flaw for flaw in found), found


@pytest.mark.parametrize("text", ["0644", "yes", "a # b", "1e3", "&x a", "y"])
def test_a_version_that_was_published_before_is_read_as_ever(text: str) -> None:
    value, found = read(f"- {text}", published=True)
    assert value is not None
    assert found == []
