"""How much memory processes and boxes hold, and how much of a processor they have used."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from sandbox.images.inputs import PREFIX

_UNITS = {"B": 1 / 2**20, "KiB": 1 / 2**10, "MiB": 1.0, "GiB": 2.0**10}


def tree_mib(pid: int) -> float:
    """Proportional set size of a process and all its descendants, in MiB: shared pages are counted once."""
    return sum(_pss_kib(member) for member in _tree(pid)) / 1024


def cpu_s(pid: int) -> float:
    """Seconds of CPU that a process and all its descendants have used since they began."""
    return sum(_ticks(member) for member in _tree(pid)) / os.sysconf("SC_CLK_TCK")


def boxes_mib(owner_pid: int) -> dict[str, list[float]]:
    """Memory of each box that this process, or a child of it, has started, as the engine counts it, by image."""
    owners = {str(member) for member in _tree(owner_pid)}
    listed = _docker(
        "ps", "--filter", "label=trainer.box=1", "--format", '{{.ID}} {{.Label "trainer.owner"}} {{.Image}}'
    )
    boxes = [line.split() for line in listed.splitlines()]
    found: dict[str, list[float]] = {}
    for number, owner, image in boxes:
        if owner.split(":")[1] in owners:
            used = _docker("stats", "--no-stream", "--format", "{{.MemUsage}}", number)
            name = image.removeprefix(PREFIX).partition(":")[0]
            found.setdefault(name, []).append(round(_mib(used.split("/")[0]), 1))
    return found


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _tree(int(child)))]


def _pss_kib(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout


def _mib(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text.strip()).groups()  # type: ignore[union-attr]
    return float(number) * _UNITS[unit]
