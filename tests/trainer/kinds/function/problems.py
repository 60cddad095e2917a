"""Problems and judgements for tests of the function kind: built by hand, no package and no sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.judge import judge_runs
from sandbox.model import Case, Compare, Job, Judgement, Limits, ProgramError, Run, RunStatus
from sandbox.signature import Signature, parse_signature
from trainer.bank.problem import Complexity, Difficulty, Problem, Reveal
from trainer.kinds import get
from trainer.kinds.base import Record

KIND = get("function")
DOUBLE = parse_signature("double(number: int) -> int")
HISTORY = parse_signature("""class History:
    def __init__(self, limit: int): ...
    def visit(self, page: str) -> None: ...
    def back(self, steps: int) -> str | None: ...""")
SAMPLES = (Case("three", (3,), 6, sample=True), Case("four", (4,), 8, sample=True))
HIDDEN = (Case("nothing", (0,), 0), Case("below zero", (-4,), -8), Case("large", (10**6,), 2 * 10**6))


def problem(signature: Signature = DOUBLE, samples: tuple[Case, ...] = SAMPLES) -> Problem:
    return Problem(
        slug="double",
        title="Double",
        kind="function",
        difficulty=Difficulty.EASY,
        topics=("arrays",),
        signature=signature,
        in_place=None,
        limits=Limits(),
        compare=Compare.CLOSE,
        complexity=Complexity("O(1)", "O(1)"),
        reveal=Reveal.FULL,
        minutes=3,
        prerequisites=(),
        warm_up=False,
        statement="",
        hints=(),
        solution="",
        starters={"python": ""},
        samples=samples,
        secrets=HIDDEN,
        generator=None,
        submissions=(),
    )


def value(of: Any, **more: Any) -> Run:
    return Run(RunStatus.RETURNED, of, time_ms=more.pop("time_ms", 1.0), memory_mib=9.0, **more)


def raised(kind: str = "ValueError", message: str = "", line: int | None = 2, **more: Any) -> Run:
    return Run(RunStatus.RAISED, error=ProgramError(kind, message, line, f"Traceback: {message}"), **more)


def judged(runs: Sequence[Run], cases: tuple[Case, ...] = SAMPLES + HIDDEN, signature: Signature = DOUBLE) -> Judgement:
    return judge_runs(Job("python", "", signature, cases), tuple(runs))


def recorded(*hidden: Run, samples: Sequence[Run] = (value(6), value(8)), cases: tuple[Case, ...] = HIDDEN) -> Record:
    """The record of a submission with these runs of the hidden cases."""
    return KIND.record(problem(), judged([*samples, *hidden], SAMPLES + cases))
