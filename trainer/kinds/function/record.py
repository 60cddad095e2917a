"""What is kept of a function's judgement: values as Python literals, the call of a class problem that went wrong."""

from __future__ import annotations

from sandbox.model import Case, CaseResult, Judgement, ProgramError, RunStatus, Verdict
from sandbox.signature import Class
from trainer.bank.problem import Problem
from trainer.kinds.base import Record
from trainer.kinds.function.inputs import input_lines
from trainer.kinds.literals import call_text, harmless, literal
from trainer.kinds.record import LINE, build, keep_error, keep_text


def record(problem: Problem, judgement: Judgement) -> Record:
    return build(
        judgement,
        problem.limits,
        lambda result: _details(problem, result),
        reason=lambda result: result.reason or _first_call(problem, result),
    )


def _first_call(problem: Problem, result: CaseResult) -> str:
    """A sentence about the first call of a class problem that answered otherwise than expected."""
    case, got = result.case, result.run.value
    if result.verdict is not Verdict.WRONG_ANSWER or not isinstance(problem.calls, Class):
        return ""
    for number, (call, expected, answer) in enumerate(zip(case.arguments, case.expected, got, strict=False), 1):
        if literal(expected, LINE) != literal(answer, LINE):
            made = call_text(call, LINE).text
            return f"Call {number}, {made}: expected {literal(expected, 60).text}, got {literal(answer, 60).text}."
    return ""


def _details(problem: Problem, result: CaseResult) -> Record:
    run = result.run
    returned = run.status is RunStatus.RETURNED
    return {
        "input": [{"name": line.name, **keep_text(line.value)} for line in input_lines(problem, result.case)],
        "expected": keep_text(literal(result.case.expected)) if result.case.judged else None,
        "got": keep_text(literal(run.value)) if returned else None,
        "stdout": keep_text(harmless(run.stdout)),
        "stderr": keep_text(harmless(run.stderr)),
        "error": keep_error(run.error, _call(run.error, result.case, problem)) if run.error else None,
    }


def _call(error: ProgramError, case: Case, problem: Problem) -> str:
    """In which call of a class problem it happened."""
    if not isinstance(problem.calls, Class) or error.call is None or not 0 <= error.call < len(case.arguments):
        return ""
    return f"{call_text(case.arguments[error.call], LINE).text}, call {error.call + 1}"
