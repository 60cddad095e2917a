"""Shapes of what the API takes and gives."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from trainer.kinds.feedback import Feedback


class Strict(BaseModel):
    """What is sent to us: unknown fields are refused, so that a misspelt one does not go unnoticed."""

    model_config = ConfigDict(extra="forbid")


class Error(BaseModel):
    code: str
    message: str
    field: str | None = None


class ErrorAnswer(BaseModel):
    """Every error looks like this."""

    error: Error


class ProblemEntry(BaseModel):
    slug: str
    title: str
    kind: str
    label: str
    icon: str = Field(description="Name of its icon in icons.svg")
    difficulty: str
    topics: list[str]
    minutes: int
    state: str = Field(description="new, tried or accepted")
    tries: int
    last_verdict: str | None
    starred: bool
    found_as: str = Field(description="Another name of the problem, where it was found by that; else empty")


NEXT = "Where the next page is; null in the last one"


class ProblemList(BaseModel):
    problems: list[ProblemEntry]
    total: int = Field(description="Of all pages")
    next: str | None = Field(description=NEXT)


class ListQuery(Strict):
    q: str = Field("", max_length=200, description="Words to look for; all of them have to be there")
    topic: list[str] = Field(default_factory=list)
    difficulty: list[str] = Field(default_factory=list)
    state: list[str] = Field(default_factory=list)
    page: int = Field(1, ge=1, le=100_000)


class Sample(BaseModel):
    name: str
    input: str
    expected: str


class ColumnModel(BaseModel):
    name: str
    type: str
    key: bool = Field(description="Part of the primary key")
    nullable: bool
    references: str = Field(description="The column that it points at, as table.column, or empty")


class TableModel(BaseModel):
    name: str
    columns: list[ColumnModel]
    indexes: list[str] = Field(description="Indexes beside the keys, by their columns")


class SchemaModel(BaseModel):
    """What an SQL problem asks."""

    tables: list[TableModel]
    samples: list[dict[str, list[list[str | None]]]] = Field(description="Rows of each sample, by table; null is NULL")


class ChoiceModel(BaseModel):
    id: str = Field(description="By this it is answered")
    text: str = Field(description="Markdown")


class QuestionModel(BaseModel):
    """One question of a quiz, without its answer. Choices stand in an order that tells nothing."""

    name: str
    type: str = Field(description="single, multiple, order, match, text or number")
    ask_html: str
    choices: list[ChoiceModel] = Field(description="To choose, to order, or the right sides of a match; else empty")
    lefts: list[ChoiceModel] = Field(description="The left sides of a match; else empty")
    unit: str = Field(description="Of a number, or empty")


class ProblemDetail(BaseModel):
    slug: str
    title: str
    kind: str
    difficulty: str
    topics: list[str]
    minutes: int
    version: int
    signature: str | None = Field(description="What code defines; null where no code is asked for")
    languages: list[str]
    starters: dict[str, str]
    time_limit_s: float
    memory_mib: int
    hidden_cases: int | None = Field(description="How many there are; null until they are made ready")
    hints: int
    statement_html: str
    samples: list[Sample]
    questions: list[QuestionModel] = Field(description="Of a quiz; else empty")
    database: SchemaModel | None = Field(None, description="Of SQL problems: tables and the samples' rows")


class NewSubmission(Strict):
    language: str = Field(max_length=40)
    source: str = Field(
        description="Code. Of a quiz, whose language is `answers`, a JSON object with an answer for each question's"
        " name: the id of a choice; a list of ids; all ids in order; an object of left ids and right ids; or a text"
    )


class NewRun(NewSubmission):
    own_inputs: list[dict[str, str]] = Field(
        default_factory=list,
        description="Own cases, at most 10: for each parameter a JSON value or Python literal, as text; under `=` the"
        " value that you expect, if there is one, and under `#` the name of the case",
    )


class NewOwnCase(Strict):
    """A case of your own. It may be half written: what does not fit is told when it runs."""

    name: str = Field(default="", max_length=80)
    input: dict[str, str] = Field(description="For each parameter a JSON value or Python literal, as text")
    expected: str = Field(default="", description="The value that you expect, or nothing")


class OwnCaseState(NewOwnCase):
    id: int
    saved_at: datetime


class OwnCaseList(BaseModel):
    cases: list[OwnCaseState]


class Sent(BaseModel):
    id: int
    url: str
    events: str = Field(description="Server-sent events: `state`, then `judged`")
    result: str = Field(description="The result as an HTML fragment")


class SubmissionState(BaseModel):
    id: int
    problem: str
    version: int
    purpose: str
    language: str
    source: str
    created_at: datetime
    status: str
    position: int = Field(description="Submissions that are judged before this one")
    done: int = Field(description="Cases that have run")
    total: int
    waiting: bool = Field(description="No engine answers: judging goes on when one does")
    judged_at: datetime | None
    verdict: str | None
    score: float | None
    feedback: Feedback | None


class SubmissionEntry(BaseModel):
    id: int
    problem: str
    language: str
    created_at: datetime
    status: str
    verdict: str | None
    score: float | None


class SubmissionList(BaseModel):
    submissions: list[SubmissionEntry]
    next: str | None = Field(description=NEXT)


class BeforeQuery(Strict):
    before: int | None = Field(None, ge=1, lt=2**53, description="Only what is older than this one, by its id")


class SubmissionQuery(BeforeQuery):
    problem: str | None = None


class NewDraft(Strict):
    language: str = Field(max_length=40)
    source: str
    base_revision: int = Field(ge=0, lt=2**31, description="The revision that was edited; 0 for the starter")
    device: str = Field("", max_length=40)
    force: bool = Field(False, description="Save although there is a newer one, which stays as an older version")


class SavedDraft(BaseModel):
    revision: int
    saved_at: datetime


class DraftState(BaseModel):
    language: str
    revision: int
    source: str
    device: str
    saved_at: datetime


class DraftQuery(Strict):
    language: str = Field("python", max_length=40)


class NewerDraftAnswer(ErrorAnswer):
    newer: DraftState


class TopicProgress(BaseModel):
    topic: str
    solved: int
    attempted: int
    total: int
    tries: int
    active_at: datetime | None
    next: str | None = Field(description="Slug of the problem to take next")


class ProgressAnswer(BaseModel):
    solved: int
    attempted: int
    total: int
    tries: int
    next: str | None
    topics: list[TopicProgress]


class NewConsole(Strict):
    source: str = Field(description="The files, as a JSON object of paths and texts")


class ConsoleState(BaseModel):
    running: bool
    log: str = Field(description="What the service wrote from `since` on")
    end: int = Field(description="Where that ends: the next `since`")
    why: str = Field(description="Why it does not run, in a sentence, or empty")


class StartedConsole(BaseModel):
    id: str
    state: ConsoleState


class ConsoleQuery(Strict):
    since: int = Field(0, ge=0)


class ConsoleRequest(Strict):
    method: str = Field("GET", max_length=20)
    path: str = Field("/", max_length=2000)
    headers: str = Field("", max_length=8000, description="A header a line, `Name: text`")
    body: str = Field("", max_length=65536)


class ConsoleExchange(BaseModel):
    method: str
    path: str
    request_headers: list[list[str]]
    request_body: str
    status: int = Field(description="0 where no answer came; `note` says why")
    headers: list[list[str]]
    body: str
    ms: int
    note: str


class ConsoleAnswer(BaseModel):
    exchange: ConsoleExchange | None
    reason: str = Field(description="What went wrong, in a sentence, or empty")


class NewInterview(Strict):
    format: str = Field(max_length=40, description="Id of a format, or `demo`")


class InterviewEntry(BaseModel):
    id: int
    format: str
    title: str
    started_at: datetime
    bell_at: datetime = Field(description="When its time is over, by the server's clock")
    phase: str = Field(description="running or over")
    ending: str | None = Field(description="bell, handed in, abandoned; null while it runs")


class InterviewList(BaseModel):
    interviews: list[InterviewEntry]
    next: str | None = Field(description=NEXT)


class TaskState(BaseModel):
    """A task by its number. What it is about is told by its page alone."""

    number: int
    kind: str
    minutes: int = Field(description="Advice, not a limit")
    points: int


class InterviewState(InterviewEntry):
    now: datetime = Field(description="The server's clock")
    seconds_left: float
    warnings: list[datetime] = Field(description="When the bell is announced")
    sent: int = Field(description="Submissions by now; at the end those of the bell among them")
    waiting: int = Field(description="Submissions that are not judged yet")
    ahead: int = Field(description="Submissions of others that are judged before the last of these")
    tasks: list[TaskState]


class NewText(Strict):
    source: str
    base_revision: int = Field(0, ge=0, description="The revision that was edited; 0 where there was none")
    device: str = Field("", max_length=200)
    force: bool = Field(False, description="Save although there is a newer one")
    language: str = Field("", max_length=40, description="Not needed: the address names what is typed")


class TextState(BaseModel):
    source: str
    revision: int
    device: str
    saved_at: datetime
    late: str | None = Field(description="What arrived after the end: kept, never scored")


class SavedText(BaseModel):
    revision: int
    saved_at: datetime
    late: bool = Field(description="It came after the end and does not count")


class NewEvent(Strict):
    """A look at a task (0: none is before the eyes), a step that was begun, an edit of a text, or how it stands."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    ago: int = Field(0, ge=0, le=86_400_000, description="So many ms before this request. Later events come later")
    task: int = Field(ge=0, le=100)
    look: bool = False
    step: str = Field("", max_length=40)
    name: str = Field("", max_length=40, description="Of an edit: what was edited")
    state: bool = Field(False, description="`text` is the whole of it, as the page found it")
    start: int = Field(0, ge=0, alias="from", le=2**31)
    end: int = Field(0, ge=0, alias="to", le=2**31)
    text: str = Field("", max_length=200_000, description="What stands between `from` and `to` now")


class NewEvents(Strict):
    key: str = Field(min_length=8, max_length=40, description="The batch's own name: it is stored once")
    events: list[NewEvent]


class Recorded(BaseModel):
    recorded: bool = Field(description="False: the interview is over, or 8 MB are used up")


class ReplayQuery(Strict):
    start: int = Field(0, ge=0, le=10_000_000, description="Follow `next` instead of counting")


class ReplayText(BaseModel):
    """One text as it was at the start."""

    task: int
    name: str
    text: str


class ReplayQuestion(BaseModel):
    """One question of a quiz, so that its answers can be read."""

    task: int
    name: str
    heading: str
    choices: dict[str, str] = Field(description="The words of each choice, by its id")


class ReplayModel(BaseModel):
    """What happened, in order, in seconds from the start. Places count as JavaScript counts."""

    length: float
    texts: list[ReplayText]
    questions: list[ReplayQuestion]
    edits: list[tuple[float, int, str, int, int, str]] = Field(description="at, task, name, from, to, text")
    looks: list[tuple[float, int]] = Field(description="at, task")
    marks: list[tuple[float, int, str, str]] = Field(description="at, task, what, said")
    next: str | None = Field(description=NEXT)


class NewerTextAnswer(BaseModel):
    error: Error
    newer: TextState
