"""What a student reads after a judging: frozen values, complete and safe to show, for templates and the JSON API.

A `Feedback` holds only what the problem's reveal policy allows, so whoever renders it decides nothing. All texts are
plain: templates escape them. Values (input, expected, got) are literals of the answer's language, shortened
where they are long.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from sandbox.model import Verdict

Mark = Literal["same", "ins", "del"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the student's program or data. `cut`: its end is left out, say so ("shown to 4 KB")."""

    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """One line of the input: a parameter's name and its value, or, of a class problem, `name` "" and one call."""

    name: str
    value: Text


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a value. `ins` stands in the expected value only (<ins>), `del` in what was got only (<del>)."""

    text: str
    mark: Mark = "same"


@dataclass(frozen=True, slots=True)
class Error:
    """An error of the student's program, not reworded.

    `line` counts in the student's source from 1. `message` and `trace` are empty where the case is not shown in full.
    `call` says in which call of a class problem it happened ("back(1), call 3"), or is empty.
    """

    type: str
    message: str = ""
    line: int | None = None
    trace: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `mark`: "missing" from the answer, "extra" in it, "misplaced", or "" where it is right.

    `shown`: of a missing or extra row whose counterpart is known, the cells as segments, with what differs marked and
    what is not seen written out; else empty.
    """

    cells: tuple[str | None, ...]
    mark: Literal["", "missing", "extra", "misplaced"] = ""
    shown: tuple[tuple[Segment, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TableDiff:
    """The table that a query gave, held against the expected one where there is one; None in a cell is NULL.

    `count` is how many rows the answer has; `cut`: some of the rows are left out. `types` says of each column whose
    type is wrong what it is and what was expected, "" of the others; it is empty where all are right.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    count: int
    cut: bool = False
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a query's plan: what it did, to what depth it stands below others, rows and blocks it touched."""

    depth: int
    name: str
    detail: str
    rows: int
    blocks: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request to a service and its answer. `status` 0: none came, `note` says why. Bodies are shown to 2 KB."""

    method: str
    path: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    ms: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step of a suite by its name. `css` as of a case; `sample`: it is shown to everybody; `why` it was not run."""

    name: str
    css: str
    sample: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class CaseFeedback:
    """One case as the student may see it.

    `number` counts from 1 among the cases of its group (samples, hidden, own). `verdict` is None where there was
    nothing to compare with (own input) or the case was not run; `css` is then "own" or "not-run", else the verdict's
    letters in lower case (ac, wa, tle …) as in `is-wa`.
    `shown`: input, values, prints and messages are here. Where it is False, `expected`, `got` and `input` are empty.
    `expected` and `got` are differences by word; both are empty when no value came back, `got` alone for own input.
    `expected_cut`/`got_cut`: the end is left out.
    `reason`: one sentence where the verdict does not speak for itself ("Returned str, expected list[int].").
    `time_ms` is CPU time, of a step how long it took. `table` and `plan` are a query's; the plan belongs to runs.
    `data` is what makes the rows of a hidden data set, as SQL. `exchanges` are a step's; its `stdout` is the service's
    log.
    """

    group: Literal["sample", "hidden", "own"]
    number: int
    name: str
    verdict: Verdict | None
    css: str
    shown: bool
    input: tuple[Argument, ...] = ()
    expected: tuple[Segment, ...] = ()
    got: tuple[Segment, ...] = ()
    expected_cut: bool = False
    got_cut: bool = False
    reason: str = ""
    stdout: Text = Text("")
    stderr: Text = Text("")
    error: Error | None = None
    time_ms: float | None = None
    memory_mib: float | None = None
    table: TableDiff | None = None
    data: Text = Text("")
    plan: tuple[PlanStep, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    exchanges_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A choice, an item, a left-hand side, or a typed answer. `why` is markdown and may be empty.

    `mark` says whether it is right to choose it, that it stands where it belongs, or that its pair is right.
    """

    id: str
    text: str
    chosen: bool
    mark: Literal["right", "wrong"]
    why: str = ""


@dataclass(frozen=True, slots=True)
class QuestionFeedback:
    """One question of a quiz, as answered. `reason` says what is wrong, `why` explains a right answer; both markdown.

    Of a wrong answer `parts` hold at most one choice that was taken, and nothing that says which others are right.
    """

    name: str
    answered: bool
    right: bool
    reason: str = ""
    why: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One stroke of the case bar. `css`: "" for accepted, "wa", "tle" … for failures, "not-run"."""

    number: int
    css: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases there are of a group and how many of them were accepted."""

    passed: int
    total: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """One judging, as the student reads it.

    `headline` names the verdict ("Wrong answer"), `summary` says what happened and what to do next in one or two
    sentences; `css` is the verdict's letters in lower case, as in `resulthead is-wa`. `submitted` is False for a run
    with samples and own input, which has no hidden cases.
    `casebar`: all hidden cases in order; empty for runs, after a compile error, and where the policy shows nothing.
    `failure`: the first case that fails, sample or hidden; None where all pass or the policy shows nothing of it.
    `samples`, `own`: every case of these groups, in order, always in full.
    `mistake`: the explanation of a known mistake that fails exactly the same cases, or "".
    `noun`: what this kind calls a case. `compile_output`: for a compile error. `time_ms`: CPU time of the slowest case,
    None where it may not be known. `questions` are a quiz's, all of them; `steps` a
    service's, where their names may be known.
    """

    verdict: Verdict
    css: str
    headline: str
    summary: str
    score: float
    submitted: bool
    hidden: Counts
    sample: Counts
    casebar: tuple[Bar, ...] = ()
    failure: CaseFeedback | None = None
    samples: tuple[CaseFeedback, ...] = ()
    own: tuple[CaseFeedback, ...] = ()
    mistake: str = ""
    compile_output: str = ""
    time_ms: float | None = None
    memory_mib: float | None = None
    noun: str = "case"
    questions: tuple[QuestionFeedback, ...] = ()
    steps: tuple[StepMark, ...] = ()

    @classmethod
    def unreadable(cls, verdict: Verdict, headline: str, why: str, score: float) -> Feedback:
        """Of a judgement whose details this release cannot read: what the row says, and why there is no more."""
        nothing = Counts(0, 0)
        return cls(verdict, verdict.short.lower(), headline, why, score, False, nothing, nothing)

    def as_json(self) -> dict[str, Any]:
        """The same as plain JSON values, for the API."""
        return asdict(self)
