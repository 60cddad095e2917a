"""What happened in an interview, as it is recorded and replayed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from trainer.api.models.common import NEXT, Strict

NUMBER = "Number of the task, from 1; 0 is the scratchpad"


class NewEvent(Strict):
    """A look at a task (0: none is before the eyes), a step that was begun, an edit of a text, or how it stands."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    ago: int = Field(0, ge=0, le=86_400_000, description="So many ms before this request. Later events come later")
    task: int = Field(ge=0, le=100, description=NUMBER)
    look: bool = Field(False, description="The task came on screen")
    step: str = Field("", max_length=40, description="The thinking step that was begun, by its id")
    name: str = Field("", max_length=40, description="Of an edit: what was edited")
    state: bool = Field(False, description="`text` is the whole of it, as the page found it")
    start: int = Field(0, ge=0, alias="from", le=2**31, description="Of an edit: where it begins")
    end: int = Field(0, ge=0, alias="to", le=2**31, description="Of an edit: where what it replaces ends")
    text: str = Field("", max_length=200_000, description="The text between `from` and `to` now")


class NewEvents(Strict):
    """A batch of events."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "key": "batch-0001",
                    "events": [
                        {"ago": 4200, "task": 1, "look": True},
                        {"ago": 900, "task": 1, "name": "python", "from": 0, "to": 0, "text": "# first"},
                    ],
                }
            ]
        }
    )

    key: str = Field(min_length=8, max_length=40, description="The batch's own name: it is stored once")
    events: list[NewEvent] = Field(description="What happened, in order")


class Recorded(BaseModel):
    """Whether a batch is kept."""

    recorded: bool = Field(description="False: the interview is over, or 8 MB are used up")


class ReplayQuery(Strict):
    start: int = Field(0, ge=0, le=10_000_000, description="Follow `next` instead of counting")


class ReplayText(BaseModel):
    """One text as it was at the start."""

    task: int = Field(description=NUMBER)
    name: str = Field(description="What it is: a language, a thinking step, or the scratchpad")
    text: str = Field(description="The text")


class ReplayQuestion(BaseModel):
    """One question of a quiz, so that its answers can be read."""

    task: int = Field(description=NUMBER)
    name: str = Field(description="The key under which it is answered")
    heading: str = Field(description="The question in short")
    choices: dict[str, str] = Field(description="The words of each choice, by its id")


class ReplayModel(BaseModel):
    """What happened, in order, in seconds from the start. Places count as JavaScript counts."""

    length: float = Field(description="How long the interview was, in seconds")
    texts: list[ReplayText] = Field(description="What the editors held at the start")
    questions: list[ReplayQuestion] = Field(description="Of quizzes among the tasks")
    edits: list[tuple[float, int, str, int, int, str]] = Field(description="at, task, name, from, to, text")
    looks: list[tuple[float, int]] = Field(description="at, task")
    marks: list[tuple[float, int, str, str]] = Field(description="at, task, what, said")
    next: str | None = Field(description=NEXT)
