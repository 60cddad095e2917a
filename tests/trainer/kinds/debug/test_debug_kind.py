"""Debugging: judged as a service is, with the cause and the size of the change as two more steps."""

from __future__ import annotations

import json

import pytest

from sandbox.judge import judge_runs
from sandbox.model import Run, RunStatus, ServiceJob
from tests.examples import make_debug
from trainer import kinds
from trainer.bank.causes import ANSWER, NAMED, SMALL
from trainer.bank.package import read_package
from trainer.bank.problem import Problem, Reveal
from trainer.bank.sources import pack, unpack
from trainer.kinds.feedback import Feedback

KIND = kinds.get("debug")


def problem(reveal: Reveal = Reveal.FULL) -> Problem:
    return read_package(make_debug(reveal=reveal.value).files, "page-two")


def cause(of: Problem, *, right: bool) -> str:
    assert of.service is not None
    assert of.service.cause is not None
    return next(choice.id for choice in of.service.cause.choices if choice.right is right)


def told(of: Problem, cause: str, *, lines: int = 1, passed: bool = True) -> Feedback:
    """What is read when the service itself came to `passed`; what was decided on the host is passed on."""
    (app,) = unpack(of.starters["files"]).values()
    files = {"app.py": app.replace("page * limit", "(page - 1) * limit") + "# more\n" * (lines - 1)}
    job = KIND.job(of, (*of.samples, *of.secrets), pack(files | ({ANSWER: cause} if cause else {})), "files")
    assert isinstance(job, ServiceJob)
    steps = [case.arguments[1] if not case.arguments[0] else {"passed": passed} for case in job.cases]
    judgement = judge_runs(job, tuple(Run(RunStatus.RETURNED, step) for step in steps))
    return KIND.feedback(KIND.record(of, judgement), of.reveal)


def test_a_right_mend_with_the_right_cause_is_accepted() -> None:
    of = problem()
    feedback = told(of, cause(of, right=True))
    assert (feedback.headline, feedback.summary) == ("Accepted", "3 of 3 hidden steps.")
    assert [step.name for step in feedback.steps[-2:]] == [NAMED, SMALL]


def test_a_wrong_cause_is_explained_by_itself() -> None:
    of = problem()
    feedback = told(of, cause(of, right=False))
    assert feedback.failure is not None
    assert feedback.failure.name == NAMED
    assert feedback.failure.reason in (
        "The list in the starter begins with the newest.",
        "Every page has its ten rows; they are the wrong ones.",
    )


@pytest.mark.parametrize("reveal", list(Reveal))
def test_of_a_wrong_cause_nothing_of_the_right_one_is_told(reveal: Reveal) -> None:
    of = problem(reveal)
    text = json.dumps(told(of, cause(of, right=False)).as_json())
    assert cause(of, right=True) not in text
    assert "offset" not in text


def test_under_nothing_not_even_the_part_is_named() -> None:
    of = problem(Reveal.NOTHING)
    feedback = told(of, cause(of, right=False))
    assert (feedback.verdict, feedback.steps, feedback.failure) == ("wrong answer", (), None)


def test_no_cause_is_said_to_be_missing() -> None:
    feedback = told(problem(), "")
    assert feedback.failure is not None
    assert "".join(part.text for part in feedback.failure.got) == "none named"


@pytest.mark.parametrize(("lines", "verdict"), [(2, "accepted"), (3, "wrong answer")])
def test_the_change_is_measured_on_the_starter(lines: int, verdict: str) -> None:
    of = problem()
    feedback = told(of, cause(of, right=True), lines=lines)
    assert feedback.verdict == verdict
    if feedback.failure:
        assert (feedback.failure.name, "".join(part.text for part in feedback.failure.got)) == (
            SMALL,
            "3 lines changed",
        )


def test_the_service_is_judged_before_what_is_named() -> None:
    feedback = told(problem(), "", passed=False)
    assert feedback.failure is not None
    assert feedback.failure.group == "sample"


def test_a_run_takes_the_samples_and_says_nothing_of_the_cause() -> None:
    of = problem()
    job = KIND.sample_job(of, of.samples, pack({"app.py": "x", ANSWER: "?"}), "files")
    assert isinstance(job, ServiceJob)
    assert [case.name for case in job.cases] == ["Page 1 begins with the newest order."]
    assert ANSWER not in job.files


def test_the_named_cause_comes_by_form() -> None:
    posted = {"file:app.py": ["x"], "file:CAUSE": ["d835"], "language": ["files"]}
    assert unpack(KIND.from_form(problem(), posted)) == {"app.py": "x", ANSWER: "d835"}
