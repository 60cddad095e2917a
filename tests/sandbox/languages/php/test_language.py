"""PHP as pages, packages and the bank see it."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.harness.bounds import Bounds
from sandbox.harness.programs import Refused
from sandbox.languages.php.language import LANGUAGE, change, spell, starter, text
from sandbox.languages.php.serve import BESIDE_VALUES_MIB, PHPLanguage, command
from sandbox.signature import Query, parse_signature

FUNCTION = """\
<?php

// A ListNode has value and next, which is null at the end: new ListNode($value, $next).

/**
 * @param list<int|null> $pageSizes
 * @param array<string, bool> $default
 * @return list<list<string>>
 */
function pageOf(?ListNode $head, array $pageSizes, ?array $default): array
{
    return [];
}
"""
CLASS = """\
<?php

class Counter
{
    public function __construct(int $start)
    {

    }

    public function lastValue(): ?int
    {
        return null;
    }

    public function reset(): void
    {

    }
}
"""


def written(text: str, in_place: str | None = None) -> str:
    signature = parse_signature(text, in_place)
    assert not isinstance(signature, Query)
    return starter(signature)


def sent(spec: Any, value: Any) -> bytes:
    signature = {"parameters": [["x", spec]]}
    return PHPLanguage(command).read_arguments(signature, [value])


def test_a_starter_of_a_function_has_its_types_and_explains_nodes() -> None:
    text = "page_of(head: ListNode, page_sizes: list[int | None], default: dict[str, bool] | None) -> list[list[str]]"
    assert written(text) == FUNCTION.replace("array<string, bool>", "array<string, bool>|null")


def test_a_starter_of_a_class_has_a_constructor_and_methods() -> None:
    stub = "class Counter:\n def __init__(self, start: int): ...\n def last_value(self) -> int | None: ...\n"
    assert written(f"{stub} def reset(self): ...") == CLASS


def test_an_array_that_is_changed_in_place_comes_by_reference() -> None:
    assert "function tidyUp(array &$slots, array $done): void" in written(
        "tidy_up(slots: list[int], done: list[int])", "slots"
    )
    assert "function f(?ListNode $head): void" in written("f(head: ListNode)", "head")


@pytest.mark.parametrize("name", ["compact", "list", "file_size", "is_set"])
def test_a_function_is_not_called_as_php_has_called_another(name: str) -> None:
    assert f"function {spell(name)}_(int $n): int" in written(f"{name}(n: int) -> int")


def test_names_are_spelled_as_is_usual() -> None:
    assert [spell(name) for name in ("page_of", "f", "a__b_2")] == ["pageOf", "f", "aB2"]
    assert change("this", "ListNode") == "$this_->value = …"


@pytest.mark.parametrize(
    ("content", "literal"), [("é$x", "'é$x'"), ("it's $x\n", '"it\'s \\$x\\n"'), ("\0\x7f", '"\\u{0}\\u{7f}"')]
)
def test_a_text_is_written_so_that_it_stands_for_itself(content: str, literal: str) -> None:
    assert text(content) == literal


def test_php_counts_the_problems_memory_and_the_box_has_more() -> None:
    assert LANGUAGE.needs.memory_mib == BESIDE_VALUES_MIB
    bounds = Bounds(memory_mib=256 + BESIDE_VALUES_MIB, cpus=1, pids=64, scratch_mib=16, scratch_files=None)
    assert "-dmemory_limit=256M" in command(bounds)


@pytest.mark.parametrize(
    ("spec", "value", "values", "marks"),
    [
        (["list", "int"], [1, 2], "[[1, 2]]", "[]"),
        (["list", "float"], [3, -0.0], "[[3.0, -0.0]]", "[]"),
        (["dict", ["optional", "float"]], {"2": 3, "a": None}, '[{"2": 3.0, "a": null}]', "[]"),
        ("Json", {"a": [1.5, float("-inf")]}, '[{"a": [1.5, null]}]', '[[[0, "a", 1], "-inf"]]'),
        ("int", 2**63 - 1, "[9223372036854775807]", "[]"),
    ],
)
def test_arguments_are_json_beside_numbers_that_it_has_not(spec: Any, value: Any, values: str, marks: str) -> None:
    assert sent(spec, value).decode() == f'{{"values": {values}, "marks": {marks}}}'


@pytest.mark.parametrize(("spec", "value"), [("int", 2**63), (["list", "int"], [0, -(2**63) - 1])])
def test_a_whole_number_that_php_cannot_hold_is_refused(spec: Any, value: Any) -> None:
    with pytest.raises(Refused, match="does not fit into 64 bits"):
        sent(spec, value)


def test_calls_of_a_class_have_the_types_of_their_methods() -> None:
    constructor = {"name": "A", "parameters": [["x", "float"]]}
    methods = [{"name": "go", "parameters": [["n", "int"]]}]
    signature = {"constructor": constructor, "methods": methods}
    found = PHPLanguage(command).read_arguments(signature, [["A", 1], ["go", 1]])
    assert found == b'{"values": [["A", 1.0], ["go", 1]], "marks": []}'
