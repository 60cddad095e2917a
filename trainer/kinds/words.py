"""The sentences above the results: what happened, then what to do. Short, plain, without blame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.model import Verdict
from trainer.bank.problem import Reveal
from trainer.kinds.base import Record
from trainer.kinds.feedback import Counts

CASE, DATA_SET, QUESTION, STEP = "case", "data set", "question", "step"
"""What a kind calls that on which an answer is judged."""

_OF_STEPS = {
    Verdict.TIME_LIMIT_EXCEEDED: "No whole answer came in time in {place}.",
    Verdict.MEMORY_LIMIT_EXCEEDED: "The service needed more than {memory} MiB in {place}, and was ended.",
    Verdict.OUTPUT_LIMIT_EXCEEDED: "An answer was larger than 1 MiB in {place}.",
    Verdict.RUN_TIME_ERROR: "The service gave no answer in {place}.",
}
OURS = "Judging failed on our side. This costs you no try; your work is safe. Send it again in a moment."


@dataclass(frozen=True, slots=True)
class Situation:
    """What the sentences are made from.

    `name` and `number` are of the first failing case, empty and 0 where they may not be known. `earlier_pass`: all
    cases before it were accepted, and there were some. `group` is that of the failing case. `not_run`: how many cases
    were not run, and why. `own` are the own cases of which an expected value is known.
    """

    verdict: Verdict
    reveal: Reveal
    submitted: bool
    hidden: Counts
    sample: Counts
    name: str = ""
    number: int = 0
    group: str = "hidden"
    earlier_pass: bool = False
    noun: str = CASE
    not_run: tuple[tuple[int, str], ...] = ()
    own: Counts = Counts(0, 0)  # noqa: RUF009 -- frozen


def headline(verdict: Verdict, noun: str = CASE, *, submitted: bool = True) -> str:
    """The verdict, or what a run has shown: only a submission is accepted."""
    if verdict is Verdict.ACCEPTED and not submitted:
        return "Samples pass"
    if noun == QUESTION and verdict is Verdict.COMPILE_ERROR:
        return "Answers not readable"
    if noun == DATA_SET and verdict is Verdict.COMPILE_ERROR:
        return "The query does not run"
    return verdict.value[0].upper() + verdict.value[1:]


def summary(at: Situation, record: Record) -> str:
    """What happened, and what was not run for it, in one to four sentences."""
    return " ".join((_happened(at, record), *_own(at), *_left_out(at)))


def _own(at: Situation) -> Iterator[str]:
    if at.own.total:
        cases, give = ("own case", "gives") if at.own.total == 1 else ("own cases", "give")
        yield f"{at.own.passed} of {at.own.total} {cases} {give} what you expect."


def _left_out(at: Situation) -> Iterator[str]:
    for count, why in at.not_run:
        were = f"{at.noun} was" if count == 1 else f"{at.noun}s were"
        yield f"{count} {were} not run: {why}."


def _happened(at: Situation, record: Record) -> str:
    match at.verdict:
        case Verdict.JUDGE_ERROR:
            return OURS
        case _ if at.noun == QUESTION:
            return _marked(at)
        case Verdict.COMPILE_ERROR:
            return _not_started(at)
        case Verdict.ACCEPTED:
            return _accepted(at)
        case Verdict.WRONG_ANSWER:
            return f"{_passing(at)} {_first(at)}".strip()
        case _ if at.noun == STEP and at.verdict in _OF_STEPS:
            return f"{_OF_STEPS[at.verdict].format(place=_place(at), memory=record['memory_mib'])} {_passing(at)}"
        case Verdict.TIME_LIMIT_EXCEEDED:
            return f"Stopped after {record['time_limit_s']:g} s in {_place(at)}. {_growth(at)}"
        case Verdict.MEMORY_LIMIT_EXCEEDED if at.noun == DATA_SET:
            return f"Needed more memory, or more room for rows to sort and join, than there is in {_place(at)}."
        case Verdict.MEMORY_LIMIT_EXCEEDED:
            return f"Used more than {record['memory_mib']} MiB in {_place(at)}. Keep less in memory at once."
        case Verdict.OUTPUT_LIMIT_EXCEEDED if at.noun == DATA_SET:
            return f"Gave more rows than can be read in {_place(at)}. Is a join without its condition in it?"
        case Verdict.OUTPUT_LIMIT_EXCEEDED:
            return f"Wrote more than {record['output_kib']} KiB in {_place(at)}. Print less, return less."
    return f"The {'query' if at.noun == DATA_SET else 'program'} stopped in {_numbered(at)}. {_passing(at)}"


def judged_on(noun: str) -> str:
    """What submissions are judged on: hidden cases, questions."""
    return f"{noun}s" if noun == QUESTION else f"hidden {noun}s"


def _marked(at: Situation) -> str:
    if at.verdict is Verdict.COMPILE_ERROR:
        return "Nothing was marked. This happens when the questions changed while the page was open: load it again."
    right = f"{at.hidden.passed} of {at.hidden.total} questions are right."
    if at.verdict is Verdict.ACCEPTED or at.reveal is Reveal.NOTHING:
        return right
    return f"{right} Read what is said of your answers, then try again."


def _not_started(at: Situation) -> str:
    if at.noun == STEP:
        return "The files cannot be taken, so nothing was started."
    if at.noun == DATA_SET:
        return "PostgreSQL cannot run the query, whatever the data."
    return "The program cannot start, so no case was run."


def _accepted(at: Situation) -> str:
    if at.submitted:
        return f"{at.hidden.passed} of {at.hidden.total} hidden {at.noun}s."
    return f"{_passing(at)} Submit runs the hidden {at.noun}s."


def _passing(at: Situation) -> str:
    counts, what = (at.hidden, f"hidden {at.noun}s") if at.submitted else (at.sample, "samples")
    passing = f"{what.removesuffix('s')} passes" if counts.total == 1 else f"{what} pass"
    return f"{counts.passed} of {counts.total} {passing}."


def _first(at: Situation) -> str:
    if at.number:
        return f"First failure: {_numbered(at)}."
    return f"This problem shows nothing of hidden {at.noun}s." if at.reveal is Reveal.NOTHING else ""


def _numbered(at: Situation) -> str:
    if not at.number:
        return f"a hidden {at.noun}"
    return f"{_group(at)} {at.number}"


def _group(at: Situation) -> str:
    return {"sample": "sample", "own": "your own input"}.get(at.group, at.noun)


def _place(at: Situation) -> str:
    return f"‘{at.name.removesuffix('.')}’" if at.name else f"a hidden {at.noun}"


def _growth(at: Situation) -> str:
    if at.earlier_pass:
        return f"Smaller {at.noun}s pass: think about growth."
    if at.noun == DATA_SET:
        return "Is a join without its condition in it, or a subquery that runs for each row?"
    return "Look for a loop that does not end." if at.number else "Think about growth."
