"""What is kept of a judgement: JSON values of bounded size, details only of cases that somebody may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.model import CaseResult, Judgement, Limits, ProgramError, RunStatus, Verdict
from trainer.errors import Unreadable
from trainer.kinds.base import Record
from trainer.kinds.feedback import Text
from trainer.kinds.literals import harmless
from trainer.kinds.words import CASE

FORMAT = 1
"""Format of the records that are written now. Whoever changes what a record holds writes a new one."""
LINE = 300
"""Bytes kept of a name or a sentence."""


def _first(record: Record) -> Record:
    return record


READERS: Mapping[int, Callable[[Record], Record]] = {1: _first}
"""What makes a record of the present format of each that was ever written. None is ever taken out."""


def read_record(record: Record) -> Record:
    """A record as it would be written now. Raises Unreadable where a newer release wrote it."""
    number = record.get("format", 1)
    reader = READERS.get(number) if isinstance(number, int) else None
    if reader is None:
        known = ", ".join(map(str, READERS))
        raise Unreadable(
            f"What the judge said is stored in format {number}, and this release reads {known}. It stays as it is."
        )
    return reader(record)


def build(
    judgement: Judgement,
    limits: Limits,
    details: Callable[[CaseResult], Record],
    *,
    reason: Callable[[CaseResult], str] = lambda result: result.reason,
    noun: str = CASE,
) -> Record:
    """The record. Of samples, own input and the first hidden failure `details` and `reason` are asked for."""
    results = judgement.results
    hidden = (i for i, r in enumerate(results) if is_hidden(r) and r.verdict not in (None, Verdict.ACCEPTED))
    first = next(hidden, None)
    cases = []
    for place, result in enumerate(results):
        seen = not is_hidden(result) or place == first
        kept = _case(result, reason(result) if seen else result.reason)
        cases.append(kept | {"details": details(result)} if seen else kept)
    return _head(judgement, limits) | {"noun": noun, "cases": cases}


def judge_error(message: str) -> Record:
    judgement = Judgement(Verdict.JUDGE_ERROR, 0.0, (), message=message)
    return _head(judgement, Limits()) | {"cases": []}


def is_hidden(result: CaseResult) -> bool:
    return result.case.judged and not result.case.sample


def keep_text(text: Text) -> dict[str, Any]:
    return {"text": text.text, "cut": text.cut}


def keep_error(error: ProgramError, call: str = "") -> Record:
    return {
        "type": harmless(error.type, LINE).text,
        "message": harmless(error.message).text,
        "line": error.line,
        "trace": harmless(error.trace).text,
        "call": call,
    }


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
    if first is None or is_hidden(first) or first.run.status is not RunStatus.NOT_COMPILED:
        return ""
    return judgement.compile_output


def _case(result: CaseResult, reason: str) -> Record:
    return {
        "name": harmless(result.case.name, LINE).text,
        "sample": result.case.sample,
        "judged": result.case.judged,
        "verdict": result.verdict.value if result.verdict else None,
        "status": result.run.status.value,
        "not_run": result.run.not_run.value if result.run.not_run else None,
        "time_ms": round(result.run.time_ms, 2),
        "memory_mib": round(result.run.memory_mib, 2),
        "reason": harmless(reason, 2 * LINE).text,
    }
