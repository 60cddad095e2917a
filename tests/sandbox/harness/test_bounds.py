"""What a box reads of its cgroup, in both versions of cgroups."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.harness import bounds as module
from sandbox.harness.bounds import MOST_CPU_BEFORE_S, Bounds, Unbounded, check_cgroup, check_counter

ASKED = Bounds(memory_mib=256, cpus=1.0, pids=64, scratch_mib=16, scratch_files=4096)
V1 = {
    "memory/memory.limit_in_bytes": "268435456",
    "memory/memory.memsw.limit_in_bytes": "268435456",
    "pids/pids.max": "64",
    "cpu/cpu.cfs_quota_us": "100000",
    "cpu/cpu.cfs_period_us": "100000",
    "cpuacct/cpuacct.usage": "123",
}
V2 = {
    "cgroup.controllers": "cpu memory pids",
    "memory.max": "268435456",
    "memory.swap.max": "0",
    "pids.max": "64",
    "cpu.max": "100000 100000",
}


@pytest.fixture
def cgroup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "CGROUP", str(tmp_path))
    return tmp_path


def write(cgroup: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (cgroup / name).parent.mkdir(exist_ok=True)
        (cgroup / name).write_text(f"{text}\n")


@pytest.mark.parametrize("files", [V1, V2], ids=["v1", "v2"])
def test_a_bounded_box_is_fit(cgroup: Path, files: dict[str, str]) -> None:
    write(cgroup, files)
    check_cgroup(ASKED)
    with pytest.raises(Unbounded, match=r"its processors are not limited to 0\.5"):
        check_cgroup(replace(ASKED, cpus=0.5))


@pytest.mark.parametrize("files", [V1, V2], ids=["v1", "v2"])
def test_swap_need_not_be_counted(cgroup: Path, files: dict[str, str]) -> None:
    """Kernels without swap accounting, and machines without swap, show no file."""
    write(cgroup, {name: text for name, text in files.items() if "sw" not in name})
    check_cgroup(ASKED)


@pytest.mark.parametrize(
    ("files", "name", "text"),
    [
        (V1, "memory/memory.limit_in_bytes", "9223372036854771712"),
        (V1, "memory/memory.memsw.limit_in_bytes", "9223372036854771712"),
        (V1, "pids/pids.max", "max"),
        (V1, "pids/pids.max", None),
        (V1, "cpu/cpu.cfs_quota_us", "-1"),
        (V1, "cpuacct/release_agent", ""),
        (V2, "memory.max", "max"),
        (V2, "memory.max", None),
        (V2, "memory.swap.max", "max"),
        (V2, "pids.max", None),
        (V2, "cpu.max", "max 100000"),
        (V2, "cpu.max", None),
    ],
)
def test_a_limit_that_is_missing_is_told(cgroup: Path, files: dict[str, str], name: str, text: str | None) -> None:
    write(cgroup, {**files, name: text or ""})
    if text is None:
        (cgroup / name).unlink()
    with pytest.raises(Unbounded, match=r"^its "):
        check_cgroup(ASKED)


def test_a_counter_that_counted_others_is_told() -> None:
    check_counter(2_000_000_000)
    with pytest.raises(Unbounded, match="it counts others as well"):
        check_counter(int((MOST_CPU_BEFORE_S + 3600) * 1e9))
