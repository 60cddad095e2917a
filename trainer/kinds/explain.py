"""From a record to what the student reads: the one place where the reveal policy is applied.

Under the policy `nothing` only the verdict and the score leave this module, besides samples and own input: names,
numbers, types of exceptions, line numbers, times and prints of hidden cases can all be made to carry the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sandbox.languages import languages
from sandbox.model import Verdict
from trainer.bank.mistakes import pattern
from trainer.bank.problem import Reveal
from trainer.kinds.alike import note
from trainer.kinds.base import Record
from trainer.kinds.difference import plain, seen_difference
from trainer.kinds.feedback import (
    Argument,
    Bar,
    CaseFeedback,
    Counts,
    Error,
    Exchange,
    Feedback,
    PlanStep,
    StepMark,
    TableDiff,
    Text,
)
from trainer.kinds.record import read_record
from trainer.kinds.tables import alike_cells, table_of
from trainer.kinds.words import CASE, STEP, Situation, headline, summary

SMALL = 2048
"""Bytes of input and expected value up to which the policy `full` shows a hidden case in full."""

_NOTHING_RAN = (Verdict.COMPILE_ERROR, Verdict.JUDGE_ERROR)


def feedback(record: Record, reveal: Reveal, mistakes: Mapping[str, str] | None = None) -> Feedback:
    record = read_record(record)
    verdict = Verdict(record["verdict"])
    groups = _Groups(record["cases"])
    ran = verdict not in _NOTHING_RAN
    open_ = ran and reveal is not Reveal.NOTHING
    failure = _failure(groups, reveal) if ran else None
    return Feedback(
        verdict=verdict,
        css=verdict.short.lower(),
        headline=headline(verdict, record.get("noun", CASE), submitted=bool(groups.hidden)),
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
        self.judged = [case for case in cases if case["judged"]]


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
    """The exception's type. A program can name its own types after the input: only names of the languages' own pass."""
    is_known = any(name in one.errors for one in languages().values())
    return name if is_known or reveal is Reveal.FULL else "an exception of your own"


def _shown(cases: Sequence[Record], group: Literal["sample", "own"]) -> tuple[CaseFeedback, ...]:
    return tuple(_full(case, group, number) for number, case in enumerate(cases, 1))


def _full(case: Record, group: Literal["sample", "hidden", "own"], number: int) -> CaseFeedback:
    details = case["details"]
    expected, got = details["expected"], details["got"]
    values = _values(expected, got)
    table = table_of(details.get("table"))
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
        reason=_reason(case, table),
        stdout=Text(**details["stdout"]),
        stderr=Text(**details["stderr"]),
        error=Error(**details["error"]) if details["error"] else None,
        time_ms=case["time_ms"],
        memory_mib=case["memory_mib"],
        table=table,
        data=Text(**details.get("data") or {"text": ""}),
        plan=tuple(PlanStep(**step) for step in details.get("plan") or ()),
        exchanges=tuple(_exchange(one) for one in details.get("exchanges") or ()),
        exchanges_left_out=details.get("left_out", 0),
    )


def _reason(case: Record, table: TableDiff | None) -> str:
    """The case's sentence, and another where a wrong answer looks like the right one."""
    if case["verdict"] != Verdict.WRONG_ANSWER:
        return str(case["reason"])
    details = case["details"]
    pairs = alike_cells(details["table"]) if table else ((details["expected"], details["got"]),)
    texts = ((a["text"], b["text"]) if isinstance(a, dict) and isinstance(b, dict) else (a, b) for a, b in pairs)
    notes = (note(a, b) for a, b in texts if isinstance(a, str) and isinstance(b, str))
    return " ".join(filter(None, (case["reason"], next(filter(None, notes), ""))))


def _exchange(kept: dict[str, Any]) -> Exchange:
    pairs = {key: tuple((name, text) for name, text in kept[key]) for key in ("request_headers", "headers")}
    return Exchange(**kept | pairs)


def _steps(record: Record) -> tuple[StepMark, ...]:
    judged = [case for case in record["cases"] if case["judged"]]
    return tuple(StepMark(case["name"], _css(case), case["sample"], _why_not_run(case)) for case in judged)


def _why_not_run(case: Record) -> str:
    """Records that were kept before there were reasons have none."""
    return case.get("not_run") or ""


def _values(expected: dict[str, Any] | None, got: dict[str, Any] | None) -> Any:
    """Expected and got as segments: compared where both are there, else plain."""
    if expected and got:
        return seen_difference(expected["text"], got["text"])
    return plain(expected["text"] if expected else ""), plain(got["text"] if got else "")


def _css(case: Record) -> str:
    if case["verdict"]:
        return Verdict(case["verdict"]).short.lower()
    return "not-run" if case["status"] == "not run" else "own"


def _not_run(cases: Sequence[Record]) -> tuple[tuple[int, str], ...]:
    """How many cases were not run, by the reason."""
    reasons = Counter(why for case in cases if (why := _why_not_run(case)))
    return tuple((count, why) for why, count in reasons.items())


def _situation(verdict: Verdict, reveal: Reveal, groups: _Groups, failure: CaseFeedback | None, noun: str) -> Situation:
    hidden, sample = _counts(groups.hidden), _counts(groups.samples)
    own = _counts([case for case in groups.own if case["details"]["expected"]])
    submitted = bool(groups.hidden)
    told = verdict not in _NOTHING_RAN and reveal is not Reveal.NOTHING
    not_run = _not_run(groups.hidden or groups.samples) if told else ()
    if failure is None:
        return Situation(verdict, reveal, submitted, hidden, sample, own=own, noun=noun, not_run=not_run)
    before = failure.number - 1 + (len(groups.samples) if failure.group == "hidden" else 0)
    group, number = _place(groups, failure, noun, reveal)
    return Situation(
        verdict,
        reveal,
        submitted,
        hidden,
        sample,
        own=own,
        name=failure.name,
        number=number,
        group=group,
        earlier_pass=before > 0,
        noun=noun,
        not_run=not_run,
    )


def _place(groups: _Groups, failure: CaseFeedback, noun: str, reveal: Reveal) -> tuple[str, int]:
    """Group and number by which the first failure is found on the page: steps are one list, whatever their group."""
    if noun != STEP or reveal is Reveal.NOTHING or failure.group == "own":
        return failure.group, failure.number
    first = (groups.samples if failure.group == "sample" else groups.hidden)[failure.number - 1]
    return "hidden", next(number for number, case in enumerate(groups.judged, 1) if case is first)
