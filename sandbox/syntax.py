"""Reads Python's syntax trees, one at a time.

Before 3.11.8 CPython counts the depth of all syntax trees that are being made in one place. Where a thread is
interrupted in the midst of making one, another one's makes it raise SystemError
(https://github.com/python/cpython/issues/106905). A process judges in many threads, so they take turns.
"""

from __future__ import annotations

import ast
import threading
import warnings
from typing import Literal, overload

_turn = threading.RLock()  # what is collected in the midst of parsing may parse itself


@overload
def read_syntax(text: str) -> ast.Module: ...
@overload
def read_syntax(text: str, mode: Literal["eval"]) -> ast.Expression: ...
@overload
def read_syntax(text: str, mode: str) -> ast.AST: ...
def read_syntax(text: str, mode: str = "exec") -> ast.AST:
    """The tree of a text that was written by somebody else: what the parser only warns of is not told.

    Raises SyntaxError, ValueError, RecursionError, MemoryError.
    """
    with _turn, warnings.catch_warnings(action="ignore"):
        return ast.parse(text, mode=mode)
