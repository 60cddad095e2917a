"""Languages that functions may be written in."""

from __future__ import annotations

from pydantic import BaseModel, Field


class LanguageModel(BaseModel):
    """One language."""

    name: str = Field(description="What submissions, drafts and starters call it", examples=["python"])
    title: str = Field(description="What it is called", examples=["Python"])
    version: str = Field(description="What runs it", examples=["3.11"])
    ending: str = Field(description="The ending of its files, without a dot", examples=["py"])
    time_factor: float = Field(description="A problem's time limit is multiplied with it")
    is_ready: bool = Field(description="A judge is there that can run its programs now")


class LanguageList(BaseModel):
    """All languages that this installation offers."""

    languages: list[LanguageModel] = Field(description="In the order in which pages show them")
