"""Submissions of older versions, rejudged by the current one."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from trainer.api.models.common import Strict


class RejudgingQuery(Strict):
    after: int = Field(0, ge=0, description="Changes of submissions with higher numbers alone: for the next 200")


class NewRejudging(Strict):
    """Which submissions are rejudged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1}]})

    version: int | None = Field(None, ge=1, description="Only what this version judged; null: what any older one did")


class OlderVersion(BaseModel):
    """An older version that judged something."""

    version: int = Field(description="Its number")
    published_at: datetime = Field(description="When it was published")
    submissions: int = Field(description="How many it judged that may be rejudged")


class VerdictChange(BaseModel):
    """A submission whose verdict is another one by the current version."""

    submission: int = Field(description="Its number")
    email: str | None = Field(description="Whose it is; null of a guest")
    verdict: str = Field(description="The verdict that it has")
    version: int = Field(description="Number of the version that gave it")
    new_verdict: str = Field(description="What the current version says")


class RejudgingState(BaseModel):
    """What is being rejudged, and what came of it by now. No verdict has changed before it is applied."""

    asked_at: datetime = Field(description="When it was asked for")
    total: int = Field(description="How many submissions it is about")
    judged: int = Field(description="How many were judged by now, `failed` ones among them")
    failed: int = Field(description="How many could not be judged: they keep what they have")
    is_judged: bool = Field(description="All were judged: it can be applied")
    changes: int = Field(description="How many verdicts change")
    changed: list[VerdictChange] = Field(description="The first 200 of them, by the submissions' numbers")


class PastRejudging(BaseModel):
    """One that has ended."""

    asked_at: datetime = Field(description="When it was asked for")
    asked_by: str = Field(description="Name of who asked; empty where the account is deleted")
    ended_at: datetime = Field(description="When all its verdicts had changed, or it was dropped")
    is_dropped: bool = Field(description="It was dropped, and changed nothing")
    changed: int = Field(description="How many verdicts it changed")


class RejudgingModel(BaseModel):
    """What can be rejudged of a problem, what is, and what was."""

    current_version: int = Field(description="Number of the version that rejudges")
    older: list[OlderVersion] = Field(description="Older versions that judged something, the newest first")
    under_way: RejudgingState | None = Field(description="What is being rejudged; null: nothing")
    past: list[PastRejudging] = Field(description="The last 20 that have ended, the last one first")


class AppliedModel(BaseModel):
    """What one call has changed."""

    changed: int = Field(description="Verdicts that changed")
    is_done: bool = Field(description="All have changed; else call again, which goes on with the next ones")
