"""Drafts: what was typed and not sent."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from trainer.api.models.common import LANGUAGE, ErrorDetails, Language, Strict, WrittenIn

DEVICE = "Where it was typed, in words that you recognise"


class NewDraft(Strict):
    """What was typed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"language": "python", "source": "# to do", "base_revision": 0}]}
    )

    language: Language = Field(description=LANGUAGE)
    source: str = Field(description="The whole text")
    base_revision: int = Field(ge=0, lt=2**31, description="The revision that was edited; 0 for the starter")
    device: str = Field("", max_length=40, description=DEVICE)
    force: bool = Field(False, description="Save although there is a newer one, which stays as an older version")


class SavedDraft(BaseModel):
    """The draft is kept."""

    revision: int = Field(description="Its revision: the next `base_revision`")
    saved_at: datetime = Field(description="When it was saved")


class DraftState(BaseModel):
    """One kept state of a draft."""

    language: WrittenIn = Field(description=LANGUAGE)
    revision: int = Field(description="Its revision")
    source: str = Field(description="The whole text")
    device: str = Field(description=DEVICE)
    saved_at: datetime = Field(description="When it was saved")


class DraftQuery(Strict):
    language: Language = Field("python", description=LANGUAGE)


class NewerDraftDetails(ErrorDetails):
    """An error, with the draft that is newer than the one that was edited where there is one."""

    model_config = ConfigDict(json_schema_extra={})

    newer: DraftState | None = Field(
        None, description="The newer draft; absent where something else is in the way (see `code`)"
    )
