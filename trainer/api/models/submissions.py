"""Runs and submissions."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from sandbox.model import Verdict
from trainer.api.models.common import LANGUAGE, NEXT, SLUG, BeforeQuery, Language, Strict, WrittenIn
from trainer.api.models.feedback import FeedbackModel
from trainer.models import Purpose, SubmissionStatus

STATUS = "How far it is: `queued`, then `judging`, then `judged`"
VERDICT = "Null until it is judged"
WAITING = "No judge that is there can take it now: judging goes on by itself when one can"
WHY = "Why it waits for a judge, in a sentence; empty where it does not"


class NewSubmission(Strict):
    """Code, or answers, to be judged."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"language": "python", "source": "def double(number: int) -> int:\n    return 2 * number\n"}]
        }
    )

    language: Language = Field(description=LANGUAGE)
    source: str = Field(
        description="Code. Of a quiz a JSON object, as text, with an answer for each question's name: the id of a"
        " choice; a list of ids; all ids in order; an object of left ids and right ids; or a text. Of a service a JSON"
        " object, as text, of paths and texts"
    )


class NewRun(NewSubmission):
    """Code to be run on the samples and own cases."""

    own_inputs: list[dict[str, str]] = Field(
        default_factory=list,
        description="Own cases, at most 10: for each parameter a JSON value or Python literal, as text; under `=` the"
        " value that you expect, if there is one, and under `#` the name of the case",
        examples=[[{"number": "21", "=": "42", "#": "an odd one"}]],
    )


class Sent(BaseModel):
    """It waits for its judge. Ask `url`, or listen to `events`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 7,
                    "url": "/api/v1/submissions/7",
                    "events": "/api/v1/submissions/7/events",
                    "result": "/submissions/7/result",
                }
            ]
        }
    )

    id: int = Field(description="Its number")
    url: str = Field(description="Where its state is; the header `Location` says the same")
    events: str = Field(description="Server-sent events: `state` as things change, then `judged`")
    result: str = Field(description="The result as a piece of a page, for browsers that are signed in")


class SubmissionState(BaseModel):
    """One run or submission with what came out."""

    id: int = Field(description="Its number")
    problem: str = Field(description=SLUG)
    version: int = Field(description="Number of the problem's version that judges it")
    purpose: Purpose = Field(description="`run`: samples and own cases; `submit`: the hidden cases, too")
    language: WrittenIn = Field(description=LANGUAGE)
    source: str = Field(description="What was sent")
    created_at: datetime = Field(description="When it was sent")
    status: SubmissionStatus = Field(description=STATUS)
    position: int = Field(description="Submissions that are judged before this one, counted up to 300")
    done: int = Field(description="Cases that have run")
    total: int = Field(description="Cases that there are; 0 until that is known")
    waiting: bool = Field(description=WAITING)
    why: str = Field(description=WHY)
    judged_at: datetime | None = Field(description="When it was judged")
    verdict: Verdict | None = Field(description=VERDICT)
    score: float | None = Field(description="From 0 to 1; null until it is judged")
    feedback: FeedbackModel | None = Field(description="What is read of the judging; null until then")


class SubmissionEntry(BaseModel):
    """One submission of the list."""

    id: int = Field(description="Its number")
    problem: str = Field(description=SLUG)
    language: WrittenIn = Field(description=LANGUAGE)
    created_at: datetime = Field(description="When it was sent")
    status: SubmissionStatus = Field(description=STATUS)
    verdict: Verdict | None = Field(description=VERDICT)
    score: float | None = Field(description="From 0 to 1; null until it is judged")


class SubmissionList(BaseModel):
    """One page of submissions."""

    submissions: list[SubmissionEntry] = Field(description="Newest first")
    next: str | None = Field(description=NEXT)


class SubmissionQuery(BeforeQuery):
    problem: str | None = Field(None, description="Only of this problem, by its slug")
    language: Language | None = Field(None, description="Only what is written in this. " + LANGUAGE)
