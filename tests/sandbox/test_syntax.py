"""Syntax trees are made one at a time, and what the parser only warns of is not told."""

from __future__ import annotations

import ast
import threading
import warnings
from typing import Any

import pytest

from sandbox.syntax import read_syntax


def test_threads_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, entered, go_on = [0], threading.Event(), threading.Event()
    most = []
    parse = ast.parse

    def watched(*arguments: Any, **more: Any) -> Any:
        inside[0] += 1
        most.append(inside[0])
        entered.set()
        go_on.wait(20)
        inside[0] -= 1
        return parse(*arguments, **more)

    monkeypatch.setattr(ast, "parse", watched)
    threads = [threading.Thread(target=read_syntax, args=("x = 1",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert entered.wait(20)
    go_on.set()
    for thread in threads:
        thread.join()
    assert most == [1, 1]


def test_who_parses_in_the_midst_of_parsing_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = ast.parse

    def interrupted(text: str, **more: Any) -> Any:
        if text == "outer":
            read_syntax("inner")
        return parse(text, **more)

    monkeypatch.setattr(ast, "parse", interrupted)
    assert isinstance(read_syntax("outer"), ast.Module)


def test_warnings_of_a_strangers_text_are_kept_quiet() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(read_syntax("'\\d'", "eval"), ast.Expression)


def test_what_is_no_python_raises() -> None:
    with pytest.raises(SyntaxError):
        read_syntax("def")
