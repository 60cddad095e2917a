"""What is kept of a service's judgement: what was asked and answered, expected and got, and the service's own log.

The log ends where the first hidden step begins: a service sees every request, and could print what it was asked. Where
hidden steps are not shown in full it could also answer with it, in a sample that comes later: its answers are not kept.
Where they are, the log of a start that failed is kept however late it comes: no reason is shown without its log.
"""

from __future__ import annotations

from typing import Any

from sandbox.model import CaseResult, Judgement, Run, Verdict
from trainer.bank.problem import Problem, Reveal
from trainer.kinds.base import Record
from trainer.kinds.feedback import Text
from trainer.kinds.literals import harmless
from trainer.kinds.record import LINE, build, is_hidden, keep_text
from trainer.kinds.words import STEP

MOST_EXCHANGES, MOST_HEADERS, MOST_BODY = 16, 20, 2000
RUN_IT = "Hidden steps came before this one. Run shows what your service answered here."
_TEXTS = ("method", "path", "note")


def record(problem: Problem, judgement: Judgement, language: str = "") -> Record:
    late = _after_hidden(judgement)
    silent = late if problem.reveal is not Reveal.FULL else frozenset()

    def details(result: CaseResult) -> Record:
        with_answers = is_hidden(result) or result.case.name not in silent
        with_log = result.case.name not in late or (problem.reveal is Reveal.FULL and _never_started(result))
        return _details(result, with_log=with_log, with_answers=with_answers)

    def reason(result: CaseResult) -> str:
        is_silent = result.case.name in silent and not is_hidden(result)
        return RUN_IT if is_silent and result.verdict not in (None, Verdict.ACCEPTED) else result.reason

    made = build(judgement, problem.limits, details, reason=reason, noun=STEP)
    return made | {"compile_output": harmless(judgement.compile_output).text}


def _after_hidden(judgement: Judgement) -> frozenset[str]:
    """Names of the steps from the first hidden one on: by then the service knows what hidden steps ask."""
    first = next((place for place, result in enumerate(judgement.results) if is_hidden(result)), None)
    return frozenset() if first is None else frozenset(result.case.name for result in judgement.results[first:])


def _never_started(result: CaseResult) -> bool:
    """Did the service not get ready before this step? Then its log is what its end is explained by."""
    return isinstance(result.run.value, dict) and result.run.value.get("started") is False


def _details(result: CaseResult, *, with_log: bool, with_answers: bool) -> Record:
    told = result.run.value if isinstance(result.run.value, dict) else {}
    expected, got = str(told.get("expected", "")), str(told.get("got", ""))
    return {
        "input": [],
        "expected": keep_text(_told(expected)) if expected else None,
        "got": keep_text(_told(got)) if got and with_answers else None,
        "stdout": keep_text(harmless(result.run.stdout if with_log else "")),
        "stderr": keep_text(harmless("")),
        "error": None,
        "exchanges": exchanges_of(result.run) if with_answers else [],
        "left_out": int(told.get("left_out") or 0) if with_answers else 0,
    }


def _told(text: str) -> Text:
    """Ends of lines of another sort are a difference, so they are kept, and can be seen."""
    return harmless(text.replace("\r\n", "␍\n"))


def exchanges_of(run: Run) -> list[Record]:
    """What was asked and answered, bounded."""
    told = run.value if isinstance(run.value, dict) else {}
    return [_exchange(one) for one in (told.get("exchanges") or [])[:MOST_EXCHANGES]]


def _exchange(told: dict[str, Any]) -> Record:
    """A request and its answer, every text bounded: the answer is the student's own words."""
    return {
        **{key: harmless(str(told.get(key, "")), LINE).text for key in _TEXTS},
        "request_headers": _headers(told.get("request_headers")),
        "request_body": harmless(str(told.get("request_body", "")), MOST_BODY).text,
        "status": int(told.get("status") or 0),
        "headers": _headers(told.get("headers")),
        "body": harmless(str(told.get("body", "")), MOST_BODY).text,
        "ms": int(told.get("ms") or 0),
    }


def _headers(told: Any) -> list[list[str]]:
    pairs = [pair for pair in (told or []) if isinstance(pair, list) and len(pair) == 2]
    return [[harmless(str(part), LINE).text for part in pair] for pair in pairs[:MOST_HEADERS]]
