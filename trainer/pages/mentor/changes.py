"""What an upload changes against the version that is live: for the question before publishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from trainer.bank.alignment import Budget
from trainer.pages.compare import Line, compared

LINES_AT_MOST = 400
BYTES_AT_MOST = 256 * 1024


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs. `lines` is empty for a file that is no text, or whose change is too long to read."""

    path: str
    sort: Literal["new", "changed", "gone"]
    lines: tuple[Line, ...]

    @property
    def added(self) -> int:
        return sum(line.mark == "add" for line in self.lines)

    @property
    def removed(self) -> int:
        return sum(line.mark == "del" for line in self.lines)


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[FileChange]:
    """Files that differ, by path. All comparisons of one upload share one budget."""
    paths, budget = sorted(before.keys() | after.keys()), Budget()
    return [_change(path, before, after, budget) for path in paths if before.get(path) != after.get(path)]


def _change(path: str, before: Mapping[str, bytes], after: Mapping[str, bytes], budget: Budget) -> FileChange:
    sort: Literal["new", "changed", "gone"] = "changed"
    if path not in before:
        sort = "new"
    elif path not in after:
        sort = "gone"
    old, new = before.get(path, b""), after.get(path, b"")
    if max(len(old), len(new)) > BYTES_AT_MOST:
        return FileChange(path, sort, ())
    lines = tuple(islice(compared(_text(old), _text(new), budget), LINES_AT_MOST + 1))
    return FileChange(path, sort, lines if len(lines) <= LINES_AT_MOST else ())


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
