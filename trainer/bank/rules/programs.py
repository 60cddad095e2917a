"""Rules about the package's programs: that there are enough, that the starter runs, what each case catches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sandbox.languages import languages
from sandbox.model import Judgement, RunStatus, Verdict
from sandbox.signature import Class, Function
from trainer.bank.flaws import did_you_mean
from trainer.bank.jobs import make_job
from trainer.bank.mistakes import hidden_pattern
from trainer.bank.problem import Problem
from trainer.bank.report import Kill, Trial
from trainer.bank.rules.base import Facts, Result
from trainer.bank.words import count, verb

LEAST_WRONG = {"function": 2, "sql": 5, "service": 5, "debug": 5}


def programs(facts: Facts) -> Iterator[Result]:
    """One accepted, and as many wrong ones as the kind wants; what is too slow counts apart."""
    least = LEAST_WRONG[facts.problem.kind]
    verdicts = [submission.verdict for submission in facts.problem.submissions]
    wrong = sum(verdict not in (Verdict.ACCEPTED, Verdict.TIME_LIMIT_EXCEEDED) for verdict in verdicts)
    if wrong >= least:
        yield Result(True, f"{verdicts.count(Verdict.ACCEPTED)} accepted and {count(wrong, 'wrong submission')}")
    else:
        yield Result(
            False, f"{count(wrong, 'wrong submission')}; at least {least} are wanted: which mistakes do people make?"
        )
    names = [case.name for case in facts.hidden]
    for submission in facts.problem.submissions:
        for name in set(submission.fails) - set(names):
            yield Result(False, f"{submission.path}: there is no hidden case {name!r} ({did_you_mean(name, names)})")


def starter(facts: Facts) -> Iterator[Result]:
    """A student's first run must show a failed case, not a broken program.

    Of the generated ones, which all return the same, one is run.
    """
    for language, source in to_run(facts.problem).items():
        judgement = facts.sandbox.judge(make_job(facts.problem, facts.cases, source, language))
        broken = [r for r in judgement.results if r.run.status is not RunStatus.RETURNED]
        if judgement.verdict is Verdict.ACCEPTED:
            yield Result(False, f"the {language} starter is accepted: take the solution out")
        elif broken or not judgement.results:
            yield Result(False, f"the {language} starter does not run: {_why(judgement)}")
        else:
            yield Result(True, f"the {language} starter runs and is not accepted")


def to_run(problem: Problem) -> Mapping[str, str]:
    """The first starter, and those that the package brings itself."""
    return {
        name: source
        for number, (name, source) in enumerate(problem.starters.items())
        if not number or not _is_generated(problem, name, source)
    }


def _is_generated(problem: Problem, name: str, source: str) -> bool:
    found = languages().get(name)
    calls = problem.signature
    return found is not None and isinstance(calls, Function | Class) and source == found.starter(calls)


def judged(trial: Trial) -> Result:
    """Did a program get its folder's verdict, and did a wrong one fail first where it says?"""
    submission, judgement = trial.submission, trial.judgement
    got = _verdict(judgement.verdict, (trial.first_failure,) if trial.first_failure else ())
    if judgement.verdict is submission.verdict and trial.first_failure in (submission.fails or ("",)):
        return Result(True, f"{submission.path}: {got}")
    said = _verdict(submission.verdict, submission.fails)
    return Result(False, f"{submission.path}: should be {said}; is {got}: {_why(judgement)}")


def table(facts: Facts) -> tuple[Kill, ...]:
    """Which hidden case catches which wrong submission."""
    wrong = [trial for trial in facts.trials if trial.submission.verdict is not Verdict.ACCEPTED]
    return tuple(
        Kill(case.name, tuple(trial.submission.path for trial in wrong if case.name in trial.failures))
        for case in facts.hidden
    )


def kills(facts: Facts) -> Iterator[Result]:
    """Cases that catch nothing are worth a thought, no more: a boundary may be right in every program here."""
    killers = table(facts)
    idle = [kill.case for kill in killers if not kill.by]
    if idle:
        shown = "’, ‘".join(idle[:3]) + ("’ and others" if len(idle) > 3 else "’")
        said = f"{len(idle)} of {count(len(killers), 'hidden case')} {verb(len(idle), 'catches', 'catch')}"
        yield Result(False, f"{said} no wrong submission: ‘{shown}", advice=True)
    else:
        yield Result(True, "every hidden case catches a wrong submission")


def mistakes(facts: Facts) -> Iterator[Result]:
    """Two mistakes that fail exactly the same cases cannot be told apart for a student."""
    seen: dict[str, Trial] = {}
    for trial in facts.trials:
        before = seen.setdefault(hidden_pattern(trial.judgement), trial)
        if before.submission.mistake and before.submission.mistake != trial.submission.mistake:
            both = f"{before.submission.path} and {trial.submission.path}"
            yield Result(False, f"{both} fail the same cases: add a case that tells them apart", advice=True)
    if seen:
        yield Result(True, f"{count(len(seen), 'pattern')} of failed cases in {count(len(facts.trials), 'program')}")


def _verdict(verdict: Verdict, first: tuple[str, ...]) -> str:
    return f"{verdict}, first in ‘{'’ or ‘'.join(first)}’" if first else str(verdict)


def _why(judgement: Judgement) -> str:
    """What happened in the first case that failed, a hidden one if any did, in one line."""
    failed = [r for r in judgement.results if r.verdict not in (None, Verdict.ACCEPTED)]
    if judgement.compile_output or not failed:
        return (judgement.compile_output or judgement.message or "every case passes").strip().splitlines()[-1][:200]
    result = next((r for r in failed if not r.case.sample), failed[0])
    error = result.run.error
    detail = (
        f"{error.type}: {error.message}" if error else result.reason or _values(result.case.expected, result.run.value)
    )
    return f"in ‘{result.case.name}’: {detail}"[:300]


def _values(expected: object, got: object) -> str:
    if isinstance(got, dict) and "passed" in got:  # a step of a service says both sides in words
        expected, got = got["expected"], got["got"]
    return f"expected {str(expected)[:80]}, got {str(got)[:80]}"
