"""Judgings of the example service, told step by step as the sandbox would."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.judge import judge_runs
from sandbox.model import Case, Judgement, NotRun, Run, not_run
from sandbox.stage import State
from sandbox.step_runs import run_of
from tests.examples import make_service
from trainer import kinds
from trainer.bank.jobs import make_job
from trainer.bank.package import read_package
from trainer.bank.problem import Problem, Reveal
from trainer.kinds.base import Record
from trainer.kinds.feedback import Feedback

KIND = kinds.get("service")
RUNS, DOWN = State(True, None, None, 1.0, 0, "", False, True), State(False, 1, None, 1.0, 0, "", False, False)
STARTER = '{"app.py": "x"}'


def problem(reveal: Reveal = Reveal.FULL, **files: str | None) -> Problem:
    return read_package(make_service(reveal=reveal.value, **files).files, "keep-a-note")


def exchange(**more: Any) -> dict[str, Any]:
    """A request of the suite and its answer."""
    told = {
        "method": "POST", "path": "/notes", "request_headers": [["Content-Type", "application/json"]],
        "request_body": '{"text": "amber"}', "status": 201, "headers": [["Content-Type", "application/json"]],
        "body": '{"id": 1}', "ms": 4, "note": "",
    }  # fmt: skip
    return told | more


def run(outcome: str = "passed", *, log: str = "", state: State = RUNS, **report: Any) -> Run:
    """What the sandbox makes of a step's report."""
    told = {"outcome": outcome, "exchanges": [exchange()], "left_out": 0, "wall_us": 4000} | report
    return run_of(told, RUNS, replace(state, log=log))


def judgement(of: Problem, *runs: Run, own: tuple[Case, ...] = ()) -> Judgement:
    """The steps of the suite came to these; what follows was not run, for a failure among them."""
    assert of.service is not None
    job = make_job(of, (*of.service.steps, *own), STARTER, "files")
    return judge_runs(job, (*runs, *not_run(NotRun.SERVICE_ENDED, len(job.cases) - len(runs))))


def record(of: Problem, *runs: Run) -> Record:
    return KIND.record(of, judgement(of, *runs))


def told(of: Problem, *runs: Run) -> Feedback:
    return KIND.feedback(record(of, *runs), of.reveal)
