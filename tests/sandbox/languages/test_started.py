"""What a student starts from runs in every language as it is, whatever parameters are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sandbox import RunStatus, Sandbox, parse_signature
from sandbox.languages import languages
from sandbox.signature import Calls
from tests.sandbox.languages.programs import run_program

pytestmark = pytest.mark.engine

STARTERS: Mapping[str, tuple[Any, ...]] = {
    "f(n: int, x: float, ok: bool, text: str, len: int, map: int) -> list[int]": (1, 1.0, True, "é", 3, 4),
    "x_y_z_all(head: ListNode, root: TreeNode) -> TreeNode": ([1, 2], [1, None, 2]),
    "print(this: dict[str, list[int | None]] | None, delete: int, end: str) -> None": ({"a": [1, None]}, 1, ""),
    "f(range: list[list[str]], new: float | None) -> dict[str, float]": ([["a"]], None),
    "class Open_door:\n def __init__(self, new: int): ...\n def is_open(self) -> bool: ...\n def list(self): ...\n"
    " def wait(self): ...\n def end(self) -> str: ...": (
        ["Open_door", 1],
        ["is_open"],
        ["list"],
        ["wait"],
        ["end"],
    ),
}
"""Names that one language or the other has taken."""


@pytest.mark.parametrize("text", STARTERS)
@pytest.mark.parametrize("language", languages())
def test_a_starter_runs(language: str, text: str, sandbox: Sandbox) -> None:
    signature = parse_signature(text)
    assert isinstance(signature, Calls)
    source = languages()[language].starter(signature)
    seen = run_program(language, sandbox, source, text, STARTERS[text])
    assert seen.status is RunStatus.RETURNED, (seen, source)
