"""Who may make an account, by which invites, and what becomes of mail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from trainer.api.models.common import NEXT, Strict
from trainer.models import SignUp
from trainer.services.admission import CONTACT_LENGTH, DAYS, MOST_DOMAINS, PEOPLE

SIGN_UP = (
    "Who may make an account without an invite: anybody (`open`), whoever has an address of `domains`, or nobody"
    " (`closed`)"
)
DOMAINS = "Domains of addresses that may come in; `*.` before one means all below it"
CONTACT = "Whom to ask, shown to whoever cannot get in after “Ask”"
InviteState = Literal["open", "used up", "ended"]


class SignUpRule(Strict):
    """Who may make an account."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"sign_up": "domains", "domains": ["example.edu", "*.example.edu"], "contact": "Dr. Lind"}]
        }
    )

    sign_up: SignUp = Field(description=SIGN_UP)
    domains: list[Annotated[str, Field(pattern=r"^[^\s,;]+$")]] = Field(
        default_factory=list, max_length=MOST_DOMAINS, description=DOMAINS
    )
    contact: str = Field("", max_length=CONTACT_LENGTH, description=CONTACT)


class SignUpState(BaseModel):
    """Who may make an account, and what the server's own settings say to it."""

    sign_up: SignUp = Field(description=SIGN_UP)
    domains: list[str] = Field(description=DOMAINS)
    contact: str = Field(description=CONTACT)
    closed_by_setting: bool = Field(description="The server's setting TRAINER_SIGN_UP closes it, whatever stands here")


class NewInvite(Strict):
    """An invite for a group."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Backend course, spring", "most": 25}]})

    name: str = Field(description="For whom it is")
    days: int = Field(14, ge=DAYS[0], le=DAYS[-1], description="For how many days it holds")
    most: int = Field(30, ge=PEOPLE[0], le=PEOPLE[-1], description="How many people it lets in")


class InviteModel(BaseModel):
    """A link by which students make accounts, whatever the rule for sign-up says."""

    id: int = Field(description="Its number")
    name: str = Field(description="For whom it is")
    state: InviteState = Field(description="Whether it still lets somebody in")
    link: str | None = Field(description="What to send to them; null where it lets nobody in any more")
    created_at: datetime = Field(description="When it was made")
    expires_at: datetime = Field(description="Until when it holds, unless it is ended")
    ended_at: datetime | None = Field(description="When an admin ended it; else null")
    used: int = Field(description="How many came by it")
    most: int = Field(description="How many it lets in")


class InviteList(BaseModel):
    """One page of invites."""

    invites: list[InviteModel] = Field(description="Newest first")
    total: int = Field(description="How many all pages have together")
    next: str | None = Field(description=NEXT)


class MailFailure(BaseModel):
    """The last message that could not be sent."""

    moment: datetime = Field(description="When that was")
    why: str = Field(description="What the mail server said, or what kept us from it")


class MailState(BaseModel):
    """What becomes of mail."""

    sends: bool = Field(description="Mail is sent: forgotten passwords and new accounts get their links by it")
    sender: str = Field(description="From whom; empty where none is sent")
    failure: MailFailure | None = Field(description="The last message that could not be sent; null where none failed")


class MailTried(BaseModel):
    """A message that the mail server took."""

    to: str = Field(description="Your own address: look whether it arrives")
