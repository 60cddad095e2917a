"""Progress by topic."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

NEXT_PROBLEM = "Slug of the problem to take next; null where none is left"


class TopicProgress(BaseModel):
    """What you have done in one topic."""

    topic: str = Field(description="Id of the topic")
    solved: int = Field(description="Problems that you have solved")
    attempted: int = Field(description="Problems that you have tried or solved")
    total: int = Field(description="Problems that there are")
    tries: int = Field(description="How often you have submitted")
    active_at: datetime | None = Field(description="When you last worked on it")
    next: str | None = Field(description=NEXT_PROBLEM)


class ProgressAnswer(BaseModel):
    """What you have done."""

    solved: int = Field(description="Problems that you have solved")
    attempted: int = Field(description="Problems that you have tried or solved")
    total: int = Field(description="Problems that there are")
    tries: int = Field(description="How often you have submitted")
    next: str | None = Field(description=NEXT_PROBLEM)
    topics: list[TopicProgress] = Field(description="The same by topic")
