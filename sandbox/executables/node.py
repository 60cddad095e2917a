"""Programs that Node.js runs: each case is a fork that becomes it. `runner.js` beside this file runs the case."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sandbox.executables.run import Executable
from sandbox.harness.bounds import Bounds
from sandbox.harness.programs import Ended

NODE, RUNNER = "/usr/bin/node", "/harness/runner.js"
BESIDE_HEAP_MIB = 96
"""Of a box's memory: what Node.js, its young objects and the harness take beside the heap that its limit counts."""
STACK_KIB = 50_000
"""Of the 64 MiB that the harness gives a stack. So deep programs may call, or 400,000 calls of a small function."""
LARGEST = 2**53 - 1
"""The largest whole number that JavaScript's `number` holds with all that are smaller."""
HEAP_FULL = b"JavaScript heap out of memory"
DIAGNOSTICS = b"<--- Last few GCs --->"


def version() -> str:
    return subprocess.check_output([NODE, "--version"], text=True).strip()


def command(bounds: Bounds) -> tuple[str, ...]:
    """How a program is started: `Math.random` draws the same each time, and a full heap ends it before the box is."""
    heap = f"--max-old-space-size={max(16, bounds.memory_mib - BESIDE_HEAP_MIB)}"
    return NODE, heap, f"--stack-size={STACK_KIB}", "--random-seed=1", RUNNER, "run"


class NodeProgram(Executable):
    """A language whose programs are JavaScript in the end."""

    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> bytes:
        """As JSON, with a list of what JSON would lose: (where, what kind of number, its digits)."""
        specs = [spec for _, spec in signature.get("parameters", ())] or ["Json"] * len(arguments)
        marks = [mark for at, value in enumerate(arguments) for mark in _marks(value, specs[at], [at])]
        return json.dumps({"values": _finite(arguments) if marks else arguments, "marks": marks}).encode()

    def seen(self, ended: Ended) -> Ended:
        """Node.js ends itself where its heap is full. What it tells of its collector then is not the program's."""
        at = ended.stderr.find(DIAGNOSTICS)
        aborted = os.WIFSIGNALED(ended.status) and os.WTERMSIG(ended.status) == signal.SIGABRT
        if not aborted or HEAP_FULL not in ended.stderr or at < 0 or ended.end != "ended":
            return ended
        return replace(ended, end="memory", stderr=ended.stderr[:at].rstrip(b"\n"))


def _marks(value: Any, spec: Any, where: list[Any]) -> Iterator[tuple[list[Any], str, str]]:
    """The numbers that JSON cannot bring to JavaScript as they are. Most lists have none, and are not walked."""
    part = spec[1] if isinstance(spec, list) else "Json"
    if isinstance(spec, list) and spec[0] == "optional":
        yield from _marks(value, part, where)
    elif isinstance(value, list):
        if not _is_simple(value):
            for at, item in enumerate(value):
                yield from _marks(item, part, [*where, at])
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _marks(item, part, [*where, key])
    elif isinstance(value, float) and not math.isfinite(value):
        yield where, "float", str(value)
    elif type(value) is int and spec != "float" and abs(value) > LARGEST:
        yield where, "int", str(value)


def _is_simple(items: list[Any]) -> bool:
    kinds: set[type] = set(map(type, items))
    if kinds <= {str, bool, type(None)}:
        return True
    if kinds == {int}:
        return bool(min(items) >= -LARGEST and max(items) <= LARGEST)
    return kinds == {float} and all(map(math.isfinite, items))


def _finite(value: Any) -> Any:
    """The same with nothing in it that is no JSON."""
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value
