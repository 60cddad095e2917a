"""The people who may be here, for those who look after them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from trainer.api.models.common import NEXT, PageQuery, Strict
from trainer.learning.interview import FACTORS
from trainer.models import Role
from trainer.services.roster import MOST_LINES

State = Literal["active", "waiting", "disabled"]
Order = Literal["name", "seen", "new"]
Outcome = Literal["new", "there", "flawed"]

EMAIL = "The address by which its owner signs in"
NAME = "As mentors see it"
ROLE = "What it may do: mentors add problems and see students, admins look after accounts as well"
FACTOR = (
    "So many times the usual minutes in interviews that begin from now on: one of "
    f"{', '.join(f'{factor:g}' for factor in FACTORS)}"
)
LINK = (
    "Opens a page on which the owner chooses a password: once, within three days. Told now and never again; null where"
    " a request is answered again, because it is not kept"
)
SEND = "Send the link by mail, too; 422 where no mail is sent from here"


def _known(factor: float) -> float:
    if factor not in FACTORS:
        raise PydanticCustomError("factor", f"Input should be one of {', '.join(f'{one:g}' for one in FACTORS)}")
    return factor


Factor = Annotated[float, Field(ge=FACTORS[0], le=FACTORS[-1]), AfterValidator(_known)]
"""Not as an enum: generators of clients leave out what takes an enum of numbers (see findings)."""


class AccountEntry(BaseModel):
    """An account."""

    id: int = Field(description="Its number")
    email: str = Field(description=EMAIL)
    name: str = Field(description=NAME)
    role: Role = Field(description=ROLE)
    state: State = Field(description="`waiting`: its owner has not chosen a password yet; `disabled` lets nobody in")
    time_factor: float = Field(description=FACTOR)
    created_at: datetime = Field(description="When it was made")
    seen_at: datetime | None = Field(description="When it was last used, within some minutes; null for never")


class AccountList(BaseModel):
    """One page of accounts."""

    accounts: list[AccountEntry] = Field(description="In the order that was asked for")
    total: int = Field(description="How many all pages have together")
    next: str | None = Field(description=NEXT)


class AccountDetail(AccountEntry):
    """An account with what it has done and holds."""

    disabled_at: datetime | None = Field(description="When it was disabled; null where it is not")
    solved: int = Field(description="Problems accepted")
    submissions: int = Field(description="Runs and submissions")
    interviews: int = Field(description="Interviews, those that run among them")
    devices: int = Field(description="Browsers in which it is signed in")
    keys: int = Field(description="Keys for the API")
    invite: str = Field(description="Name of the invite by which it came; else empty")
    link_until: datetime | None = Field(description="Until when a link for a password waits to be opened; else null")


class StudentQuery(PageQuery):
    q: str = Field("", max_length=200, description="Words that all stand in the name or in the address")
    state: State | None = Field(None, description="Only accounts in this state")
    sort: Order = Field("name", description="By `name`; `seen`: last seen first; `new`: newest first")


class AccountQuery(StudentQuery):
    role: Role | None = Field(None, description="Only accounts that may do this")


class NewAccount(Strict):
    """Somebody who gets an account."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "ada@example.org", "name": "Ada Quist", "time_factor": 1.25}]}
    )

    email: str = Field(description=EMAIL, json_schema_extra={"format": "email"})
    name: str = Field("", description=f"{NAME}; empty: what stands before the @")
    role: Role = Field(Role.STUDENT, description=ROLE)
    time_factor: Factor = Field(1.0, description=FACTOR)


class NewAccountSent(NewAccount):
    """Somebody who gets an account, and whether the link goes by mail."""

    send_mail: bool = Field(False, description=SEND)


class AccountMade(AccountEntry):
    """An account that was made."""

    link: str | None = Field(description=LINK)


class AccountChange(Strict):
    """What is to be changed. What is not named stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"role": "mentor"}, {"name": "Ada Q.", "time_factor": 2}]}
    )

    name: str | None = Field(None, description=f"{NAME}; null: as it is")
    role: Role | None = Field(None, description=f"{ROLE}; null: as it is")
    time_factor: Factor | None = Field(None, description=f"{FACTOR}; null: as it is")


class AccountGone(Strict):
    """Says once more which account is meant."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "ada@example.org"}]})

    email: str = Field(description="The address of the account", json_schema_extra={"format": "email"})


class AccountLink(BaseModel):
    """A link for a new password."""

    link: str = Field(description="Opens a page on which the owner chooses a password, once. Told now and never again")
    ends_at: datetime = Field(description="When it ends")


class NewAccounts(Strict):
    """A class, as `accounts` or as `csv`: one of the two."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"accounts": [{"email": "ada@example.org", "name": "Ada Quist"}], "dry_run": True},
                {"csv": "email,name,role,extra time\nbo@example.org,Bo Lind,mentor,1.5\n"},
            ]
        }
    )

    accounts: list[NewAccount] = Field(
        default_factory=list, max_length=MOST_LINES, description="Who gets one; empty where `csv` says it"
    )
    csv: str = Field(
        "",
        description="The same as text, as spreadsheets save it: an address and a name on each line, if you like a role"
        f" and extra time; commas, semicolons or tabs; at most {MOST_LINES} lines. Empty where `accounts` says it",
    )
    dry_run: bool = Field(False, description="Only look at it: nothing is made, and flaws are told in the answer")
    send_mail: bool = Field(False, description=SEND)

    @model_validator(mode="after")
    def _one_of_both(self) -> NewAccounts:
        if bool(self.accounts) == bool(self.csv):
            raise PydanticCustomError("one_of", "Send either `accounts` or `csv`")
        return self


class LineModel(BaseModel):
    """What becomes of one line."""

    line: int = Field(description="Of `csv` its line, from 1; of `accounts` its place, from 0")
    email: str = Field(description=EMAIL)
    name: str = Field(description=NAME)
    role: Role = Field(description=ROLE)
    time_factor: float = Field(description=FACTOR)
    outcome: Outcome = Field(
        description="`new`: an account is made; `there`: the address has one, which stays; `flawed`: see `flaw`"
    )
    flaw: str = Field(description="Why no account can be made of it; else empty")
    id: int | None = Field(description="Number of the account that was made; else null")
    link: str | None = Field(description=f"Of an account that was made, else null. {LINK}")


class AccountsMade(BaseModel):
    """What becomes of a list, line by line."""

    dry_run: bool = Field(description="Nothing was made")
    new: int = Field(description="Accounts that were made; in a dry run those that would be")
    there: int = Field(description="Lines whose address has an account, which stays as it is")
    flawed: int = Field(description="Lines that cannot be used. Nothing is made while there is one")
    lines: list[LineModel] = Field(description="In their order")
