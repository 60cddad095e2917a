"""The rule that a generator makes the same data each time, whatever box it runs in, and why it does not."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.model import Case, Job, RunStatus
from trainer.bank.data import CALL, GENERATOR, LIMITS
from trainer.bank.rules.base import Facts, Result

_BY_HASH = (
    f"{GENERATOR} makes other data under another hash seed: the order of a set, or hash() of a text, decides; sort "
    "the set, or use a list or a dict in its place"
)
_BY_CHANCE = (
    f"{GENERATOR} makes other data each time: something of it comes from the clock, from `random` instead of rng, "
    "from id() or from os.urandom; use rng and nothing else"
)

_INSIDE = """
import hashlib, json, random, sys, types
module = sys.modules["generate"] = types.ModuleType("generate")
exec(compile(sys.stdin.buffer.read(), "generate.py", "exec"), module.__dict__)
made = json.dumps([list(case) for case in module.generate(random.Random(1))], default=str)
print("\\n" + hashlib.sha256(made.encode()).hexdigest())
"""
_OUTSIDE = """
import os, subprocess, sys

def generated_cases():
    env = {{**os.environ, "PYTHONHASHSEED": "{hash_seed}"}}
    command = [sys.executable, "-s", "-P", "-c", {inside!r}]
    return subprocess.run(command, env=env, input={source!r}, capture_output=True, check=True).stdout.decode()[-65:]
"""
"""An interpreter of its own, as a hash seed is given at its start only. What is printed last is the data's digest."""


def repeatable(facts: Facts) -> Iterator[Result]:
    """Run the generator in two boxes that differ in all that it should not look at."""
    if facts.problem.generator is None:
        return
    first = _digest(facts, hash_seed=1)
    if not first:
        yield Result(False, f"{GENERATOR} cannot be run a second time: let it use the standard library and rng only")
    elif _digest(facts, hash_seed=2) == first:
        yield Result(True, "the generator makes the same data in two boxes with different hash seeds")
    else:
        yield Result(False, _BY_HASH if _digest(facts, hash_seed=1) == first else _BY_CHANCE)


def _digest(facts: Facts, hash_seed: int) -> str:
    """What stands for the data that a fresh box makes; empty where it makes none."""
    source = str(facts.problem.generator).encode()
    program = _OUTSIDE.format(hash_seed=hash_seed, inside=_INSIDE, source=source)
    (seen,) = facts.sandbox.run(Job("python", program, CALL, (Case("generator", (), judged=False),), LIMITS))
    return str(seen.value) if seen.status is RunStatus.RETURNED else ""
