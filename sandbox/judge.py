"""From runs to a judgement: pure. What was seen becomes what is said of it."""

from __future__ import annotations

from sandbox.answers import misfit, unchanged, wanted_of
from sandbox.checkers import matches
from sandbox.model import AnyJob, Case, CaseResult, Job, Judgement, Run, RunStatus, ServiceJob, Verdict
from sandbox.signature import Query
from sandbox.tables import difference, is_table

_VERDICTS: dict[RunStatus, Verdict] = {
    RunStatus.RETURNED: Verdict.ACCEPTED,
    RunStatus.NO_VALUE: Verdict.WRONG_ANSWER,
    RunStatus.RAISED: Verdict.RUN_TIME_ERROR,
    RunStatus.DIED: Verdict.RUN_TIME_ERROR,
    RunStatus.BOX_ENDED: Verdict.RUN_TIME_ERROR,
    RunStatus.NOT_COMPILED: Verdict.COMPILE_ERROR,
    RunStatus.CPU_LIMIT: Verdict.TIME_LIMIT_EXCEEDED,
    RunStatus.WALL_LIMIT: Verdict.TIME_LIMIT_EXCEEDED,
    RunStatus.MEMORY_LIMIT: Verdict.MEMORY_LIMIT_EXCEEDED,
    RunStatus.OUTPUT_LIMIT: Verdict.OUTPUT_LIMIT_EXCEEDED,
}


def judge_runs(job: AnyJob, runs: tuple[Run, ...]) -> Judgement:
    """Judge all runs of a job, one for each case. A case that is missing without a reason makes a judge error."""
    results = tuple(judge_case(job, case, run) for case, run in zip(job.cases, runs, strict=True))
    missing = _unexplained(results)
    if missing is not None:
        return judge_error(job, f"‘{missing.case.name}’ was not run, and nothing that failed before it says why.")
    return Judgement(_verdict(results), _score(results), results, _compile_output(runs))


def _unexplained(results: tuple[CaseResult, ...]) -> CaseResult | None:
    """The first case that was not run though nothing had failed before it."""
    for result in results:
        if result.run.status is RunStatus.NOT_RUN:
            return result
        if _seen(result) is not Verdict.ACCEPTED:
            return None
    return None


def _verdict(results: tuple[CaseResult, ...]) -> Verdict:
    """Accepted where all judged cases are. An own input that failed decides where it kept others from being run."""
    said = (result.verdict for result in results)
    failing = next((verdict for verdict in said if verdict not in (None, Verdict.ACCEPTED)), None)
    if failing is not None:
        return failing
    if all(result.verdict is Verdict.ACCEPTED for result in results if result.case.judged):
        return Verdict.ACCEPTED
    return next(seen for result in results if (seen := _seen(result)) is not Verdict.ACCEPTED)


def _seen(result: CaseResult) -> Verdict:
    """What is said of a case that was run, or would be said of it if it were judged."""
    return result.verdict or _VERDICTS[result.run.status]


def _score(results: tuple[CaseResult, ...]) -> float:
    """The share of judged cases that are accepted; an own input that failed counts as one that is not."""
    counted = [result for result in results if result.case.judged or result.verdict is not None]
    accepted = sum(result.verdict is Verdict.ACCEPTED for result in counted)
    return accepted / len(counted) if counted else 1.0


def judge_error(job: AnyJob, message: str) -> Judgement:
    """Nothing could be judged, and it is our fault."""
    not_run = Run(RunStatus.NOT_RUN)
    results = tuple(CaseResult(case, None, not_run) for case in job.cases)
    return Judgement(Verdict.JUDGE_ERROR, 0.0, results, message=message)


def judge_case(job: AnyJob, case: Case, run: Run) -> CaseResult:
    """Judge one run."""
    if run.status is RunStatus.NOT_RUN:
        return CaseResult(case, None, run, f"Not run: {run.not_run}." if run.not_run else "")
    if isinstance(job, ServiceJob):
        return _judge_step(case, run)
    verdict = _VERDICTS[run.status]
    if run.status is not RunStatus.RETURNED:
        return CaseResult(case, verdict, run, _reason(job, case, run))
    if not case.judged:
        return CaseResult(case, None, run)
    if isinstance(job.signature, Query):
        return _judge_table(job.signature, case, run)
    wanted = wanted_of(job.signature, case)
    reason = misfit(run.value, wanted, case)
    if reason or not matches(run.value, case.expected, wanted, job.compare):
        verdict = Verdict.WRONG_ANSWER
        reason = reason or unchanged(run.value, job.signature, case, job.language)
    return CaseResult(case, verdict, run, reason)


def ends_job(job: AnyJob, case: Case, run: Run) -> bool:
    """Is this the failure after which the job wants nothing more to be run?"""
    if not job.first_failure_only or case.sample or not case.judged:
        return False
    return judge_case(job, case, run).verdict not in (None, Verdict.ACCEPTED)


def _judge_step(case: Case, run: Run) -> CaseResult:
    """A step: the suite says whether it passed. A request of the student's own is not judged."""
    told = run.value if isinstance(run.value, dict) else {}
    verdict = _VERDICTS[run.status]
    if verdict is Verdict.ACCEPTED and told.get("passed") is not True:
        verdict = Verdict.WRONG_ANSWER
    reason = told.get("reason") or ("Your service ended its sandbox." if run.status is RunStatus.BOX_ENDED else "")
    return CaseResult(case, verdict if case.judged else None, run, reason)


def _judge_table(rule: Query, case: Case, run: Run) -> CaseResult:
    sentence = difference(run.value, case.expected, rule).sentence if is_table(run.value) else "The answer is no table."
    return CaseResult(case, Verdict.WRONG_ANSWER if sentence else Verdict.ACCEPTED, run, sentence)


def _reason(job: Job, case: Case, run: Run) -> str:
    """A sentence where the verdict does not speak for itself."""
    kind = run.error.type if run.error is not None else ""
    match run.status:
        case RunStatus.NO_VALUE:
            return f"Returned {kind}, expected {_wanted_text(job, case)}."
        case RunStatus.DIED:
            return f"Your program ended before it returned: {kind}."
        case RunStatus.BOX_ENDED:
            return "Your program ended its sandbox."
        case RunStatus.OUTPUT_LIMIT if isinstance(job.signature, Query):
            return "The answer is larger than 5,000 rows or 8 MiB."
        case RunStatus.WALL_LIMIT:
            return f"Your program slept or waited for {job.limits.wall_limit_s:g} s."
    return ""


def _wanted_text(job: Job, case: Case) -> str:
    wanted = wanted_of(job.signature, case)
    return "values as JSON" if isinstance(wanted, tuple) else str(wanted)


def _compile_output(runs: tuple[Run, ...]) -> str:
    errors = (run.error for run in runs if run.status is RunStatus.NOT_COMPILED)
    return next((error.trace or error.message for error in errors if error is not None), "")
