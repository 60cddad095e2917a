"""What all parts of the API share: words, errors, pages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from trainer.languages import names

Kind = Literal["function", "sql", "service", "debug", "quiz"]
Label = Literal["function", "class", "sql", "service", "debug", "quiz"]
Difficulty = Literal["easy", "medium", "hard"]
_OFFERED = ", ".join(names())


def _check_language(name: str) -> str:
    if name not in names():
        raise PydanticCustomError("language", "There is no such language; there are {known}", {"known": _OFFERED})
    return name


Language = Annotated[str, AfterValidator(_check_language), WithJsonSchema({"type": "string", "enum": list(names())})]
"""A name of `trainer.languages`, as it is sent to us."""
WrittenIn = Annotated[str, WithJsonSchema({"type": "string", "enum": list(names())})]
"""The same as we tell it: also of what was sent in a language that there is no more."""

KIND = "What kind of problem it is"
LABEL = "As `kind`, with classes told from functions"
LANGUAGE = (
    "What an answer is written in: a language of `/api/v1/languages`, `sql`, `files` of a service (a JSON object of"
    " paths and texts), or `answers` to a quiz (a JSON object of names of questions and answers)"
)
NEXT = "Where the next page is; null on the last one. The header `Link` says the same"
SLUG = "Name of the problem in addresses"
TOPIC_IDS = "Ids of its topics, the main one first"


class Strict(BaseModel):
    """What is sent to us: unknown fields are refused, so that a misspelt one does not go unnoticed."""

    model_config = ConfigDict(extra="forbid")


class FieldProblem(BaseModel):
    """One thing that is wrong with what was sent."""

    field: str = Field(
        description="Which input is meant: a property of the body with dots between levels, or a parameter of the"
        " address; `body` is the whole body",
        examples=["source", "own_inputs.0"],
    )
    message: str = Field(description="What is wrong with it, for people", examples=["Field required"])


class ErrorDetails(BaseModel):
    """Every error looks like this: problem details as RFC 9457 defines them, with a code and the fields in error."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "detail": "source: Field required",
                    "code": "invalid",
                    "errors": [{"field": "source", "message": "Field required"}],
                }
            ]
        }
    )

    type: Literal["about:blank"] = Field(description="Always `about:blank`: `code` tells errors apart")
    title: str = Field(description="The status in words")
    status: int = Field(description="The status of the answer", ge=400, le=599)
    detail: str = Field(description="What happened and how to fix it, for people")
    code: str = Field(description="What happened, for programs", pattern="^[a-z_]+$")
    errors: list[FieldProblem] = Field(description="All inputs that cannot be used; empty where none is meant")
    report_number: str | None = Field(
        None, description="Of an error on our side: the number under which the server's log tells more"
    )


class BeforeQuery(Strict):
    before: int | None = Field(None, ge=1, lt=2**53, description="Only what is older than this one, by its id")


class PageQuery(Strict):
    page: int = Field(1, ge=1, le=100_000, description="Number of the page, from 1")
