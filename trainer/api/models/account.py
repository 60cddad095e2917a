"""Who asks."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from trainer.models import KeyScope, Role


class KeyModel(BaseModel):
    """A key for the API."""

    name: str = Field(description="What it is for")
    scope: KeyScope = Field(description="What it may do")
    ends_at: datetime | None = Field(description="When it ends; null where it does not")


class Me(BaseModel):
    """The account that asks."""

    email: str = Field(description="Its address")
    name: str = Field(description="Its name, as mentors see it")
    role: Role = Field(description="What it may do")
    created_at: datetime = Field(description="When it was made")
    time_factor: float = Field(description="So many times the usual time in interviews")
    key: KeyModel | None = Field(description="The key that was sent; null for a browser")
