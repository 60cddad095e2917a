"""From what the suite reports of a step, and what the service's box says of itself, to the run of that step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from sandbox.errors import SuiteFailed
from sandbox.harness.sentences import paragraph, sentence
from sandbox.model import Json, NotRun, Run, RunStatus
from sandbox.stage import PORT, TOO_LARGE, Start, State, Unready


class Outcome(StrEnum):
    """How a step ended, in the suite's words."""

    PASSED = "passed"
    FAILED = "failed"
    SLOW = "slow"
    LARGE = "large"
    NO_ANSWER = "no answer"
    NOT_RUN = "not run"


_STATUSES = {
    Outcome.PASSED: RunStatus.RETURNED,
    Outcome.FAILED: RunStatus.RETURNED,
    Outcome.SLOW: RunStatus.WALL_LIMIT,
    Outcome.LARGE: RunStatus.OUTPUT_LIMIT,
    Outcome.NO_ANSWER: RunStatus.DIED,
    Outcome.NOT_RUN: RunStatus.NOT_RUN,
}
_UNANSWERED = (Outcome.SLOW, Outcome.NO_ANSWER)


def run_of(report: Mapping[str, Json], before: State, after: State) -> Run:
    """A step as the suite reports it, with the service's state around it. Raises SuiteFailed for what is no report."""
    if report == TOO_LARGE:
        report = {"outcome": "large", "reason": "What was said in this step is more than can be kept of it."}
        report = {**report, "exchanges": [], "left_out": 0, "wall_us": 0}
    try:
        outcome = Outcome(report["outcome"])
        wall_ms = float(report["wall_us"]) / 1000
        exchanges, left_out = list(report["exchanges"]), int(report["left_out"])
    except (KeyError, ValueError, TypeError) as error:
        raise SuiteFailed(f"the suite sent a report that is none: {error!r}") from error
    value = {
        "passed": outcome is Outcome.PASSED,
        "reason": _reason(outcome, report, before, after),
        "expected": str(report.get("expected", "")),  # words that a step may have or not, for the student to read
        "got": str(report.get("got", "")),
        "exchanges": exchanges,
        "left_out": left_out,
    }
    out_of_memory = outcome in _UNANSWERED and after.oom_kills > before.oom_kills
    return Run(
        status=RunStatus.MEMORY_LIMIT if out_of_memory else _STATUSES[outcome],
        value=value,
        stdout=after.log,
        time_ms=wall_ms,
        wall_ms=wall_ms,
        not_run=NotRun.EARLIER_STEP if outcome is Outcome.NOT_RUN else None,
    )


def never_ready(start: Start) -> Run:
    """The run of the first step, where the service never got ready: with all that it wrote and was asked."""
    value = {
        "passed": False,
        "reason": _never(start),
        "expected": "",
        "got": "",
        "exchanges": start.exchanges,
        "left_out": 0,
        "started": False,
    }
    status = RunStatus.MEMORY_LIMIT if _is_out_of_memory(start) else RunStatus.DIED
    return Run(status, value, stdout=start.state.log)


def with_exchanges(run: Run, before: Sequence[Json]) -> Run:
    """The first step's run, with what the service was asked before it."""
    return replace(run, value=run.value | {"exchanges": [*before, *run.value["exchanges"]]})


def _reason(outcome: Outcome, report: Mapping[str, Json], before: State, after: State) -> str:
    """What the suite says; where an answer is missing because the service has ended, that it has."""
    said = sentence(report.get("reason", ""))
    if outcome in (Outcome.PASSED, Outcome.NOT_RUN) or after.serving:
        return said
    when = "was over" if before.serving else "began"
    ended = f"{_ending(after, out_of_memory=after.oom_kills > before.oom_kills)} before this step {when}"
    return sentence(ended) if outcome in _UNANSWERED else paragraph(said, ended)


def _never(start: Start) -> str:
    state = start.state
    asked = _asked(start.exchanges)
    if not state.running:
        goal = f"it answered {asked}" if asked else f"it listened on port {PORT}"
        return sentence(f"{_ending(state, out_of_memory=_is_out_of_memory(start))} before {goal}")
    computed = " of computing" if start.given_up is Unready.CPU else ""
    time = f"{start.wall_s:.0f} s{computed}"
    if state.listening:
        return sentence(f"Your service listens on port {PORT}, but gave no answer to {asked} in {time}")
    return sentence(f"Your service does not listen on port {PORT} after {time}")


def _asked(exchanges: Sequence[Json]) -> str:
    """The requests by which it was to show that it is ready."""
    return " and ".join(dict.fromkeys(f"{one['method']} {one['path']}" for one in exchanges))


def _is_out_of_memory(start: Start) -> bool:
    return start.state.oom_kills > start.oom_kills_before


def _ending(state: State, *, out_of_memory: bool) -> str:
    if out_of_memory:
        return "Your service ran out of memory and was ended"
    if state.running:
        return f"Your service stopped listening on port {PORT}"
    if state.signal is not None:
        return f"Your service was ended by signal {state.signal}"
    return f"Your service ended with exit code {state.exit}"
