"""Consoles: a service that runs while its author tries it out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from trainer.api.models.common import Strict
from trainer.api.models.feedback import ExchangeModel


class NewConsole(Strict):
    """A service to be started."""

    source: str = Field(
        description="The files: a JSON object of paths and texts, as text",
        examples=['{"app.py": "print(1)"}'],
    )


class ConsoleState(BaseModel):
    """How a service is."""

    running: bool = Field(description="It runs")
    log: str = Field(description="What the service wrote from `since` on")
    end: int = Field(description="Where that ends: the next `since`")
    why: str = Field(description="Why it does not run, in a sentence, or empty")


class StartedConsole(BaseModel):
    """A service that was started."""

    id: str = Field(description="Id by which it is asked")
    state: ConsoleState = Field(description="How it is now")


class ConsoleQuery(Strict):
    since: int = Field(0, ge=0, lt=2**53, description="Leave out so many characters of the log")


class ConsoleRequest(Strict):
    """A request to be sent to a service."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"method": "POST", "path": "/notes", "headers": "X-Mine: 1", "body": '{"text": "amber"}'}]
        }
    )

    method: str = Field("GET", max_length=20, description="Its method")
    path: str = Field("/", max_length=2000, description="Path and query, from the `/` on")
    headers: str = Field("", max_length=8000, description="A header a line, `Name: text`")
    body: str = Field("", max_length=65536, description="Its body")


class ConsoleAnswer(BaseModel):
    """What a service answered."""

    exchange: ExchangeModel | None = Field(description="The request as it went out, and its answer")
    reason: str = Field(description="What went wrong, in a sentence, or empty")
