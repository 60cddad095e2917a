"""Problems: the list, and what one of them says."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.model import Verdict
from trainer.api.models.common import (
    KIND,
    LABEL,
    LANGUAGE,
    NEXT,
    SLUG,
    TOPIC_IDS,
    Difficulty,
    Kind,
    Label,
    PageQuery,
    WrittenIn,
)
from trainer.learning.progress import State

DIFFICULTY = "How hard it is among the problems of its topics"
MINUTES = "How long it usually takes"
Sort = Literal["best", "shortest", "open", "title"]
QuestionType = Literal["single", "multiple", "order", "match", "text", "number"]


class ProblemEntry(BaseModel):
    """One problem of the list, with what you have done."""

    slug: str = Field(description=SLUG, examples=["sliding-window-rate-limiter"])
    title: str = Field(description="Its title")
    kind: Kind = Field(description=KIND)
    label: Label = Field(description=LABEL)
    difficulty: Difficulty = Field(description=DIFFICULTY)
    topics: list[str] = Field(description=TOPIC_IDS)
    minutes: int = Field(description=MINUTES)
    state: State = Field(description="What you have done: `tried` is judged and not accepted yet")
    tries: int = Field(description="How often you have submitted")
    last_verdict: Verdict | None = Field(description="Of your last submission that was judged")
    starred: bool = Field(description="You have marked it with a star")
    found_as: str = Field(description="Another name of the problem, where it was found by that; else empty")


class ProblemList(BaseModel):
    """One page of problems."""

    problems: list[ProblemEntry] = Field(description="The problems of this page")
    total: int = Field(description="How many problems all pages have together")
    next: str | None = Field(description=NEXT)


class ListQuery(PageQuery):
    q: str = Field("", max_length=200, description="Words to look for; all of them have to be there")
    kind: list[Label] = Field(default_factory=list, description="Only these kinds")
    topic: list[str] = Field(default_factory=list, description="Only problems with one of these topics, by their ids")
    difficulty: list[Difficulty] = Field(default_factory=list, description="Only these")
    state: list[State] = Field(default_factory=list, description="Only problems in this state for you")
    starred: bool = Field(False, description="Only what you have marked with a star")
    sort: Sort = Field(
        "best",
        description="`best`: best match first where words are looked for, else the easiest; `shortest` by minutes;"
        " `open`: tried ones, then new ones, then accepted ones; by `title`",
    )


class Sample(BaseModel):
    """A case that is shown."""

    name: str = Field(description="What it is called")
    input: str = Field(description="Its input, a parameter a line")
    expected: str = Field(description="The right answer")


class ColumnModel(BaseModel):
    """One column of a table."""

    name: str = Field(description="Its name")
    type: str = Field(description="Its type in PostgreSQL")
    key: bool = Field(description="Part of the primary key")
    nullable: bool = Field(description="It can be NULL")
    references: str = Field(description="The column that it points at, as table.column, or empty")


class TableModel(BaseModel):
    """One table of an SQL problem."""

    name: str = Field(description="Its name")
    columns: list[ColumnModel] = Field(description="Its columns in order")
    indexes: list[str] = Field(description="Indexes beside the keys, by their columns")


class SchemaModel(BaseModel):
    """What an SQL problem asks."""

    tables: list[TableModel] = Field(description="All its tables")
    samples: list[dict[str, list[list[str | None]]]] = Field(description="Rows of each sample, by table; null is NULL")


class ChoiceModel(BaseModel):
    """Something to choose, to order or to match."""

    id: str = Field(description="The key under which it is answered")
    text: str = Field(description="Its words, as markdown")


class QuestionModel(BaseModel):
    """One question of a quiz, without its answer. Choices stand in an order that tells nothing."""

    name: str = Field(description="The key under which it is answered")
    type: QuestionType = Field(description="How it is answered")
    ask_html: str = Field(description="The question, as HTML")
    choices: list[ChoiceModel] = Field(description="To choose, to order, or the right sides of a match; else empty")
    lefts: list[ChoiceModel] = Field(description="The left sides of a match; else empty")
    unit: str = Field(description="Of a number, or empty")


class CauseModel(BaseModel):
    """The question that goes before the fix of a broken service."""

    file: str = Field(description="The answer to it stands under this key in the JSON object of files")
    ask_html: str = Field(description="The question, as HTML")
    choices: list[ChoiceModel] = Field(
        description="Causes to choose from, answered by `id`. Empty where a line is asked for: answer `app.py:12`"
    )


class ServiceModel(BaseModel):
    """How a service is run, and what there is to find out where it is broken."""

    start: str = Field(description="The command that starts it", examples=["python app.py"])
    env: dict[str, str] = Field(description="Variables of its environment")
    has_upstream: bool = Field(description="It asks another service, which the judge plays")
    evidence: dict[str, str] = Field(description="Of a debugging problem: logs and other texts to read, by file")
    cause: CauseModel | None = Field(description="Of a debugging problem: the question what its cause is")
    most_changed_lines: int | None = Field(description="Of a debugging problem: a fix changes at most so many lines")


class ProblemDetail(BaseModel):
    """Everything that the page of a problem shows to everybody."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "slug": "double",
                    "title": "Double",
                    "kind": "function",
                    "difficulty": "easy",
                    "topics": ["arrays"],
                    "minutes": 10,
                    "version": 1,
                    "signature": "double(number: int) -> int",
                    "languages": ["python"],
                    "starters": {"python": "def double(number: int) -> int:\n    ...\n"},
                    "time_limit_s": 2.0,
                    "memory_mib": 256,
                    "hidden_cases": 12,
                    "hints": 2,
                    "statement": "Give twice the number.",
                    "statement_html": "<p>Give twice the number.</p>",
                    "samples": [{"name": "three", "input": "number = 3", "expected": "6"}],
                    "questions": [],
                    "database": None,
                    "service": None,
                }
            ]
        }
    )

    slug: str = Field(description=SLUG)
    title: str = Field(description="Its title")
    kind: Kind = Field(description=KIND)
    difficulty: Difficulty = Field(description=DIFFICULTY)
    topics: list[str] = Field(description=TOPIC_IDS)
    minutes: int = Field(description=MINUTES)
    version: int = Field(description="Number of the version that judges what is sent now")
    signature: str | None = Field(description="What code defines; null where no code is asked for")
    languages: list[WrittenIn] = Field(description="What it can be answered in. " + LANGUAGE)
    starters: dict[str, str] = Field(description="What an editor opens with, by language")
    time_limit_s: float = Field(description="CPU seconds that a case may take")
    memory_mib: int = Field(description="Memory that a case may take, in MiB")
    hidden_cases: int | None = Field(description="How many there are; null until they are made ready")
    hints: int = Field(description="How many hints there are")
    statement: str = Field(description="What is asked, as markdown")
    statement_html: str = Field(description="What is asked, as HTML")
    samples: list[Sample] = Field(description="The cases that are shown")
    questions: list[QuestionModel] = Field(description="Of a quiz; else empty")
    database: SchemaModel | None = Field(None, description="Of SQL problems: tables and the samples' rows")
    service: ServiceModel | None = Field(None, description="Of services and debugging problems")


class TopicModel(BaseModel):
    """What problems are about."""

    id: str = Field(description="Id by which problems are filtered", examples=["queues"])
    title: str = Field(description="Its title")
    group: str = Field(description="Which group of topics it belongs to")
    prerequisites: list[str] = Field(description="Ids of topics that are better known before")
    problems: int = Field(description="How many published problems have it")


class TopicList(BaseModel):
    """All topics that have problems."""

    topics: list[TopicModel] = Field(description="In the order in which the progress page lists them")
