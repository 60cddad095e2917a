"""What is kept of a service's judging: bounded, harmless, and the log only as long as nothing hidden was asked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sandbox.judge import judge_runs
from sandbox.model import Case, Run, RunStatus, ServiceJob
from sandbox.stage import Start
from sandbox.step_runs import never_ready
from tests.trainer.kinds.service.told import DOWN, KIND, exchange, judgement, problem, record, run
from trainer.bank.problem import Reveal
from trainer.kinds.service.record import MOST_BODY, MOST_EXCHANGES, RUN_IT

NASTY = "a\x00b\x1b[31m\ud800\r\n" + "€" * 5000
MORE = 'from suite import sample\n\n@sample\ndef test_late(api):\n    """A late sample holds."""\n'
LATE = {"data/suite/03_more.py": MORE}


def test_the_log_ends_where_the_first_hidden_step_begins() -> None:
    kept = record(problem(**LATE), run(log="first"), run(log="CANARY"), run(log="CANARY"), run("failed", log="CANARY"))
    assert kept["cases"][0]["details"]["stdout"]["text"] == "first"
    assert "CANARY" not in json.dumps(kept)


def test_a_run_of_samples_keeps_the_whole_log() -> None:
    of = problem(**LATE)
    job = KIND.sample_job(of, of.samples, '{"app.py": "x"}', "files")
    assert isinstance(job, ServiceJob)
    kept = KIND.record(of, judge_runs(job, (run(log="one"), run(log="two"))))
    assert [case.name for case in job.cases] == ["A note that was sent can be read.", "A late sample holds."]
    assert kept["cases"][0]["details"]["stdout"]["text"] == "one"


@pytest.mark.parametrize(("reveal", "kept"), [(Reveal.FULL, True), (Reveal.NAME, False), (Reveal.NOTHING, False)])
def test_no_exit_code_is_told_without_the_log_of_that_start(reveal: Reveal, kept: bool) -> None:
    """The service of the second phase does not start; under the other policies its exit code is not told either."""
    failed = never_ready(Start(False, replace(DOWN, log="CANARY"), 0, [], 1.0, None))
    of = problem(reveal)
    text = json.dumps(KIND.feedback(record(of, run(), run(), failed), reveal).as_json())
    assert ("exit code 1" in text, "CANARY" in text) == (kept, kept)


@pytest.mark.parametrize(("reveal", "kept"), [(Reveal.FULL, True), (Reveal.NAME, False), (Reveal.NOTHING, False)])
def test_a_sample_after_hidden_steps_could_answer_with_what_they_asked(reveal: Reveal, kept: bool) -> None:
    late = run("failed", got="CANARY", reason="CANARY", exchanges=[exchange(body="CANARY")])
    of = problem(reveal, **LATE)
    found = record(of, run(), run(), run(), late)
    assert ("CANARY" in json.dumps(found)) is kept
    sample = KIND.feedback(found, reveal).samples[1]
    assert sample.reason == ("CANARY." if kept else RUN_IT)


def test_exchanges_are_kept_of_samples_and_of_the_first_hidden_failure() -> None:
    kept = record(problem(), run(), run("failed"), run("failed"))
    assert ["details" in case for case in kept["cases"]] == [True, True, False]


def test_everything_that_a_service_says_is_bounded_and_harmless() -> None:
    odd = exchange(
        method=NASTY, path=NASTY, note=NASTY, request_body=NASTY, body=NASTY, headers=[[NASTY, NASTY]] * 500,
        request_headers=[["only one"], "none", ["a", "b", "c"], ["X", "1"]],
    )  # fmt: skip
    kept = record(problem(), run("failed", expected=NASTY, got=NASTY, reason=NASTY, exchanges=[odd] * 500, log=NASTY))
    text = json.dumps(kept, ensure_ascii=False)
    assert len(text.encode()) < 400_000
    assert not {"\x00", "\x1b", "\ud800"} & set(text)
    (details, *_) = [case["details"] for case in kept["cases"] if "details" in case]
    assert len(details["exchanges"]) == MOST_EXCHANGES
    assert len(details["exchanges"][0]["body"].encode()) <= MOST_BODY
    assert details["exchanges"][0]["request_headers"] == [["X", "1"]]


@pytest.mark.parametrize("value", [None, [], "text", 7, {}, {"exchanges": None, "left_out": None}])
def test_a_report_that_is_none_is_kept_as_nothing(value: object) -> None:
    of = problem()
    done = judgement(of)
    odd = done.results[0]
    broken = replace(done, results=(replace(odd, run=Run(RunStatus.RETURNED, value)), *done.results[1:]))
    details = KIND.record(of, broken)["cases"][0]["details"]
    assert (details["exchanges"], details["left_out"], details["expected"]) == ([], 0, None)


def test_own_requests_are_kept_with_their_answers() -> None:
    of = problem()
    own = Case("GET /notes/7", ({},), judged=False)
    kept = KIND.record(of, judgement(of, run(), run(), run(), run(log="later"), own=(own,)))
    assert kept["cases"][3]["details"]["exchanges"][0]["path"] == "/notes"
    assert kept["cases"][3]["judged"] is False


def test_files_that_cannot_be_read_are_a_compile_error_that_names_the_file() -> None:
    of = problem()
    done = KIND.job(of, of.secrets, '{"../app.py": "x"}', "files")
    kept = KIND.record(of, done)  # type: ignore[arg-type]
    assert kept["verdict"] == "compile error"
    read = KIND.feedback(kept, Reveal.NOTHING)
    assert "'../app.py'" in read.compile_output
    assert read.summary == "The files cannot be taken, so nothing was started."
