"""From a record to what the student reads: the one place where the reveal policy is applied.

Under the policy `nothing` only the verdict and the score leave this module, besides samples and own input: names,
numbers, types of exceptions, line numbers, times and prints of hidden cases can all be made to carry the data.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sandbox.model import Verdict
from trainer.bank.mistakes import pattern
from trainer.bank.problem import Reveal
from trainer.kinds.base import Record
from trainer.kinds.difference import difference, plain
from trainer.kinds.feedback import (
    Argument,
    Bar,
    CaseFeedback,
    Counts,
    Error,
    Exchange,
    Feedback,
    PlanStep,
    Row,
    StepMark,
    TableDiff,
    Text,
)
from trainer.kinds.words import CASE, STEP, Situation, headline, summary

SMALL = 2048
"""Bytes of input and expected value up to which the policy `full` shows a hidden case in full."""

_NOTHING_RAN = (Verdict.COMPILE_ERROR, Verdict.JUDGE_ERROR)


def feedback(record: Record, reveal: Reveal, mistakes: Mapping[str, str] | None = None) -> Feedback:
    verdict = Verdict(record["verdict"])
    groups = _Groups(record["cases"])
    ran = verdict not in _NOTHING_RAN
    open_ = ran and reveal is not Reveal.NOTHING
    failure = _failure(groups, reveal) if ran else None
    return Feedback(
        verdict=verdict,
        css=verdict.short.lower(),
        headline=headline(verdict, record.get("noun", CASE)),
        summary=summary(_situation(verdict, reveal, groups, failure, record.get("noun", CASE)), record),
        score=record["score"],
        submitted=bool(groups.hidden),
        hidden=_counts(groups.hidden),
        sample=_counts(groups.samples),
        casebar=_casebar(groups.hidden) if open_ else (),
        failure=failure,
        samples=_shown(groups.samples, "sample") if ran else (),
        own=_shown(groups.own, "own") if ran else (),
        mistake=_mistake(groups.hidden, mistakes or {}) if ran and reveal is Reveal.FULL else "",
        noun=record.get("noun", CASE),
        steps=_steps(record) if open_ and record.get("noun") == STEP else (),
        compile_output=record["compile_output"] if verdict is Verdict.COMPILE_ERROR else "",
        time_ms=_most("time_ms", groups, reveal) if ran and record.get("noun") != STEP else None,
        memory_mib=_most("memory_mib", groups, reveal) if ran else None,
    )


class _Groups:
    """The record's cases, sorted by what a student may see of them."""

    def __init__(self, cases: Sequence[Record]) -> None:
        self.samples = [case for case in cases if case["sample"]]
        self.own = [case for case in cases if not case["judged"]]
        self.hidden = [case for case in cases if case["judged"] and not case["sample"]]


def _counts(cases: Sequence[Record]) -> Counts:
    return Counts(sum(case["verdict"] == Verdict.ACCEPTED for case in cases), len(cases))


def _casebar(hidden: Iterable[Record]) -> tuple[Bar, ...]:
    return tuple(Bar(n, "" if case["verdict"] == Verdict.ACCEPTED else _css(case)) for n, case in enumerate(hidden, 1))


def _most(key: str, groups: _Groups, reveal: Reveal) -> float | None:
    """The largest figure of all cases that may be measured in public."""
    cases = [*groups.samples, *groups.own, *([] if reveal is Reveal.NOTHING else groups.hidden)]
    known_only = reveal is not Reveal.NOTHING or not groups.hidden
    return max((case[key] for case in cases), default=None) if known_only else None


def _mistake(hidden: Sequence[Record], mistakes: Mapping[str, str]) -> str:
    return mistakes.get(pattern(case["verdict"] for case in hidden), "")


def _failure(groups: _Groups, reveal: Reveal) -> CaseFeedback | None:
    """The first case that fails, as far as it may be seen."""
    for number, case in enumerate(groups.samples, 1):
        if _failed(case):
            return _full(case, "sample", number)
    for number, case in enumerate(groups.hidden, 1):
        if _failed(case):
            return _hidden(case, number, reveal)
    return next((_full(case, "own", n) for n, case in enumerate(groups.own, 1) if _failed(case)), None)


def _failed(case: Record) -> bool:
    return case["verdict"] not in (None, Verdict.ACCEPTED)


def _hidden(case: Record, number: int, reveal: Reveal) -> CaseFeedback | None:
    if reveal is Reveal.NOTHING:
        return None
    if reveal is Reveal.FULL and _is_small(case):
        return _full(case, "hidden", number)
    return _named(case, number, reveal)


def _is_small(case: Record) -> bool:
    details = case["details"]
    if "table" in details:
        return details["small"] is True
    texts = [text for text in (*details["input"], details["expected"]) if text]
    return sum(len(t["text"].encode()) for t in texts) <= SMALL and not any(t["cut"] for t in texts)


def _named(case: Record, number: int, reveal: Reveal) -> CaseFeedback:
    """A hidden case of which only the name is shown, and where the program stopped."""
    error = case["details"]["error"]
    return CaseFeedback(
        group="hidden",
        number=number,
        name=case["name"],
        verdict=Verdict(case["verdict"]),
        css=_css(case),
        shown=False,
        error=Error(_type(error["type"], reveal), line=error["line"], call="") if error else None,
        time_ms=case["time_ms"],
        memory_mib=case["memory_mib"],
    )


def _type(name: str, reveal: Reveal) -> str:
    """The exception's type. A program can name its own types after the input: only Python's own names pass."""
    known = getattr(builtins, name, None)
    is_known = isinstance(known, type) and issubclass(known, BaseException)
    return name if is_known or reveal is Reveal.FULL else "an exception of your own"


def _shown(cases: Sequence[Record], group: Literal["sample", "own"]) -> tuple[CaseFeedback, ...]:
    return tuple(_full(case, group, number) for number, case in enumerate(cases, 1))


def _full(case: Record, group: Literal["sample", "hidden", "own"], number: int) -> CaseFeedback:
    details = case["details"]
    expected, got = details["expected"], details["got"]
    values = _values(expected, got)
    return CaseFeedback(
        group=group,
        number=number,
        name=case["name"],
        verdict=Verdict(case["verdict"]) if case["verdict"] else None,
        css=_css(case),
        shown=True,
        input=tuple(Argument(a["name"], Text(a["text"], a["cut"])) for a in details["input"]),
        expected=values[0],
        got=values[1],
        expected_cut=bool(expected and expected["cut"]),
        got_cut=bool(got and got["cut"]),
        reason=case["reason"],
        stdout=Text(**details["stdout"]),
        stderr=Text(**details["stderr"]),
        error=Error(**details["error"]) if details["error"] else None,
        time_ms=case["time_ms"],
        memory_mib=case["memory_mib"],
        table=_table(details.get("table")),
        plan=tuple(PlanStep(**step) for step in details.get("plan") or ()),
        exchanges=tuple(_exchange(one) for one in details.get("exchanges") or ()),
        exchanges_left_out=details.get("left_out", 0),
    )


def _table(kept: dict[str, Any] | None) -> TableDiff | None:
    if kept is None:
        return None
    rows = tuple(Row(tuple(cells), mark) for mark, cells in kept["rows"])
    return TableDiff(tuple(kept["columns"]), rows, kept["count"], kept["cut"])


def _exchange(kept: dict[str, Any]) -> Exchange:
    pairs = {key: tuple((name, text) for name, text in kept[key]) for key in ("request_headers", "headers")}
    return Exchange(**kept | pairs)


def _steps(record: Record) -> tuple[StepMark, ...]:
    judged = [case for case in record["cases"] if case["judged"]]
    return tuple(StepMark(case["name"], _css(case), case["sample"]) for case in judged)


def _values(expected: dict[str, Any] | None, got: dict[str, Any] | None) -> Any:
    """Expected and got as segments: compared where both are there, else plain."""
    if expected and got:
        return difference(expected["text"], got["text"])
    return plain(expected["text"] if expected else ""), plain(got["text"] if got else "")


def _css(case: Record) -> str:
    if case["verdict"]:
        return Verdict(case["verdict"]).short.lower()
    return "not-run" if case["status"] == "not run" else "own"


def _situation(verdict: Verdict, reveal: Reveal, groups: _Groups, failure: CaseFeedback | None, noun: str) -> Situation:
    hidden, sample = _counts(groups.hidden), _counts(groups.samples)
    submitted = bool(groups.hidden)
    if failure is None:
        return Situation(verdict, reveal, submitted, hidden, sample, noun=noun)
    before = failure.number - 1 + (len(groups.samples) if failure.group == "hidden" else 0)
    return Situation(
        verdict,
        reveal,
        submitted,
        hidden,
        sample,
        name=failure.name,
        number=failure.number,
        group=failure.group,
        earlier_pass=before > 0,
        noun=noun,
    )
