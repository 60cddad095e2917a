"""Syntax trees of Python, made one at a time.

Before 3.11.8 CPython counts the depth of all trees that are being made in one place (gh-106905): two threads that parse
at once can make each other raise SystemError. And warnings are turned off for all threads or for none.
"""

from __future__ import annotations

import ast
import threading
import warnings
from typing import Literal, overload

_lock = threading.RLock()


@overload
def parse(text: str) -> ast.Module: ...
@overload
def parse(text: str, mode: Literal["eval"]) -> ast.Expression: ...
@overload
def parse(text: str, mode: str) -> ast.AST: ...
def parse(text: str, mode: str = "exec") -> ast.AST:
    """The tree of a text, without the warnings that Python has about it.

    Raises SyntaxError, and for texts that are odd or deep ValueError, RecursionError, MemoryError.
    """
    with _lock, warnings.catch_warnings(action="ignore"):
        return ast.parse(text, mode=mode)
