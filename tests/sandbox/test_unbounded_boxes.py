"""A box that lacks a bound says which one and does no work, whatever engine left it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from sandbox import Sandbox, Verdict
from sandbox.backend import BoxSpec, usual_spec
from sandbox.backends import docker as engine
from sandbox.backends.docker import DockerBackend, container_config
from sandbox.errors import BoxUnfit
from sandbox.harness.bounds import Bounds, Unbounded
from tests.sandbox.test_engine_trouble import JOB

pytestmark = pytest.mark.engine

Change = Callable[[dict[str, Any]], object]
LEFT_OUT: dict[str, tuple[Change, str]] = {
    "memory": (lambda host: host.update(Memory=0, MemorySwap=0), "its memory limit is"),
    "half of the memory": (lambda host: host.update(Memory=128 << 20), "its memory limit is 134217728"),
    "swap": (lambda host: host.update(MemorySwap=-1), "its swap limit is"),
    "processes": (lambda host: host.update(PidsLimit=0), "its limit of processes is missing"),
    "processors": (lambda host: host.update(NanoCpus=0), "its processors are not limited to 1"),
    "scratch": (lambda host: host["Tmpfs"].update({"/tmp": "mode=1777"}), "its size of scratch is"),
    "files": (lambda host: host["Tmpfs"].update({"/tmp": "size=16m,mode=1777"}), "its number of files in scratch is"),
    "read-only root": (lambda host: host.update(ReadonlyRootfs=False), "its root file system can be written to"),
    "another folder": (lambda host: host["Tmpfs"].update({"/var/tmp": ""}), "it can write to /var/tmp"),
    "capabilities": (lambda host: host.update(CapDrop=[]), "it has capabilities: CapBnd"),
    "no network": (lambda host: host.update(NetworkMode="host"), "it has a network: "),
}


@pytest.fixture
def backend(images: None) -> Iterator[DockerBackend]:
    opened = DockerBackend()
    yield opened
    opened.close()


def leave_out(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """Ask the engine for less than what the box is told."""

    def less(*arguments: Any) -> dict[str, Any]:
        config = container_config(*arguments)
        change(config["HostConfig"])
        return config

    monkeypatch.setattr(engine, "container_config", less)


@pytest.mark.parametrize("what", LEFT_OUT)
def test_a_box_without_a_bound_is_not_used(
    what: str, backend: DockerBackend, monkeypatch: pytest.MonkeyPatch, own_boxes: Callable[[], list[str]]
) -> None:
    change, complaint = LEFT_OUT[what]
    before = set(own_boxes())
    leave_out(monkeypatch, change)
    with pytest.raises(BoxUnfit, match=complaint):
        backend.start(BoxSpec("python"))
    assert set(own_boxes()) <= before


@pytest.mark.parametrize("image", ["python", "data", "service", "suite"])
def test_no_sort_of_box_works_without_a_limit(
    image: str, backend: DockerBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out(monkeypatch, LEFT_OUT["processes"][0])
    with pytest.raises(BoxUnfit, match="its limit of processes is missing"):
        backend.start(replace(usual_spec(image), guests=()))


def test_a_job_is_told_and_not_run(backend: DockerBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out(monkeypatch, LEFT_OUT["memory"][0])
    judgement = Sandbox(backend).judge(JOB)
    assert judgement.verdict is Verdict.JUDGE_ERROR
    assert "not fit for work: its memory limit is" in judgement.message


@pytest.mark.parametrize("argument", ["", "{}", '{"memory_mib": 256}', "[]", "selftest"])
def test_a_harness_that_was_told_no_bounds_does_not_work(argument: str) -> None:
    with pytest.raises(Unbounded, match="was not told"):
        Bounds.heard(argument)


def test_what_is_spoken_is_heard() -> None:
    bounds = Bounds(memory_mib=256, cpus=0.5, pids=64, scratch_mib=16, scratch_files=None, kept=True)
    assert Bounds.heard(bounds.spoken()) == bounds
