"""Mock interviews: how they stand, and what is typed in them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.model import Verdict
from trainer.api.models.common import NEXT, ErrorDetails, Strict
from trainer.api.models.feedback import FeedbackModel
from trainer.api.models.submissions import WAITING, WHY
from trainer.learning.interview import Ending, Phase
from trainer.models import SubmissionStatus

TaskKind = Literal["function", "sql", "service", "debug", "quiz", "question"]
POINTS = "Most points that it gives"
ADVISED = "Minutes that the format advises; no limit"


class NewInterview(Strict):
    """Which interview to begin."""

    format: str = Field(max_length=40, description="Id of a format, or `demo`", examples=["demo"])


class InterviewEntry(BaseModel):
    """One interview of the list."""

    id: int = Field(description="Its number")
    format: str = Field(description="Id of its format")
    title: str = Field(description="Title of its format")
    started_at: datetime = Field(description="When it began")
    bell_at: datetime = Field(description="When its time is over, by the server's clock")
    phase: Phase = Field(description="Whether it runs")
    ending: Ending | None = Field(description="How it ended; null while it runs")


class InterviewList(BaseModel):
    """One page of interviews."""

    interviews: list[InterviewEntry] = Field(description="Newest first")
    next: str | None = Field(description=NEXT)


class TaskState(BaseModel):
    """A task in short."""

    number: int = Field(description="Its number, from 1")
    kind: TaskKind = Field(description="What kind of problem it is, or a question that is answered in words")
    minutes: int = Field(description=ADVISED)
    points: int = Field(description=POINTS)


class InterviewState(InterviewEntry):
    """How an interview stands."""

    now: datetime = Field(description="The server's clock")
    seconds_left: float = Field(description="Seconds to the bell; 0 when it is over")
    warnings: list[datetime] = Field(description="When the bell is announced")
    sent: int = Field(description="Submissions by now; at the end those of the bell among them")
    waiting: int = Field(description="Submissions that are not judged yet")
    ahead: int = Field(description="Submissions of others that are judged before the last of these")
    tasks: list[TaskState] = Field(description="Its tasks")


class SentState(BaseModel):
    """How far a run or submission of a task is, and what came out where the format lets that be told already."""

    status: SubmissionStatus = Field(description="`queued`, then `judging`, then `judged`")
    position: int = Field(description="Submissions that are judged before this one, counted up to 300")
    done: int = Field(description="Cases that have run")
    total: int = Field(description="Cases that there are; 0 until that is known")
    waiting: bool = Field(description=WAITING)
    why: str = Field(description=WHY)
    verdict: Verdict | None = Field(description="Null until it is judged, and where it is told after the end only")
    feedback: FeedbackModel | None = Field(description="As `verdict`")


class NewText(Strict):
    """What was typed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"source": "x = 1", "base_revision": 0}]})

    source: str = Field(description="The whole text")
    base_revision: int = Field(0, ge=0, description="The revision that was edited; 0 where there was none")
    device: str = Field("", max_length=200, description="Where it was typed, in words that you recognise")
    force: bool = Field(False, description="Save although there is a newer one")
    language: str = Field("", max_length=40, description="Not needed: the address names what is typed")


class TextState(BaseModel):
    """The last state of something that is typed."""

    source: str = Field(description="The whole text")
    revision: int = Field(description="Its revision: the next `base_revision`")
    device: str = Field(description="Where it was typed")
    saved_at: datetime = Field(description="When it was saved")
    late: str | None = Field(description="What arrived after the end: kept, never scored")


class SavedText(BaseModel):
    """The text is kept."""

    revision: int = Field(description="Its revision: the next `base_revision`")
    saved_at: datetime = Field(description="When it was saved")
    late: bool = Field(description="It came after the end and does not count")
    bell_at: datetime = Field(description="When the interview ends, as it is now: extra time may have been given")


class NewerTextDetails(ErrorDetails):
    """An error with the text that is newer than the one that was edited."""

    model_config = ConfigDict(json_schema_extra={})

    newer: TextState = Field(description="The newer text")
