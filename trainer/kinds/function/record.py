"""What is kept of a function's judgement: values as its language writes them, the call of a class that went wrong."""

from __future__ import annotations

from dataclasses import replace

from sandbox.answers import misfit, wanted_of
from sandbox.checkers import matches
from sandbox.model import Case, CaseResult, Compare, Judgement, ProgramError, RunStatus, Verdict
from sandbox.signature import Class
from trainer.bank.problem import Problem
from trainer.kinds.base import Record
from trainer.kinds.function.answers import answer_of, expected_of, wrong_calls
from trainer.kinds.function.inputs import input_lines
from trainer.kinds.literals import call_text, harmless, literal
from trainer.kinds.record import LINE, build, keep_error, keep_text


def record(problem: Problem, judgement: Judgement, language: str = "") -> Record:
    return build(
        replace(judgement, results=tuple(_held_against(problem, result) for result in judgement.results)),
        problem.limits,
        lambda result: _details(problem, result, language),
        reason=lambda result: result.reason or _first_call(problem, result, language),
    )


def _held_against(problem: Problem, result: CaseResult) -> CaseResult:
    """An own case with what its student expects of it: the verdict is the case's own, and no part of the judgement."""
    if result.case.judged or result.case.expected is None or result.run.status is not RunStatus.RETURNED:
        return result
    case = _with_expected(result.case)
    wanted, got = wanted_of(problem.calls, case), result.run.value
    reason = misfit(got, wanted, case)
    right = not reason and matches(got, case.expected, wanted, problem.compare)
    return replace(result, verdict=Verdict.ACCEPTED if right else Verdict.WRONG_ANSWER, reason=reason)


def _with_expected(case: Case) -> Case:
    """The case with its expected value as it is compared; own cases carry theirs in a list."""
    return case if case.judged or case.expected is None else replace(case, expected=case.expected[0])


def _first_call(problem: Problem, result: CaseResult, language: str) -> str:
    """A sentence about the first call of a class problem that answered otherwise than expected."""
    case, got = _with_expected(result.case), result.run.value
    if result.verdict is not Verdict.WRONG_ANSWER or not isinstance(problem.calls, Class):
        return ""
    expected, got = expected_of(problem, case), answer_of(problem, case, got)
    for place in wrong_calls(problem, case, got):
        made = call_text(case.arguments[place], LINE, language).text
        both = literal(expected[place], 60, language).text, literal(got[place], 60, language).text
        return f"Call {place + 1}, {made}: expected {both[0]}, got {both[1]}."
    return ""


def _details(problem: Problem, result: CaseResult, language: str) -> Record:
    run = result.run
    returned = run.status is RunStatus.RETURNED
    return {
        "input": [{"name": line.name, **keep_text(line.value)} for line in input_lines(problem, result.case, language)],
        "expected": _expected(problem, result.case, language),
        "got": keep_text(literal(answer_of(problem, result.case, run.value), written_in=language))
        if returned
        else None,
        "stdout": keep_text(harmless(run.stdout)),
        "stderr": keep_text(harmless(run.stderr)),
        "error": keep_error(run.error, _call(run.error, result.case, problem, language)) if run.error else None,
    }


def _expected(problem: Problem, case: Case, language: str) -> Record | None:
    if case.judged:
        return keep_text(literal(expected_of(problem, case), written_in=language))
    if case.expected is None:
        return None
    own = _with_expected(case)
    value = own.expected[0] if problem.compare is Compare.ANY_OF and isinstance(own.expected, list) else own.expected
    return keep_text(literal(answer_of(problem, own, value), written_in=language))


def _call(error: ProgramError, case: Case, problem: Problem, language: str) -> str:
    """In which call of a class problem it happened."""
    if not isinstance(problem.calls, Class) or error.call is None or not 0 <= error.call < len(case.arguments):
        return ""
    return f"{call_text(case.arguments[error.call], LINE, language).text}, call {error.call + 1}"
