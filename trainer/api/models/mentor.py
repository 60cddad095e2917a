"""Mentors: packages on their way into the bank, and what students report."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from trainer.api.models.common import NEXT, SLUG, Strict
from trainer.models import ReportKind, UploadStatus

TemplateKind = Literal["function", "class", "sql", "service", "debug", "quiz"]


class TemplateQuery(Strict):
    kind: TemplateKind = Field("function", description="What the package asks for")


class UploadQuery(Strict):
    name: str = Field(
        "",
        max_length=100,
        description="Name of the archive's file: a package that lies in no folder of its own is called after it",
    )


class FindingModel(BaseModel):
    """One thing that a check looked at."""

    rule: str = Field(description="The rule")
    ok: bool = Field(description="It holds")
    advice: bool = Field(description="Where it does not hold: it may be published all the same")
    message: str = Field(description="What was found, and how to fix it")
    seconds: float = Field(description="How long that took")


class KillModel(BaseModel):
    """A hidden case, and what fails on it."""

    case: str = Field(description="Name of the case")
    by: list[str] = Field(description="Wrong submissions of the package that fail on it")


class CheckModel(BaseModel):
    """A check, as far as it is."""

    running: str = Field(description="The rule that is at work; empty before and after")
    findings: list[FindingModel] = Field(description="What was looked at by now")
    kills: list[KillModel] = Field(description="What each hidden case catches")


class UploadEntry(BaseModel):
    """A package that was sent in."""

    id: int = Field(description="Its number")
    slug: str = Field(description=SLUG)
    title: str = Field(description="Title of the problem")
    created_at: datetime = Field(description="When it was sent in")
    status: UploadStatus = Field(description="`queued`, `checking`, `checked`, then `published` or `discarded`")
    passed: bool | None = Field(description="It can be published; null until its check has ended")


class UploadState(UploadEntry):
    """A package that was sent in, with its check."""

    live_version: int | None = Field(description="Number of the version that it would replace; null of a new problem")
    check: CheckModel = Field(description="What its check says")


class UploadList(BaseModel):
    """One page of packages: your own, of an admin all."""

    uploads: list[UploadEntry] = Field(description="Newest first")
    total: int = Field(description="How many all pages have together")
    next: str | None = Field(description=NEXT)


class NewVersion(Strict):
    """What is said of a version."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "Says that the list may be empty."}]})

    note: str = Field("", max_length=400, description="What changed, in a sentence or two")


class VersionModel(BaseModel):
    """A version that students have from now on."""

    slug: str = Field(description=SLUG)
    version: int = Field(description="Its number")
    title: str = Field(description="Title of the problem")


class ReportModel(BaseModel):
    """What a student says is wrong with a problem."""

    id: int = Field(description="Its number")
    problem: str = Field(description=SLUG)
    version: int = Field(description="Number of the version that the student saw")
    kind: ReportKind = Field(description="What is wrong")
    text: str = Field(description="In what way")
    by: str = Field(description="Name of the student")
    submission: int | None = Field(description="Number of the submission that shows it")
    created_at: datetime = Field(description="When it was sent")


class ReportAnswer(Strict):
    """What a student is told about a report."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "Example 2 is right now. Thank you."}]})

    answer: str = Field(default="", max_length=2000, description="What was changed, or why it is right as it is")


class ReportList(BaseModel):
    """One page of open reports."""

    reports: list[ReportModel] = Field(description="Newest first")
    total: int = Field(description="How many all pages have together")
    next: str | None = Field(description=NEXT)
