"""Syntax trees are made one at a time, and without warnings."""

from __future__ import annotations

import ast
import threading
import warnings

import pytest

from sandbox.syntax import parse

HEAD_START_S = 0.3


def test_two_threads_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, most, both = 0, 0, threading.Event()
    python = ast.parse

    def slow(text: str, mode: str = "exec") -> ast.AST:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        if at_work == 2:
            both.set()
        both.wait(HEAD_START_S)  # time enough for the other one to come in
        at_work -= 1
        return python(text, mode=mode)

    monkeypatch.setattr(ast, "parse", slow)
    threads = [threading.Thread(target=parse, args=("x = 1",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_warnings_about_a_text_are_nobody_s() -> None:
    with warnings.catch_warnings(action="error"):
        assert isinstance(parse("x = '\\d'\n1 is 1"), ast.Module)
        assert isinstance(parse("'\\d'", "eval"), ast.Expression)


@pytest.mark.parametrize(("text", "error"), [("def", SyntaxError), ("\x00", (SyntaxError, ValueError))])
def test_what_is_no_python_raises(text: str, error: type[Exception] | tuple[type[Exception], ...]) -> None:
    with pytest.raises(error):
        parse(text)
