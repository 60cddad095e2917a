"""Programs in a language, run in its real box."""

from __future__ import annotations

from typing import Any

from sandbox import Case, Job, Limits, Run, Sandbox, parse_signature


def run_program(
    language: str,
    sandbox: Sandbox,
    source: str,
    signature: str,
    arguments: tuple[Any, ...],
    limits: Limits | None = None,
) -> Run:
    """What is seen of one case. Of a class the arguments are its calls."""
    case = Case("one", arguments, judged=False)
    (seen,) = sandbox.run(Job(language, source, parse_signature(signature), (case,), limits or Limits()))
    return seen
