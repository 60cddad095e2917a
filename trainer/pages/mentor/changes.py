"""What an upload changes against the version that is live: for the question before publishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trainer.pages.compare import Line, compare

LINES_AT_MOST = 400


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
    """Files that differ, by path."""
    paths = sorted(before.keys() | after.keys())
    return [_change(path, before, after) for path in paths if before.get(path) != after.get(path)]


def _change(path: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> FileChange:
    sort: Literal["new", "changed", "gone"] = "changed"
    if path not in before:
        sort = "new"
    elif path not in after:
        sort = "gone"
    lines = compare(_text(before.get(path, b"")), _text(after.get(path, b"")))
    return FileChange(path, sort, tuple(lines) if len(lines) <= LINES_AT_MOST else ())


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
