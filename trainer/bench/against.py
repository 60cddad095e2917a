"""This build beside another one that is checked out in a folder, in turns: a busy moment hits both alike."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from trainer.bench import yardsticks
from trainer.bench.client import Client
from trainer.bench.served import served, slug
from trainer.bench.timing import measure

CASES, CLIENTS, ROUNDS = 20, 8, 5
SERVE = f"""
import json, sys
from trainer.bench.served import served

with served(({CASES},), {CLIENTS}) as server:
    print(json.dumps([server.port, list(server.tokens)]), flush=True)
    sys.stdin.read()
"""
Throughput = Callable[[int, tuple[str, ...]], dict[str, float]]
"""Measures a server at a port, with these students' keys."""


@dataclass(frozen=True)
class Build:
    """A server of one build, and keys of its students."""

    port: int
    tokens: tuple[str, ...]


def beside(folder: Path, throughput: Throughput, times: int, rounds: int = ROUNDS) -> dict[str, Any]:
    """Figures of this build and of the one in the folder, and the median of their ratios, round by round."""
    seen: dict[str, list[dict[str, float]]] = {"this": [], "other": []}
    with ExitStack() as open_builds:
        builds = {
            "this": open_builds.enter_context(_this_build()),
            "other": open_builds.enter_context(_other_build(folder)),
        }
        for _ in range(rounds):
            for name, build in builds.items():
                seen[name].append(_figures(build, throughput, max(1, times // rounds)))
    return {
        name: {
            "this": statistics.median(one[name] for one in seen["this"]),
            "other": statistics.median(one[name] for one in seen["other"]),
            "ratio": round(statistics.median(_ratios(seen, name)), 3),
        }
        for name in seen["this"][0]
    } | {"rounds": rounds}


def _figures(build: Build, throughput: Throughput, times: int) -> dict[str, float]:
    client = Client(build.port, build.tokens[0])
    alone = measure(lambda: client.judged(slug(CASES), yardsticks.SOURCE), times, warm=1)
    return {
        "judged_per_s": throughput(build.port, build.tokens)["judged_per_s"],
        "submit_to_verdict_ms": alone["median_ms"],
    }


def _ratios(seen: dict[str, list[dict[str, float]]], name: str) -> Iterator[float]:
    for this, other in zip(seen["this"], seen["other"], strict=True):
        yield this[name] / other[name]


@contextmanager
def _this_build() -> Iterator[Build]:
    with served((CASES,), CLIENTS) as server:
        yield Build(server.port, server.tokens)


@contextmanager
def _other_build(folder: Path) -> Iterator[Build]:
    """It is served by its own interpreter, and ends when nothing more can come to its standard input."""
    python = folder / ".venv" / "bin" / "python"
    if not python.is_file():
        raise click.UsageError(f"{folder} has no environment: run `make .venv/.run` there first")
    process = subprocess.Popen(
        [python, "-c", SERVE], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise click.ClickException(f"the build in {folder} does not serve: see its words above")
        port, tokens = json.loads(line)
        yield Build(port, tuple(tokens))
