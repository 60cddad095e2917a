"""From what was seen to what is said, and who is to blame, with scripted boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from sandbox import (
    Case,
    EngineUnavailable,
    Job,
    JobRefused,
    JudgingFailed,
    ProgramError,
    Run,
    RunStatus,
    Sandbox,
    SandboxSettings,
    Verdict,
    open_sandbox,
    parse_signature,
)
from sandbox.attempts import _ended_its_box
from sandbox.backend import BoxSpec
from sandbox.backends.stub import StubBackend, StubBox
from sandbox.errors import BoxBroken, BoxDied, BoxSilent, ImageMissing, SandboxError, SuiteFailed
from sandbox.runner import BoxLost

CASES = tuple(Case(f"case {n}", (n,), expected=2 * n) for n in range(4))
JOB = Job("python", "def f(n): ...", parse_signature("f(n: int) -> int"), CASES)
DIED = BoxDied("the box ended", exit_code=1)
OUT_OF_MEMORY = BoxDied("the box ended", exit_code=137, out_of_memory=True)


def judging(script: Callable[..., Any]) -> tuple[Sandbox, StubBackend]:
    """A sandbox whose boxes do what `script(case number)` says: a run, a value, or an exception."""

    def scripted(_: str, arguments: tuple[Any, ...]) -> Run:
        found = script(*arguments)
        return found if isinstance(found, Run) else Run(RunStatus.RETURNED, value=found)

    backend = StubBackend(scripted)
    return Sandbox(backend), backend


def statuses(judgement: Any) -> list[str]:
    return [result.run.status.value for result in judgement.results]


def failing(*errors: Exception) -> Callable[[int], int]:
    """A script in which the third case fails in these ways, one after the other, and is well from then on."""
    left: Iterator[Exception] = iter(errors)

    def script(n: int) -> int:
        if n == 2 and (error := next(left, None)) is not None:
            raise error
        return 2 * n

    return script


def test_all_right_is_accepted() -> None:
    sandbox, backend = judging(lambda n: 2 * n)
    told: list[tuple[int, int]] = []
    judgement = sandbox.judge(JOB, lambda done, total: told.append((done, total)))
    assert (judgement.verdict, judgement.score, judgement.first_failure) == (Verdict.ACCEPTED, 1.0, None)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert backend.open == set()


def test_the_first_failing_case_decides_and_all_are_run() -> None:
    answers = {0: 0, 1: Run(RunStatus.RAISED, error=ProgramError("ValueError")), 2: "four", 3: 6}
    judgement = judging(answers.__getitem__)[0].judge(JOB)
    assert (judgement.verdict, judgement.score, judgement.first_failure) == (Verdict.RUN_TIME_ERROR, 0.5, 1)
    assert judgement.results[2].verdict is Verdict.WRONG_ANSWER
    assert judgement.results[2].reason == "Returned str 'four', expected int 4."


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (RunStatus.NO_VALUE, Verdict.WRONG_ANSWER),
        (RunStatus.RAISED, Verdict.RUN_TIME_ERROR),
        (RunStatus.DIED, Verdict.RUN_TIME_ERROR),
        (RunStatus.CPU_LIMIT, Verdict.TIME_LIMIT_EXCEEDED),
        (RunStatus.WALL_LIMIT, Verdict.TIME_LIMIT_EXCEEDED),
        (RunStatus.MEMORY_LIMIT, Verdict.MEMORY_LIMIT_EXCEEDED),
        (RunStatus.OUTPUT_LIMIT, Verdict.OUTPUT_LIMIT_EXCEEDED),
        (RunStatus.NOT_COMPILED, Verdict.COMPILE_ERROR),
    ],
)
def test_what_is_seen_and_what_is_said(status: RunStatus, verdict: Verdict) -> None:
    judgement = judging(lambda n: Run(status))[0].judge(replace(JOB, cases=CASES[:1]))
    assert judgement.results[0].run.status is status
    assert judgement.verdict is verdict


def test_after_two_timeouts_the_rest_is_not_run() -> None:
    judgement = judging(lambda n: 0 if n == 0 else Run(RunStatus.CPU_LIMIT))[0].judge(JOB)
    assert statuses(judgement) == ["returned", "cpu limit", "cpu limit", "not run"]
    assert judgement.results[3].verdict is None
    assert judgement.score == 0.25


def test_a_compile_error_ends_it_and_is_shown() -> None:
    error = ProgramError("SyntaxError", "never closed", line=3, trace="line 3: never closed")
    judgement = judging(lambda n: Run(RunStatus.NOT_COMPILED, error=error))[0].judge(JOB)
    assert statuses(judgement) == ["not compiled", "not run", "not run", "not run"]
    assert judgement.compile_output == "line 3: never closed"


def test_cases_without_an_expected_value_are_run_and_not_judged() -> None:
    cases = (replace(CASES[0], judged=False), CASES[1])
    judgement = judging(lambda n: 2 * n)[0].judge(replace(JOB, cases=cases))
    assert [result.verdict for result in judgement.results] == [None, Verdict.ACCEPTED]
    assert judgement.score == 1.0


def test_a_box_lost_after_the_last_case_has_lost_nothing() -> None:
    runs = tuple(Run(RunStatus.RETURNED, 2 * n) for n in range(4))
    lost = BoxLost(list(runs), DIED, out_of_memory=False)
    assert _ended_its_box(JOB, lost) == runs


def test_a_suite_that_fails_is_tried_again_and_then_a_judge_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never the student's fault, however often."""
    tries = []

    def fail(*_: object, **__: object) -> None:
        tries.append(1)
        raise SuiteFailed("the suite forgot a step")

    monkeypatch.setattr("sandbox.attempts._once", fail)
    judgement = Sandbox(StubBackend()).judge(JOB)
    assert (judgement.verdict, judgement.score, len(tries)) == (Verdict.JUDGE_ERROR, 0.0, 3)
    assert "forgot a step" in judgement.message


@pytest.mark.parametrize("error", [DIED, OUT_OF_MEMORY, BoxSilent("nothing"), BoxBroken("garbage")])
def test_a_box_lost_once_is_forgiven(error: SandboxError) -> None:
    sandbox, backend = judging(failing(error))
    assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED
    assert len(backend.started) == 2
    assert backend.open == set()


@pytest.mark.parametrize(
    ("errors", "verdict", "reason"),
    [
        ((DIED, DIED), Verdict.RUN_TIME_ERROR, "Your program ended its sandbox."),
        ((BoxSilent("nothing"), BoxBroken("garbage")), Verdict.RUN_TIME_ERROR, "Your program ended its sandbox."),
        ((DIED, OUT_OF_MEMORY), Verdict.MEMORY_LIMIT_EXCEEDED, ""),
    ],
)
def test_a_box_lost_twice_is_the_program_s_doing(
    errors: tuple[SandboxError, ...], verdict: Verdict, reason: str
) -> None:
    sandbox, backend = judging(failing(*errors))
    judgement = sandbox.judge(JOB)
    assert (judgement.verdict, judgement.results[2].reason) == (verdict, reason)
    assert [s for s in statuses(judgement) if s == "not run"] == ["not run"]
    assert judgement.score == 0.5
    assert len(backend.started) == 2


class Fragile(StubBackend):
    """Its boxes die before any case, or cannot be started, a number of times."""

    def __init__(self, *, times: int, error: SandboxError, at_start: bool = False) -> None:
        super().__init__(lambda source, arguments: Run(RunStatus.RETURNED, value=2 * arguments[0]))
        self.left, self.error, self.at_start = times, error, at_start

    def start(self, spec: BoxSpec) -> StubBox:
        box = super().start(spec)
        assert isinstance(box, StubBox)
        if self.left:
            self.left -= 1
            box.discard()
            if self.at_start:
                raise self.error
        return box


@pytest.mark.parametrize("at_start", [True, False])
def test_our_failures_are_tried_again_twice(at_start: bool) -> None:
    backend = Fragile(times=2, error=DIED, at_start=at_start)
    assert Sandbox(backend).judge(JOB).verdict is Verdict.ACCEPTED
    assert len(backend.started) == 3


@pytest.mark.parametrize("at_start", [True, False])
def test_our_failures_end_as_a_judge_error(at_start: bool) -> None:
    backend = Fragile(times=3, error=DIED, at_start=at_start)
    judgement = Sandbox(backend).judge(JOB)
    assert (judgement.verdict, judgement.score) == (Verdict.JUDGE_ERROR, 0.0)
    assert "failed 3 times" in judgement.message
    assert statuses(judgement) == ["not run"] * 4


def test_runs_without_judgement_raise_it() -> None:
    with pytest.raises(JudgingFailed, match="failed 3 times"):
        Sandbox(Fragile(times=3, error=DIED)).run(JOB)


def test_a_missing_image_is_not_tried_again() -> None:
    backend = Fragile(times=9, error=ImageMissing("image x is not built: run python -m sandbox build"), at_start=True)
    assert "python -m sandbox build" in Sandbox(backend).judge(JOB).message
    assert len(backend.started) == 1


def test_without_an_engine_nothing_is_judged() -> None:
    sandbox, backend = judging(lambda n: 2 * n)
    backend.available = False
    with pytest.raises(EngineUnavailable):
        sandbox.judge(JOB)
    assert sandbox.status().available is False
    assert "engine" in sandbox.status().message
    backend.available = True
    assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED
    assert sandbox.status().available is True


def test_an_engine_that_goes_under_way_is_nobody_s_fault() -> None:
    sandbox, backend = judging(lambda n: 2 * n)

    def gone(source: str, arguments: tuple[Any, ...]) -> Run:
        backend.available = False
        raise EngineUnavailable("gone")

    backend.script = gone
    with pytest.raises(EngineUnavailable):
        sandbox.judge(JOB)


@pytest.mark.parametrize(
    ("signature", "arguments", "says"),
    [
        ("f(n: int) -> int", (1, 2), "f takes 1 arguments, 2 are given"),
        ("class A:\n def go(self, n: int) -> int: ...", (["go", 1],), "the constructor first"),
        ("class A:\n def go(self, n: int) -> int: ...", (["A"], ["stop"]), "the constructor first"),
        ("class A:\n def go(self, n: int) -> int: ...", (["A"], ["go"]), "go takes 1 arguments"),
        ("class A:\n def go(self, n: int) -> int: ...", (["A"], "go"), "no list"),
        ("class A:\n def go(self, n: int) -> int: ...", (), "makes no calls"),
    ],
)
def test_jobs_that_are_none_are_refused(signature: str, arguments: tuple[Any, ...], says: str) -> None:
    job = replace(JOB, signature=parse_signature(signature), cases=(Case("odd", arguments),))
    with pytest.raises(JobRefused, match=says):
        Sandbox(StubBackend()).judge(job)
    with pytest.raises(JobRefused, match="no cases"):
        Sandbox(StubBackend()).judge(replace(JOB, cases=()))


def test_the_stub_goes_by_the_text_of_the_source() -> None:
    backend = StubBackend({"double": lambda n: 2 * n, "dies": DIED, "slow": Run(RunStatus.CPU_LIMIT)})
    sandbox = Sandbox(backend)
    verdicts = [
        sandbox.judge(replace(JOB, source=f"# {word}")).verdict.short for word in ("double", "dies", "slow", "")
    ]
    assert verdicts == ["AC", "RTE", "TLE", "WA"]


def test_a_callable_of_the_stub_may_raise_for_the_program() -> None:
    sandbox = Sandbox(StubBackend({"": lambda n: 1 // n}))
    assert sandbox.run(JOB)[0].error == ProgramError("ZeroDivisionError", "integer division or modulo by zero")


def test_settings_name_the_backend() -> None:
    with open_sandbox(SandboxSettings(backend="stub", warm={"python": 1})) as sandbox:
        assert sandbox.judge(JOB).verdict is Verdict.WRONG_ANSWER
    with pytest.raises(SandboxError, match="use 'docker' or 'stub'"):
        open_sandbox(SandboxSettings(backend="podman"))


def test_a_job_that_wants_the_first_failure_only_stops_after_it() -> None:
    sandbox, _ = judging(lambda n: 0 if n in (0, 2) else 2 * n)
    cases = (replace(CASES[0], sample=True), *CASES[1:], Case("case 4", (4,), expected=8))
    whole = sandbox.judge(replace(JOB, cases=cases))
    brief = sandbox.judge(replace(JOB, cases=cases, first_failure_only=True))
    assert statuses(whole) == ["returned"] * 5
    assert statuses(brief) == ["returned"] * 3 + ["not run"] * 2
    assert brief.verdict is whole.verdict is Verdict.WRONG_ANSWER
    assert [r.verdict for r in brief.results[:3]] == [r.verdict for r in whole.results[:3]]
