"""Nothing that is missing counts as good: whatever was seen and not seen, of whatever kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Case, Job, Run, RunStatus, Verdict, parse_signature
from sandbox.errors import SuiteFailed
from sandbox.judge import judge_runs
from sandbox.model import AnyJob, NotRun, Phase, ServiceJob, not_run
from sandbox.runner import end_of
from sandbox.services import GIVEN, ServiceConversation
from sandbox.stage import TOO_LARGE, PhaseEnd, Stage, Start, State, unreported
from sandbox.step_runs import Outcome, run_of
from trainer.bank.mistakes import hidden_pattern
from trainer.services.interviews.report import outcome_of

TABLE = {"columns": [["n", "int4"]], "rows": [["1"]]}
KINDS = {
    "function": ("f(n: int) -> int", (1,), 1),
    "class": ("class A:\n def go(self) -> int: ...", (["A"], ["go"]), [None, 1]),
    "query": ("query", ("SELECT 1",), TABLE),
    "service": (None, ("phase", "test_it"), None),
}
RIGHT = {"function": 1, "class": [None, 1], "query": TABLE, "service": {"passed": True}}
WRONG = {
    "function": [2, None, "1", 1.5, []],
    "class": [[None, 2], [None], [], None, [None, 1, 1]],
    "query": [{"columns": [["n", "int4"]], "rows": []}, None, {}, {"columns": [], "rows": []}],
    "service": [{"passed": False}, {}, None, [], {"passed": 1}, {"passed": "yes"}, True],
}


@st.composite
def judgings(draw: st.DrawFn) -> tuple[AnyJob, tuple[Run, ...]]:
    """Any job of a kind, and any runs of it: also such as no honest box gives."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    signature, arguments, expected = KINDS[kind]
    flags = draw(st.lists(st.tuples(st.booleans(), st.sampled_from([True, True, True, False])), min_size=1, max_size=6))
    cases = tuple(
        Case(f"case {n}", arguments, expected, sample=sample, judged=judged) for n, (sample, judged) in enumerate(flags)
    )
    values = st.one_of(st.just(RIGHT[kind]), st.just(RIGHT[kind]), st.sampled_from(WRONG[kind]))
    statuses = st.one_of(st.just(RunStatus.RETURNED), st.sampled_from(list(RunStatus)))
    reasons = st.one_of(st.none(), st.sampled_from(list(NotRun)))
    runs = tuple(Run(draw(statuses), draw(values), not_run=draw(reasons)) for _ in cases)
    if signature is None:
        return ServiceJob({}, "", (Phase("phase", ""),), cases), runs
    return Job("python", "", parse_signature(signature), cases), runs


def is_good(job: AnyJob, case: Case, run: Run) -> bool:
    """The one way in which a judged case can be right."""
    kind = "service" if isinstance(job, ServiceJob) else type(job.signature).__name__.lower()
    return run.status is RunStatus.RETURNED and run.value == RIGHT[kind] and type(run.value) is type(RIGHT[kind])


@given(judgings())
def test_accepted_means_that_every_judged_case_was_run_and_accepted(judging: tuple[AnyJob, tuple[Run, ...]]) -> None:
    job, runs = judging
    judgement = judge_runs(job, runs)
    pairs = list(zip(job.cases, runs, strict=True))
    good = all(is_good(job, case, run) for case, run in pairs if case.judged)
    if judgement.verdict is Verdict.ACCEPTED:
        assert good
    assert (judgement.verdict is Verdict.ACCEPTED) == (judgement.score == 1.0)
    assert 0 <= judgement.score <= 1
    if all(case.judged for case in job.cases):
        assert (judgement.verdict is Verdict.ACCEPTED) == good


@given(judgings())
def test_a_case_that_was_not_run_stands_behind_a_failure_or_is_our_fault(
    judging: tuple[AnyJob, tuple[Run, ...]],
) -> None:
    job, runs = judging
    statuses = [run.status for run in runs]
    failed_at = [
        at
        for at, (case, run) in enumerate(zip(job.cases, runs, strict=True))
        if run.status not in (RunStatus.NOT_RUN, RunStatus.RETURNED) or (case.judged and not is_good(job, case, run))
        if run.status is not RunStatus.NOT_RUN
    ]
    first_missing = statuses.index(RunStatus.NOT_RUN) if RunStatus.NOT_RUN in statuses else len(statuses)
    explained = first_missing == len(statuses) or (failed_at and failed_at[0] < first_missing)
    judgement = judge_runs(job, runs)
    assert (judgement.verdict is Verdict.JUDGE_ERROR) == (not explained)
    if not explained:
        assert judgement.score == 0
        assert job.cases[first_missing].name in judgement.message


@given(judgings())
def test_what_is_made_of_a_judgement_counts_nothing_missing_either(judging: tuple[AnyJob, tuple[Run, ...]]) -> None:
    """Patterns of known mistakes and points of interviews."""
    job, runs = judging
    judgement = judge_runs(job, runs)
    hidden = [r for r in judgement.results if r.case.judged and not r.case.sample]
    accepted = sum(result.verdict is Verdict.ACCEPTED for result in hidden)
    assert hidden_pattern(judgement).count("A") == accepted
    assert len(hidden_pattern(judgement)) == len(hidden)
    if not isinstance(job, ServiceJob) and hidden and judgement.verdict is not Verdict.JUDGE_ERROR:
        told = outcome_of({"verdict": judgement.verdict.value, "cases": [_kept(r) for r in judgement.results]})
        assert told is not None
        assert (told.accepted, told.total) == (accepted, len(hidden))
        assert told.accepted + told.stopped <= told.total


def _kept(result: object) -> dict[str, object]:
    case, verdict = result.case, result.verdict  # type: ignore[attr-defined]
    return {"judged": case.judged, "sample": case.sample, "verdict": verdict.value if verdict else None}


def test_a_judge_error_gives_no_points_and_takes_none() -> None:
    assert outcome_of({"verdict": "judge error", "cases": []}) is None


RUNNING = State(True, None, None, 1.0, 0, "", False, True)
ENDED = State(False, 1, None, 1.0, 0, "the log", False, False)
STEPS = tuple(Case(f"step {n}", ("phase", f"test_{n}")) for n in range(3))
SERVICE = ServiceJob({"app.py": ""}, "run", (Phase("phase", ""),), STEPS)


def report(step: int, outcome: str = "passed") -> dict[str, object]:
    return {"step": f"test_{step}", "outcome": outcome, "exchanges": [], "left_out": 0, "wall_us": 1}


def conversation(
    monkeypatch: pytest.MonkeyPatch, reports: list[object], looks: tuple[State, ...], job: ServiceJob = SERVICE
) -> tuple[Run, ...]:
    """What is made of these reports and looks."""
    left = list(looks)
    monkeypatch.setattr(Stage, "__init__", lambda *_: None)
    monkeypatch.setattr(Stage, "open", lambda _: None)
    monkeypatch.setattr(Stage, "stop", lambda _: RUNNING)
    monkeypatch.setattr(Stage, "start", lambda _: Start(True, RUNNING, 0, [], 0.1, None))
    monkeypatch.setattr(Stage, "phase", lambda *_: iter(reports))
    monkeypatch.setattr(Stage, "look", lambda _: left.pop(0) if left else looks[-1])
    return ServiceConversation(None, job).conduct()  # type: ignore[arg-type]


def seen(runs: tuple[Run, ...]) -> list[tuple[str, str | None]]:
    return [(run.status.value, run.not_run) for run in runs]


def test_a_service_that_ends_is_charged_once_and_the_rest_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [report(0), report(1, "no answer"), report(2, "no answer"), PhaseEnd.FINISHED]
    runs = conversation(monkeypatch, reports, (ENDED,))
    assert seen(runs) == [("returned", None), ("died", None), ("not run", NotRun.SERVICE_ENDED)]
    assert runs[1].value["reason"] == "Your service ended with exit code 1 before this step began."
    judgement = judge_runs(SERVICE, runs)
    assert (judgement.verdict, judgement.first_failure) == (Verdict.RUN_TIME_ERROR, 1)
    assert judgement.results[2].reason == "Not run: the service had ended before."


def test_one_that_comes_back_is_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [report(0, "no answer"), report(1), report(2, "failed"), PhaseEnd.FINISHED]
    runs = conversation(monkeypatch, reports, (ENDED, RUNNING, RUNNING))
    assert seen(runs) == [("died", None), ("returned", None), ("returned", None)]


@pytest.mark.parametrize(
    ("end", "status", "why"),
    [
        (PhaseEnd.TIME, RunStatus.WALL_LIMIT, NotRun.PHASE_OVER),
        (PhaseEnd.MEMORY, RunStatus.OUTPUT_LIMIT, NotRun.TOO_LARGE),
    ],
)
def test_a_phase_that_is_cut_fails_the_step_at_which_it_was(
    monkeypatch: pytest.MonkeyPatch, end: PhaseEnd, status: RunStatus, why: NotRun
) -> None:
    runs = conversation(monkeypatch, [report(0), end], (RUNNING,))
    assert seen(runs) == [("returned", None), (status.value, None), ("not run", why)]
    assert judge_runs(SERVICE, runs).verdict not in (Verdict.ACCEPTED, Verdict.JUDGE_ERROR)


@pytest.mark.parametrize("end", [PhaseEnd.FINISHED, PhaseEnd.DIED])
@pytest.mark.parametrize("told", [0, 1, 2])
def test_steps_that_the_suite_forgot_are_our_fault(monkeypatch: pytest.MonkeyPatch, end: PhaseEnd, told: int) -> None:
    with pytest.raises(SuiteFailed):
        conversation(monkeypatch, [*(report(n) for n in range(told)), end], (RUNNING,))


@pytest.mark.parametrize(
    "odd",
    [
        report(1),
        report(0, "fine"),
        {"step": "test_0", "outcome": "passed"},
        {"outcome": "passed", "exchanges": [], "left_out": 0, "wall_us": 1},
        {**report(0), "exchanges": None},
        {**report(0), "wall_us": None},
    ],
)
def test_a_report_that_is_none_is_our_fault(monkeypatch: pytest.MonkeyPatch, odd: dict[str, object]) -> None:
    with pytest.raises(SuiteFailed):
        conversation(monkeypatch, [odd, report(1), report(2), PhaseEnd.FINISHED], (RUNNING,))


def test_a_report_that_was_too_large_is_the_step_s_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = conversation(monkeypatch, [report(0), TOO_LARGE, report(2), PhaseEnd.FINISHED], (RUNNING,))
    assert seen(runs) == [("returned", None), ("output limit", None), ("returned", None)]


def test_a_step_whose_earlier_one_passed_and_left_nothing_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = conversation(monkeypatch, [report(0), report(1, "not run"), report(2), PhaseEnd.FINISHED], (RUNNING,))
    assert seen(runs)[1] == ("not run", NotRun.EARLIER_STEP)
    assert judge_runs(SERVICE, runs).verdict is Verdict.JUDGE_ERROR
    failed = conversation(
        monkeypatch, [report(0, "failed"), report(1, "not run"), report(2), PhaseEnd.FINISHED], (RUNNING,)
    )
    assert judge_runs(SERVICE, failed).verdict is Verdict.WRONG_ANSWER


def test_a_named_cause_and_a_small_change_do_not_outweigh_steps_that_were_not_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A debugging problem: what is judged on the host is right, and the service ends after its first answer."""
    given = tuple(Case(name, (GIVEN, {"passed": True})) for name in ("The cause is named.", "The change is small."))
    debug = replace(SERVICE, cases=(*STEPS, *given))
    reports = [report(0), report(1, "no answer"), report(2, "no answer"), PhaseEnd.FINISHED]
    judgement = judge_runs(debug, conversation(monkeypatch, reports, (ENDED,), debug))
    assert (judgement.verdict, judgement.score) == (Verdict.RUN_TIME_ERROR, 3 / 5)


def test_every_outcome_of_a_step_has_its_status() -> None:
    for outcome in Outcome:
        run = run_of(report(0, outcome), RUNNING, RUNNING)
        assert (run.status is RunStatus.RETURNED) == (outcome in (Outcome.PASSED, Outcome.FAILED))
        assert run.value["passed"] is (outcome is Outcome.PASSED)


@pytest.mark.parametrize("end", [None, PhaseEnd.FINISHED, PhaseEnd.DIED])
def test_an_own_request_without_a_report_is_our_fault(end: PhaseEnd | None) -> None:
    with pytest.raises(SuiteFailed):
        unreported(end, "late")


@given(st.integers(1, 5), st.lists(st.sampled_from(list(RunStatus)), min_size=1, max_size=5), st.booleans())
def test_what_ends_a_job_is_a_failure(count: int, statuses: list[RunStatus], first_only: bool) -> None:
    """So whatever is left over after it stands behind one."""
    cases = tuple(Case(f"case {n}", (1,), 1) for n in range(len(statuses) + count))
    job = Job("python", "", parse_signature("f(n: int) -> int"), cases, first_failure_only=first_only)
    runs = [Run(status, 1) for status in statuses if status is not RunStatus.NOT_RUN]
    if runs and (why := end_of(job, runs)):
        all_runs = (*runs, *not_run(why, len(cases) - len(runs)))
        assert judge_runs(job, all_runs).verdict not in (Verdict.ACCEPTED, Verdict.JUDGE_ERROR)
