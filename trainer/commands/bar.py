"""A bar on a terminal's last line, drawn by Rich."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """What is done, how much there is, and what is under way. NO_COLOR takes its colours. Threads may call it."""

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
        self._task = self._bar.add_task(what, total=total, now="")
        self._is_shown = console.is_terminal

    def advance(self) -> None:
        self._bar.advance(self._task)

    def expect(self, total: int) -> None:
        self._bar.update(self._task, total=total)

    def tell(self, now: str) -> None:
        self._bar.update(self._task, now=now)

    def show(self) -> None:
        if self._is_shown:
            self._bar.start()

    def hide(self) -> None:
        if self._is_shown:
            self._bar.stop()
