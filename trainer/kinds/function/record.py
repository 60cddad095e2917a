"""What is kept of a judgement: JSON values of bounded size, details only of cases that somebody may see."""

from __future__ import annotations

from typing import Any

from sandbox.model import Case, CaseResult, Judgement, Limits, ProgramError, RunStatus, Verdict
from sandbox.signature import Class
from trainer.bank.problem import Problem
from trainer.kinds.base import Record
from trainer.kinds.feedback import Text
from trainer.kinds.function.inputs import input_lines
from trainer.kinds.function.literals import call_text, harmless, literal

FORMAT = 1
_LINE = 300


def record(problem: Problem, judgement: Judgement) -> Record:
    results = judgement.results
    hidden = (i for i, r in enumerate(results) if _is_hidden(r) and r.verdict not in (None, Verdict.ACCEPTED))
    first = next(hidden, None)
    cases = [_case(problem, r, detailed=not _is_hidden(r) or i == first) for i, r in enumerate(results)]
    return _head(judgement, problem.limits) | {"cases": cases}


def judge_error(message: str) -> Record:
    judgement = Judgement(Verdict.JUDGE_ERROR, 0.0, (), message=message)
    return _head(judgement, Limits()) | {"cases": []}


def _head(judgement: Judgement, limits: Limits) -> Record:
    return {
        "format": FORMAT,
        "verdict": judgement.verdict.value,
        "score": judgement.score,
        "compile_output": harmless(_compile_output(judgement)).text,
        "message": harmless(judgement.message).text,
        "time_limit_s": limits.time_limit_s,
        "memory_mib": limits.memory_mib,
        "output_kib": limits.output_kib,
    }


def _compile_output(judgement: Judgement) -> str:
    """What the compiler said, if it said so in the first case already, which is a sample.

    A program that "does not compile" only later has seen a hidden input and may be telling it.
    """
    first = judgement.results[0] if judgement.results else None
    if first is None or _is_hidden(first) or first.run.status is not RunStatus.NOT_COMPILED:
        return ""
    return judgement.compile_output


def _is_hidden(result: CaseResult) -> bool:
    return result.case.judged and not result.case.sample


def _case(problem: Problem, result: CaseResult, *, detailed: bool) -> Record:
    kept: Record = {
        "name": harmless(result.case.name, _LINE).text,
        "sample": result.case.sample,
        "judged": result.case.judged,
        "verdict": result.verdict.value if result.verdict else None,
        "status": result.run.status.value,
        "time_ms": round(result.run.time_ms, 2),
        "memory_mib": round(result.run.memory_mib, 2),
        "reason": harmless(result.reason or _first_call(problem, result, detailed), 2 * _LINE).text,
    }
    return kept | {"details": _details(problem, result)} if detailed else kept


def _first_call(problem: Problem, result: CaseResult, detailed: bool) -> str:
    """A sentence about the first call of a class problem that answered otherwise than expected."""
    case, got = result.case, result.run.value
    if not detailed or result.verdict is not Verdict.WRONG_ANSWER or not isinstance(problem.signature, Class):
        return ""
    for number, (call, expected, answer) in enumerate(zip(case.arguments, case.expected, got, strict=False), 1):
        if literal(expected, _LINE) != literal(answer, _LINE):
            made = call_text(call, _LINE).text
            return f"Call {number}, {made}: expected {literal(expected, 60).text}, got {literal(answer, 60).text}."
    return ""


def _details(problem: Problem, result: CaseResult) -> Record:
    run = result.run
    returned = run.status is RunStatus.RETURNED
    return {
        "input": [{"name": line.name, **_text(line.value)} for line in input_lines(problem, result.case)],
        "expected": _text(literal(result.case.expected)) if result.case.judged else None,
        "got": _text(literal(run.value)) if returned else None,
        "stdout": _text(harmless(run.stdout)),
        "stderr": _text(harmless(run.stderr)),
        "error": _error(run.error, result.case, problem) if run.error else None,
    }


def _error(error: ProgramError, case: Case, problem: Problem) -> Record:
    call = ""
    if isinstance(problem.signature, Class) and error.call is not None and 0 <= error.call < len(case.arguments):
        call = f"{call_text(case.arguments[error.call], _LINE).text}, call {error.call + 1}"
    return {
        "type": harmless(error.type, _LINE).text,
        "message": harmless(error.message).text,
        "line": error.line,
        "trace": harmless(error.trace).text,
        "call": call,
    }


def _text(text: Text) -> dict[str, Any]:
    return {"text": text.text, "cut": text.cut}
