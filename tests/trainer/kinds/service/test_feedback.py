"""What a student reads of a service: every step by its name, and no more than the policy allows."""

from __future__ import annotations

import json

import pytest

from sandbox.model import AnyJob, Judgement, Run, RunStatus, ServiceJob
from sandbox.stage import Start, State, Unready
from sandbox.step_runs import never_ready
from tests.trainer.kinds.service.told import DOWN, KIND, RUNS, exchange, judgement, problem, record, run, told
from trainer.bank.problem import Reveal
from trainer.errors import InputError
from trainer.kinds.feedback import StepMark

OOM = State(False, None, 9, 1.0, 1, "", False, False)
DEAF = State(True, None, None, 1.0, 0, "", False, False)
NOT_RUN = " 1 step was not run: the service had ended before."


def test_a_wrong_answer_shows_both_sides_and_what_was_said() -> None:
    feedback = told(problem(), run(), run("failed", expected="status 422", got="status 201"), run())
    assert feedback.summary == "1 of 2 hidden steps pass. First failure: step 2."
    assert feedback.steps == (
        StepMark("A note that was sent can be read.", "ac", True),
        StepMark("A note without a text is refused with 422.", "wa", False),
        StepMark("A note outlives a restart.", "ac", False),
    )
    assert feedback.failure is not None
    assert "".join(part.text for part in feedback.failure.expected) == "status 422"
    assert "".join(part.text for part in feedback.failure.got) == "status 201"
    assert feedback.failure.exchanges[0].request_headers == (("Content-Type", "application/json"),)
    assert feedback.time_ms is None


def test_an_accepted_one_counts_its_steps() -> None:
    feedback = told(problem(), run(), run(), run())
    assert (feedback.headline, feedback.summary) == ("Accepted", "2 of 2 hidden steps.")
    assert [case.stdout.text for case in feedback.samples] == [""]


@pytest.mark.parametrize(
    ("made", "headline", "summary", "reason"),
    [
        (run("slow", reason="The service gave no whole answer within 5 s."), "Time limit exceeded",
         "No whole answer came in time in ‘A note without a text is refused with 422’. 0 of 2 hidden steps pass.",
         "The service gave no whole answer within 5 s."),
        (run("large", reason="The service gave more than 1 MiB."), "Output limit exceeded",
         "An answer was larger than 1 MiB in ‘A note without a text is refused with 422’. 0 of 2 hidden steps pass.",
         "The service gave more than 1 MiB."),
        (run("no answer", reason="no answer", state=DOWN), "Run-time error",
         "The service gave no answer in ‘A note without a text is refused with 422’. 0 of 2 hidden steps pass.",
         "Your service ended with exit code 1 before this step was over."),
        (run("no answer", state=OOM), "Memory limit exceeded",
         "The service needed more than 384 MiB in ‘A note without a text is refused with 422’, and was ended. "
         "0 of 2 hidden steps pass.", "Your service ran out of memory and was ended before this step was over."),
        (never_ready(Start(False, RUNS, 0, [exchange(method="OPTIONS", path="/")], 15.2, Unready.IDLE)),
         "Run-time error",
         "The service gave no answer in ‘A note without a text is refused with 422’. 0 of 2 hidden steps pass.",
         "Your service listens on port 8000, but gave no answer to OPTIONS / in 15 s."),
        (never_ready(Start(False, DEAF, 0, [], 15.2, Unready.IDLE)), "Run-time error",
         "The service gave no answer in ‘A note without a text is refused with 422’. 0 of 2 hidden steps pass.",
         "Your service does not listen on port 8000 after 15 s."),
        (never_ready(Start(False, DEAF, 0, [], 31.0, Unready.CPU)), "Run-time error",
         "The service gave no answer in ‘A note without a text is refused with 422’. 0 of 2 hidden steps pass.",
         "Your service does not listen on port 8000 after 31 s of computing."),
        (never_ready(Start(False, DOWN, 0, [], 1.0, None)), "Run-time error",
         "The service gave no answer in ‘A note without a text is refused with 422’. 0 of 2 hidden steps pass.",
         "Your service ended with exit code 1 before it listened on port 8000."),
    ],
)  # fmt: skip
def test_every_verdict_has_its_words(made: Run, headline: str, summary: str, reason: str) -> None:
    feedback = told(problem(), run(), made)
    assert (feedback.headline, feedback.summary) == (headline, summary + NOT_RUN)
    assert feedback.failure is not None
    assert feedback.failure.reason == reason
    assert feedback.steps[2] == StepMark("A note outlives a restart.", "not-run", False, "the service had ended before")


def test_a_judge_error_costs_nothing() -> None:
    feedback = KIND.feedback(KIND.judge_error("no box"), Reveal.FULL)
    assert "costs you no try" in feedback.summary
    assert feedback.steps == ()


def test_under_full_the_first_hidden_failure_is_read_without_the_log() -> None:
    failing = run("failed", expected="SHOWN", log="CANARY")
    text = json.dumps(told(problem(Reveal.FULL), run(), failing, run("failed", expected="CANARY")).as_json())
    assert "SHOWN" in text
    assert "CANARY" not in text


def test_under_name_only_names_are_read() -> None:
    failing = run("failed", expected="CANARY", got="CANARY", reason="CANARY", exchanges=[exchange(body="CANARY")])
    feedback = told(problem(Reveal.NAME), run(), failing)
    assert feedback.failure is not None
    assert (feedback.failure.name, feedback.failure.shown) == ("A note without a text is refused with 422.", False)
    assert len(feedback.steps) == 3
    assert "CANARY" not in json.dumps(feedback.as_json())


@pytest.mark.parametrize("outcome", ["failed", "slow", "large", "no answer"])
def test_under_nothing_not_even_the_name_leaves(outcome: str) -> None:
    failing = run(
        outcome, expected="CANARY", got="CANARY", reason="CANARY", log="CANARY", exchanges=[exchange(body="CANARY")]
    )
    feedback = told(problem(Reveal.NOTHING), run(), failing, run(log="CANARY"))
    text = json.dumps(feedback.as_json())
    assert "CANARY" not in text
    assert "refused with 422" not in text
    assert (feedback.steps, feedback.casebar, feedback.failure, feedback.mistake) == ((), (), None, "")
    assert [case.name for case in feedback.samples] == ["A note that was sent can be read."]


def test_a_known_mistake_is_told_to_whoever_fails_the_same_steps() -> None:
    of = problem()

    def judge(job: AnyJob) -> Judgement:
        assert isinstance(job, ServiceJob)
        in_memory = "kept = []" in job.files["notes.py"]
        return judgement(of, run(), run("passed" if in_memory else "failed"), run("failed" if in_memory else "passed"))

    patterns = KIND.mistake_patterns(of, of.secrets, judge)
    kept = record(of, run(), run(), run("failed"))
    words = "The notes are kept in memory, and a restart takes them away."
    assert KIND.feedback(kept, Reveal.FULL, patterns).mistake == words
    assert KIND.feedback(kept, Reveal.NAME, patterns).mistake == ""


def test_a_run_is_free_and_asks_what_the_student_asks() -> None:
    of = problem()
    texts = {"method": "GET", "path": "/notes/1", "headers": "", "body": ""}
    job = KIND.sample_job(of, of.samples, '{"app.py": "x"}', "files", [texts])
    assert [(case.name, case.judged) for case in job.cases] == [
        ("A note that was sent can be read.", True), ("GET /notes/1", False),
    ]  # fmt: skip
    with pytest.raises(InputError, match="begins with /"):
        KIND.sample_job(of, of.samples, '{"app.py": "x"}', "files", [texts | {"path": "notes"}])


def test_forms_and_scripts_send_the_same() -> None:
    of = problem()
    posted = {"file:b/c.py": ["x\r\ny\r\n"], "file:app.py": ["1"], "language": ["files"], "own_input_path": ["/"]}
    assert KIND.from_form(of, posted) == '{\n"app.py": "1",\n"b/c.py": "x\\ny\\n"\n}\n'
    assert KIND.from_form(of, {"source": ["{}"]}) == "{}"


def test_files_are_read_below_each_other() -> None:
    of = problem()
    assert KIND.to_read(of, '{"b.py": "2\\n", "a.py": "1"}') == "── a.py ──\n1\n\n── b.py ──\n2\n"
    assert KIND.to_read(of, "no json") == "no json"


def test_a_step_that_was_not_reached_says_so() -> None:
    feedback = told(problem(), run("failed"), Run(RunStatus.NOT_RUN), Run(RunStatus.NOT_RUN))
    assert [step.css for step in feedback.steps] == ["wa", "not-run", "not-run"]
    assert feedback.summary == "0 of 2 hidden steps pass. First failure: step 1."


def test_bodies_that_look_alike_show_what_is_not_seen() -> None:
    step = run("failed", expected="'Ada Lind'", got="'Ada\u00a0Lind '")
    failure = told(problem(), run(), step, run()).failure
    assert failure is not None
    assert failure.reason.endswith("1 × no-break space (U+00A0) too many.")
    assert "\\u00a0" in "".join(part.text for part in failure.got if part.mark == "del")


def test_ends_of_lines_are_a_difference_that_can_be_seen() -> None:
    failure = told(problem(), run(), run("failed", expected="a\nb", got="a\r\nb"), run()).failure
    assert failure is not None
    assert "carriage return (U+000D)" in failure.reason
