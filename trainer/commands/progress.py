"""How far a command is, on the last line of a terminal. Where standard error is no terminal, nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Display:
    """A bar on standard error with what is done, how much there is, and what is under way. NO_COLOR takes its colours.

    Threads may call it.
    """

    def __init__(self, what: str, total: int | None) -> None:
        console = Console(stderr=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[now]}", markup=False),
        )
        # Standard output may be a file, so it is left alone: its lines go out while the bar is away.
        self._bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
        self._task: TaskID = self._bar.add_task(what, total=total, now="")
        self._shown = sys.stderr.isatty() and console.is_terminal

    def advance(self) -> None:
        self._bar.advance(self._task)

    def expect(self, total: int) -> None:
        self._bar.update(self._task, total=total)

    def tell(self, now: str) -> None:
        """What is under way."""
        self._bar.update(self._task, now=now)

    def echo(self, line: str) -> None:
        """Write a line to standard output, with the bar out of its way."""
        self.hide()
        click.echo(line)
        self.show()

    def show(self) -> None:
        if self._shown:
            self._bar.start()

    def hide(self) -> None:
        if self._shown:
            self._bar.stop()


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Display]:
    """A display for as long as the block runs."""
    display = Display(what, total)
    display.show()
    try:
        yield display
    finally:
        display.hide()
