"""How far a command is, on the last line of a terminal. Where standard error is no terminal, nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Protocol

import click


class Bar(Protocol):
    """What draws it."""

    def advance(self) -> None: ...

    def expect(self, total: int) -> None: ...

    def tell(self, now: str) -> None: ...

    def show(self) -> None: ...

    def hide(self) -> None: ...


class Display:
    """What a command tells of its work, on a bar where there is one. Threads may call it."""

    def __init__(self, bar: Bar | None) -> None:
        self._bar = bar

    def advance(self) -> None:
        if self._bar:
            self._bar.advance()

    def expect(self, total: int) -> None:
        """How much there is to do."""
        if self._bar:
            self._bar.expect(total)

    def tell(self, now: str) -> None:
        """What is under way."""
        if self._bar:
            self._bar.tell(now)

    def echo(self, line: str) -> None:
        """Write a line to standard output, with the bar out of its way."""
        if self._bar:
            self._bar.hide()
        click.echo(line)
        if self._bar:
            self._bar.show()


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Display]:
    """A display for as long as the block runs."""
    bar = _bar(what, total) if sys.stderr.isatty() else None
    try:
        yield Display(bar)
    finally:
        if bar:
            bar.hide()


def _bar(what: str, total: int | None) -> Bar:
    """What draws it is imported only where somebody looks."""
    bar: Bar = import_module("trainer.commands.bar").Bar(what, total)
    bar.show()
    return bar
