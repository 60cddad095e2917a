"""What interviews are made of, what their tasks ask, and what they came to."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from sandbox.model import Verdict
from trainer.api.models.common import LANGUAGE, SLUG, Strict, WrittenIn
from trainer.api.models.interviews import ADVISED, POINTS, InterviewEntry, TaskKind
from trainer.api.models.problems import QuestionModel, Sample, SchemaModel, ServiceModel
from trainer.bank.interviews import Disclosure

REVEAL = (
    "What is told before the end: `live` judges at once and names the first failure; `samples` shows the samples of"
    " runs; `none` shows what came out for your own input"
)
TASK = "Number of the task, from 1"


class FormatTask(BaseModel):
    """What one task of a format will be."""

    kinds: list[TaskKind] = Field(description="What kind of problem it may be")
    minutes: int = Field(description=ADVISED)
    points: int = Field(description=POINTS)


class FormatModel(BaseModel):
    """A sort of interview."""

    id: str = Field(description="Id by which it is started")
    title: str = Field(description="Its title")
    about: str = Field(description="What it is like")
    minutes: int = Field(description="How long it is, without your time factor")
    reveal: Disclosure = Field(description=REVEAL)
    advice: list[str] = Field(description="What to do before and meanwhile")
    tasks: list[FormatTask] = Field(description="Its tasks in order")
    possible: bool = Field(description="The bank has enough problems for it")
    fresh: bool = Field(description="You have seen none of the problems that it would ask")


class FormatList(BaseModel):
    """All interviews that can be begun."""

    formats: list[FormatModel] = Field(description="In their order; the demo, which counts nowhere, is last")


class TextSlot(BaseModel):
    """Something to type for a task."""

    name: str = Field(description="Its name in the address of a text")
    title: str = Field(description="What it is called; empty of a language")
    ask: str = Field(description="What is asked there; may be empty")
    minutes: int | None = Field(description="Minutes that the format advises for it")


class TaskModel(BaseModel):
    """A task as its room shows it: without titles, topics or hints."""

    number: int = Field(description=TASK)
    kind: TaskKind = Field(description="What kind of problem it is, or a question that is answered in words")
    minutes: int = Field(description=ADVISED)
    points: int = Field(description=POINTS)
    reveal: Disclosure = Field(description=REVEAL)
    statement: str = Field(description="What is asked, as markdown")
    statement_html: str = Field(description="What is asked, as HTML")
    signature: str | None = Field(description="What code defines; null where no code is asked for")
    languages: list[WrittenIn] = Field(description="What it can be answered in. " + LANGUAGE)
    starters: dict[str, str] = Field(description="What an editor opens with, by language")
    time_limit_s: float | None = Field(description="CPU seconds that a case may take")
    memory_mib: int | None = Field(description="Memory that a case may take, in MiB")
    samples: list[Sample] = Field(description="The cases that are shown; none where the format shows none")
    questions: list[QuestionModel] = Field(description="Of a quiz; else empty")
    database: SchemaModel | None = Field(description="Of SQL problems: tables and the samples' rows")
    service: ServiceModel | None = Field(description="Of services and debugging problems")
    texts: list[TextSlot] = Field(description="What can be typed for it, languages first")


class TaskResult(BaseModel):
    """What one task came to."""

    number: int = Field(description=TASK)
    problem: str | None = Field(description=SLUG + "; null of a question that is answered in words")
    title: str = Field(description="Title of the problem, or empty")
    topics: list[str] = Field(description="Ids of its topics")
    submission: int | None = Field(description="Number of the submission that counts; null where there is none")
    submissions: int = Field(description="How many there are")
    by_bell: bool = Field(description="What counts was submitted when the time was over")
    verdict: Verdict | None = Field(description="Of the submission that counts; null until it is judged")
    summary: str = Field(description="What happened, in a sentence; may be empty")
    failed_case: str = Field(description="Name of the first case that failed, where it may be told; else empty")
    mistake: str = Field(description="The explanation of a known mistake; else empty")
    source: str = Field(description="What counted, or empty")
    correctness: float = Field(description="Points for what is right")
    most_correctness: int = Field(description="Most points for what is right")
    efficiency: float = Field(description="Points for what ended in time")
    most_efficiency: int = Field(description="Most points for what ended in time")
    ask: str = Field(description="Of a question: what was asked, as markdown; else empty")
    strong: list[str] = Field(description="Of a question: what a strong answer contains, as markdown; else empty")
    texts: dict[str, str] = Field(description="What was said in words, by thinking step; `words` is an answer")
    late: dict[str, str] = Field(description="What was typed after the end, by name: kept, never scored")


class TopicPoints(BaseModel):
    """Points of the tasks of one topic."""

    topic: str = Field(description="Id of the topic")
    points: float = Field(description="Points that were made")
    most: int = Field(description="Most points")


class EarlierModel(BaseModel):
    """An earlier interview of the same format."""

    id: int = Field(description="Its number")
    started_at: datetime = Field(description="When it began")
    score: int | None = Field(description="Out of 100")


class CriterionModel(BaseModel):
    """One line of the rubric."""

    id: str = Field(description="Id by which it is filled in")
    title: str = Field(description="What is looked at")
    levels: list[str] = Field(description="What 0, 1, 2 … points look like")


class EntryModel(BaseModel):
    """What somebody says of one criterion."""

    criterion: str = Field(description="Id of the criterion")
    level: int = Field(description="Points")
    remark: str = Field(description="A remark; may be empty")


class ReadingModel(BaseModel):
    """What one person says of the interview."""

    name: str = Field(description="Who says it")
    is_student: bool = Field(description="It is whoever sat it")
    entries: list[EntryModel] = Field(description="The criteria that are filled in")
    points: int = Field(description="Points of these")
    most: int = Field(description="Most points of these")


class InterviewReport(InterviewEntry):
    """What an interview came to."""

    score: int | None = Field(description="Out of 100; null until all is judged, and where nothing is judged at all")
    formula: str = Field(description="How points are made")
    terms: dict[str, str] = Field(description="What the words of the formula mean")
    sent: int = Field(description="Submissions, those of the bell among them")
    waiting: int = Field(description="Submissions that are not judged yet")
    tasks: list[TaskResult] = Field(description="Its tasks in order")
    by_topic: list[TopicPoints] = Field(description="The same by main topic")
    next: list[str] = Field(description="Slugs of problems to practise next")
    earlier: list[EarlierModel] = Field(description="Earlier ones of the same format, newest first")
    scratchpad: str = Field(description="The text of the scratchpad")
    rubric: list[CriterionModel] = Field(description="The lines by which it is read; none of a demo")
    readings: list[ReadingModel] = Field(description="What was said by now, the student's own first")


class NewEntry(Strict):
    """What you say of one criterion."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"level": 1, "remark": "It asked first."}]})

    level: int = Field(ge=0, le=100, description="Points, as the criterion's levels count")
    remark: str = Field("", description="A remark of at most 2,000 characters")


class Invitation(BaseModel):
    """A link for one reader."""

    link: str = Field(description="Shown now and never again. Who opens it first, signed in, is the reader")
