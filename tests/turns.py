"""Shares a whole run among processes: how many there are, and who begins with what."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import pytest

HEADS = (("browser", "bank"), ("engine", "setup", "clients"))
"""Sorts whose tests wait for boxes and browsers, and share them: each group keeps one process busy for long."""


def pytest_xdist_auto_num_workers() -> int:
    """What `-n auto` means: one more than there are processors, as tests wait for clocks, boxes and browsers."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests into the order in which they are dealt out.

    With `--dist worksteal` each process first gets an equal part of the list, and whoever is ready takes from the end
    of another one's part. So what takes long stands at the beginning of the parts, and short tests fill the end.
    """
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        items[:] = dealt(items, workers)


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """All items in equal parts, one after the other: a part begins with its group of HEADS, slow tests first."""
    parts: list[list[pytest.Item]] = [[] for _ in range(workers)]
    rest: list[pytest.Item] = []
    for item in sorted(items, key=lambda item: item.get_closest_marker("slow") is None):
        group = next((number for number, sorts in enumerate(HEADS) if any(map(item.get_closest_marker, sorts))), None)
        (rest if group is None else parts[group % workers]).append(item)
    sizes = list(_sizes(len(items), workers))
    rest = [item for part, size in zip(parts, sizes, strict=True) for item in part[size:]] + rest
    for part, size in zip(parts, sizes, strict=True):
        room = max(0, size - len(part))
        part[size:] = rest[:room]
        del rest[:room]
    return [item for part in parts for item in part]


def _sizes(total: int, workers: int) -> Iterator[int]:
    """How many the scheduler gives to each."""
    for left in range(workers, 0, -1):
        yield total // left
        total -= total // left
