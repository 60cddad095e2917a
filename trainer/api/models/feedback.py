"""What is read after a judging, as the API tells it. It holds only what the problem's reveal policy allows."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.model import Verdict

NOT_SHOWN = "; empty where the case is not shown in full"


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class TextPiece(_Told):
    """A text of the program or its data."""

    text: str = Field(description="The text, or its beginning")
    cut: bool = Field(description="The end is left out")


class ArgumentValue(_Told):
    """One line of an input."""

    name: str = Field(description="Name of the parameter; empty for a call of a class problem")
    value: TextPiece = Field(description="Its value as a Python literal, or the call")


class ValueSegment(_Told):
    """A piece of a value, held against the other one."""

    text: str = Field(description="The piece")
    mark: Literal["same", "ins", "del"] = Field(
        description="`same` in both, `ins` in the expected value only, `del` in what was got only"
    )


class ProgramError(_Told):
    """An error of the program that was sent, in its own words."""

    type: str = Field(description="Its class", examples=["ZeroDivisionError"])
    message: str = Field(description="What it says" + NOT_SHOWN)
    line: int | None = Field(description="Line of the source, from 1")
    trace: str = Field(description="The stack" + NOT_SHOWN)
    call: str = Field(description="In which call of a class problem it happened; else empty")


class RowModel(_Told):
    """A row of the table that a query gave."""

    cells: list[str | None] = Field(description="Its values as texts; null is NULL")
    mark: Literal["", "missing", "extra", "misplaced"] = Field(description="What is wrong with it; empty where right")
    shown: list[list[ValueSegment]] = Field(
        description="Where the row that was meant is known: the cells in segments, with what differs marked; else empty"
    )


class TableDifference(_Told):
    """The table that a query gave, held against the expected one where there is one."""

    columns: list[str] = Field(description="Names of its columns")
    rows: list[RowModel] = Field(description="Its rows, and those that are missing")
    count: int = Field(description="How many rows the answer has")
    cut: bool = Field(description="Some of the rows are left out")


class PlanStepModel(_Told):
    """One step of a query's plan."""

    depth: int = Field(description="How deep it stands below others")
    name: str = Field(description="What PostgreSQL calls it")
    detail: str = Field(description="Of what table, index or condition it is")
    rows: int = Field(description="Rows that it gave")
    blocks: int = Field(description="Blocks that it touched")


class ExchangeModel(_Told):
    """A request to a service, and its answer."""

    method: str = Field(description="Method of the request")
    path: str = Field(description="Path and query of the request")
    request_headers: list[tuple[str, str]] = Field(description="Names and values of its headers")
    request_body: str = Field(description="Its body")
    status: int = Field(description="Status of the answer; 0 where none came")
    headers: list[tuple[str, str]] = Field(description="Names and values of the answer's headers")
    body: str = Field(description="The answer's body, to 2 KB")
    ms: int = Field(description="How long the answer took")
    note: str = Field(description="Why no answer came; else empty")


class StepModel(_Told):
    """One step of a hidden suite."""

    name: str = Field(description="What it makes sure of")
    verdict: Verdict | None = Field(description="What was judged; null where it was not run")
    sample: bool = Field(description="It is shown to everybody")
    why: str = Field(description="Why it was not run; else empty")


class CaseModel(_Told):
    """One case, as you may see it."""

    group: Literal["sample", "hidden", "own"] = Field(description="Whose case it is")
    number: int = Field(description="Its number in its group, from 1")
    name: str = Field(description="What it is called; empty where that is not told")
    verdict: Verdict | None = Field(description="Null where there was nothing to compare with, or it was not run")
    shown: bool = Field(description="Input, values, prints and messages are here")
    input: list[ArgumentValue] = Field(description="What went in" + NOT_SHOWN)
    expected: list[ValueSegment] = Field(description="The right answer in segments" + NOT_SHOWN)
    got: list[ValueSegment] = Field(description="What came back in segments" + NOT_SHOWN)
    expected_cut: bool = Field(description="The end of the right answer is left out")
    got_cut: bool = Field(description="The end of what came back is left out")
    reason: str = Field(description="A sentence where the verdict does not speak for itself; else empty")
    stdout: TextPiece = Field(description="What was printed; of a service its log")
    stderr: TextPiece = Field(description="What was printed to the standard error")
    error: ProgramError | None = Field(description="The error by which the program ended")
    time_ms: float | None = Field(description="CPU time; of a step how long it took")
    memory_mib: float | None = Field(description="Memory at its highest, in MiB")
    table: TableDifference | None = Field(description="Of a query: the rows that it gave")
    data: TextPiece = Field(description="Of a hidden data set: the SQL that makes its rows" + NOT_SHOWN)
    plan: list[PlanStepModel] = Field(description="Of a query that was run: what PostgreSQL did; else empty")
    exchanges: list[ExchangeModel] = Field(description="Of a service: what was asked and answered; else empty")
    exchanges_left_out: int = Field(description="How many exchanges are not told")


class PartModel(_Told):
    """A choice, an item, a left side or a typed answer, as it was marked."""

    id: str = Field(description="Id of the choice")
    text: str = Field(description="Its words, as markdown")
    chosen: bool = Field(description="You took it")
    mark: Literal["right", "wrong"] = Field(description="It is right to choose it, or it stands where it belongs")
    why: str = Field(description="Why, as markdown; may be empty")


class QuestionMark(_Told):
    """One question of a quiz, as answered."""

    name: str = Field(description="Its name")
    answered: bool = Field(description="You answered it")
    right: bool = Field(description="Your answer is right")
    reason: str = Field(description="What is wrong, as markdown; else empty")
    why: str = Field(description="What explains a right answer, as markdown; else empty")
    parts: list[PartModel] = Field(description="What may be told of its choices")


class BarCase(BaseModel):
    """One hidden case by its number alone."""

    number: int = Field(description="Its number among the hidden cases, from 1")
    verdict: Verdict | None = Field(description="What was judged; null where it was not run")


class CaseCounts(_Told):
    """Cases of one group."""

    passed: int = Field(description="How many were accepted")
    total: int = Field(description="How many there are")


class FeedbackModel(_Told):
    """One judging, as you read it."""

    verdict: Verdict = Field(description="The verdict of the whole")
    headline: str = Field(description="The verdict in words")
    summary: str = Field(description="What happened and what to do next, in one or two sentences")
    score: float = Field(description="From 0 to 1")
    submitted: bool = Field(description="False for a run, which has no hidden cases")
    hidden: CaseCounts = Field(description="The hidden cases")
    sample: CaseCounts = Field(description="The samples")
    casebar: list[BarCase] = Field(description="All hidden cases in order; empty where the policy shows nothing")
    failure: CaseModel | None = Field(description="The first case that fails, as far as it may be told")
    samples: list[CaseModel] = Field(description="All samples in full")
    own: list[CaseModel] = Field(description="Your own cases in full")
    mistake: str = Field(description="The explanation of a known mistake that fails the same cases; else empty")
    compile_output: str = Field(description="What the compiler says; else empty")
    time_ms: float | None = Field(description="CPU time of the slowest case; null where it may not be known")
    memory_mib: float | None = Field(description="Memory of the largest case; null where it may not be known")
    noun: str = Field(description="What this kind calls a case", examples=["case", "data set", "step"])
    questions: list[QuestionMark] = Field(description="Of a quiz: its questions; else empty")
    steps: list[StepModel] = Field(description="Of a service: its steps, where their names may be known; else empty")
