"""Generated starters run as they are and return something of the right type."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.languages.python.language import starter
from sandbox.signature import Class, conforms, parse_signature


def run(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {"ListNode": type("ListNode", (), {}), "TreeNode": type("TreeNode", (), {})}
    exec(code, names)
    return names


@pytest.mark.parametrize(
    "returns",
    [
        "int",
        "float",
        "bool",
        "str",
        "list[int]",
        "dict[str, int]",
        "int | None",
        "ListNode | None",
        "TreeNode | None",
        "None",
    ],
)
def test_a_function_returns_a_value_of_its_type(returns: str) -> None:
    signature = parse_signature(f"f(rows: list[int], name: str | None, head: ListNode | None) -> {returns}")
    assert not isinstance(signature, Class)
    code = starter(signature)
    value = run(code)["f"]([], None, None)
    assert conforms(value, signature.returns)
    assert code.startswith(f"def f(rows: list[int], name: str | None, head: ListNode | None) -> {returns}:\n    ")


def test_a_class_has_every_method() -> None:
    stub = """class History:
        def __init__(self, limit: int): ...
        def visit(self, page: str) -> None: ...
        def back(self, steps: int) -> str | None: ...
        def pages(self) -> list[str]: ..."""
    history = run(starter(parse_signature(stub)))["History"](3)
    assert (history.visit("a"), history.back(1), history.pages()) == (None, None, [])


def test_a_starter_is_code_as_a_person_would_write_it() -> None:
    assert starter(parse_signature("class A:\n  def go(self) -> int: ...")) == (
        "class A:\n"
        "    def __init__(self) -> None:\n"
        "        pass\n"
        "\n"
        "    def go(self) -> int:\n"
        "        return 0\n"
    )  # fmt: skip
