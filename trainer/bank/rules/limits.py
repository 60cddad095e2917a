"""The rule that the time limit lies far from both sides: no accepted program near it, no slow one either."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from sandbox.model import Limits, Verdict
from trainer.bank.jobs import limits_in, make_job
from trainer.bank.report import Trial
from trainer.bank.rules.base import Facts, Result

WIDE = 3
"""How many times the slowest accepted program must fit into the limit, and the limit into a slow program's time."""

_AGAIN = 4
"""Further measurements where the first is too high: a busy machine can double what a program seems to need."""


def widened(limits: Limits) -> Limits:
    """The limits under which a slow program must still be too slow."""
    return dataclasses.replace(limits, time_limit_s=limits.time_limit_s * WIDE)


def time_limit(facts: Facts) -> Iterator[Result]:
    yield _accepted(facts)
    for trial in facts.trials:
        fails_as_told = trial.first_failure in trial.submission.fails
        if trial.submission.verdict is Verdict.TIME_LIMIT_EXCEEDED and fails_as_told:
            yield _too_slow(trial, facts)


def _accepted(facts: Facts) -> Result:
    accepted = [trial for trial in facts.trials if trial.submission.verdict is Verdict.ACCEPTED]
    times = {trial.submission.path: (_limit_ms(trial, facts), *_best(trial, facts)) for trial in accepted}
    path, (limit_ms, time_ms, name) = max(times.items(), key=lambda one: (one[1][1] / one[1][0], one[1][2], one[0]))
    said = f"the slowest accepted program, {path}, takes {time_ms:.0f} ms in ‘{name}’"
    if time_ms * WIDE <= limit_ms:
        return Result(True, f"{said}: the limit is {limit_ms / max(time_ms, 0.1):.0f} × as long")
    return Result(False, f"{said}: a limit of {time_ms * WIDE / 1000:.1f} s or smaller cases are wanted")


def _limit_ms(trial: Trial, facts: Facts) -> float:
    """The time limit of a program, in its language."""
    return limits_in(trial.submission.language, facts.problem.limits).time_limit_s * 1000


def _best(trial: Trial, facts: Facts) -> tuple[float, str]:
    """CPU time of the slowest case and its name. Cases that look too slow are measured again; the least time counts."""
    times = {result.case.name: result.run.time_ms for result in trial.judgement.results}
    for _ in range(_AGAIN):
        high = [case for case in facts.cases if times[case.name] * WIDE > _limit_ms(trial, facts)]
        if not high:
            break
        job = make_job(facts.problem, high, trial.submission.source, trial.submission.language)
        for result in facts.sandbox.judge(job).results:
            times[result.case.name] = min(times[result.case.name], result.run.time_ms)
    return max((time_ms, name) for name, time_ms in times.items())


def _too_slow(trial: Trial, facts: Facts) -> Result:
    """Runs the case that should catch it with a wider limit: it must not end there either."""
    submission, wide = trial.submission, widened(facts.problem.limits)
    wide_s = limits_in(submission.language, wide).time_limit_s
    if facts.brief:
        judgement = trial.judgement
        limit_ms = _limit_ms(trial, facts)
        before = next(
            (r for r in judgement.results if r.verdict is Verdict.ACCEPTED and r.run.time_ms > limit_ms), None
        )
        if before is not None:
            return Result(False, f"{submission.path} is too slow in ‘{before.case.name}’ already: name that case")
    else:
        cases = [case for case in facts.hidden if case.name in submission.fails]
        judgement = facts.sandbox.judge(make_job(facts.problem, cases, submission.source, submission.language, wide))
    if judgement.verdict is Verdict.TIME_LIMIT_EXCEEDED:
        return Result(True, f"{submission.path} still runs after {wide_s:g} s in ‘{submission.fails[0]}’")
    time_ms = max((result.run.time_ms for result in judgement.results), default=0.0)
    said = f"{submission.path} ends after {time_ms / 1000:.1f} s in ‘{submission.fails[0]}’"
    return Result(False, f"{said}: make that case so large that it takes more than {wide_s:g} s")
