"""What a student does with a problem beside submissions: hints, the solution, notes, stars, tries, earlier drafts."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from sandbox.model import Verdict
from trainer.api.models.common import LANGUAGE, NEXT, Strict, WrittenIn
from trainer.models import ReportKind, SubmissionStatus


class HintModel(BaseModel):
    """A hint that you have opened."""

    number: int = Field(description="Its number, from 1")
    title: str = Field(description="A question that it answers")
    body: str = Field(description="The hint, as markdown")
    body_html: str = Field(description="The hint, as HTML")


class HintList(BaseModel):
    """The hints that you have opened."""

    hints: list[HintModel] = Field(description="In order")
    total: int = Field(description="How many the problem has")


class SolutionModel(BaseModel):
    """The editorial: approaches, compared."""

    solution: str = Field(description="The text, as markdown")
    solution_html: str = Field(description="The text, as HTML")


class AttemptModel(BaseModel):
    """Your work on one problem."""

    opened_at: datetime | None = Field(description="When it began; null where it has not")
    active_at: datetime | None = Field(description="When you last worked on it")
    active_s: float = Field(description="Seconds of work; pauses count little")
    accepted_at: datetime | None = Field(description="When a submission was accepted first")
    given_up_at: datetime | None = Field(description="When you gave up")
    solution_open: bool = Field(description="You may read the solution")
    hints_opened: int = Field(description="How many hints you have opened")
    starred: bool = Field(description="You have marked the problem with a star")


class TryModel(BaseModel):
    """One submission among your tries."""

    number: int = Field(description="Which try it is, from 1; 0 for a judge error, which is none")
    submission: int = Field(description="Number of the submission")
    language: WrittenIn = Field(description=LANGUAGE)
    created_at: datetime = Field(description="When it was sent")
    status: SubmissionStatus = Field(description="How far it is")
    verdict: Verdict | None = Field(description="Null until it is judged")
    score: float | None = Field(description="From 0 to 1; null until it is judged")


class TryList(BaseModel):
    """Your tries at one problem."""

    tries: list[TryModel] = Field(description="Newest first, 50 a page")
    total: int = Field(description="How often you have submitted")
    next: str | None = Field(description=NEXT)


class NewNote(Strict):
    """Your own words on a problem."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Look at the empty list first."}]})

    text: str = Field(description="The whole note, at most 20,000 characters; empty to clear it")


class NoteModel(BaseModel):
    """Your note on a problem."""

    text: str = Field(description="The note; empty where there is none")
    saved_at: datetime | None = Field(description="When it was saved")


class NewReport(Strict):
    """Something that is wrong with a problem."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "statement", "text": "Example 2 says 3, and it is 4."}]}
    )

    kind: ReportKind = Field(description="What is wrong")
    text: str = Field(description="In what way, in at most 2,000 characters")
    submission: int | None = Field(None, ge=1, lt=2**31, description="Number of the submission that shows it")


class ReportedModel(BaseModel):
    """The mentors see your report."""

    id: int = Field(description="Its number")


class DraftEntry(BaseModel):
    """One kept state of a draft."""

    revision: int = Field(description="Its revision")
    device: str = Field(description="Where it was typed")
    saved_at: datetime = Field(description="When it was saved")
    characters: int = Field(description="How long it is")


class DraftHistory(BaseModel):
    """The kept states of a draft."""

    versions: list[DraftEntry] = Field(description="Newest first; states of quick succession are thinned out")


class NewOwnCase(Strict):
    """A case of your own. It may be half written: what does not fit is told when it runs."""

    name: str = Field(default="", max_length=80, description="What it is called")
    input: dict[str, str] = Field(
        description="For each parameter a JSON value or Python literal, as text", examples=[{"number": "21"}]
    )
    expected: str = Field(default="", description="The value that you expect, as text, or nothing")


class OwnCaseModel(NewOwnCase):
    """A case of your own that is kept."""

    id: int = Field(description="Number of the case")
    saved_at: datetime = Field(description="When it was changed last")


class OwnCaseList(BaseModel):
    """Your own cases of a problem."""

    cases: list[OwnCaseModel] = Field(description="Oldest first")
