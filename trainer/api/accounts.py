"""Admins look after accounts: they find, add, change, disable and delete them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, url_for

from trainer.api import people
from trainer.api.models.accounts import (
    AccountChange,
    AccountDetail,
    AccountGone,
    AccountLink,
    AccountList,
    AccountMade,
    AccountQuery,
    AccountsMade,
    LineModel,
    NewAccounts,
    NewAccountSent,
)
from trainer.api.spec import describe
from trainer.db import db
from trainer.errors import FieldError, Invalid, Unfit
from trainer.models import User
from trainer.services import care, directory, roster
from trainer.services.directory import Search
from trainer.services.roster import Added, Entry, FlawedList, Wanted
from trainer.web import letters
from trainer.web.runtime import mail_after_commit, runtime
from trainer.web.security import admin

blueprint = Blueprint("api_accounts", __name__, url_prefix="/api/v1/admin/accounts")


@blueprint.before_request
def _admins_only() -> None:
    """Before anything is said of what was sent."""
    admin()


@blueprint.get("")
@describe("listAccounts", "accounts", AccountList, refuses=[403], headers=["Link"], etag=True)
def list_accounts(query: AccountQuery) -> tuple[AccountList, int, dict[str, str]]:
    """All accounts: 50 a page. Ask for `next` until it is null."""
    search = Search(text=query.q, role=query.role or "", state=query.state or "", order=query.sort)
    return people.page(directory.listed(db.session, admin(), search, number=query.page))


@blueprint.post("")
@describe(
    "createAccount", "accounts", AccountMade, status=201, refuses=[409], headers=["Location"], once=True,
    secrets=["link"],
)  # fmt: skip
def create_account(json: NewAccountSent) -> tuple[AccountMade, int, dict[str, str]]:
    """Make an account. Its owner chooses a password by the link. 409 where the address has one already."""
    _check_mail(json.send_mail)
    added = care.add_one(db.session, admin(), email=json.email, name=json.name, role=json.role, factor=json.time_factor)
    link = _links([added], json.send_mail)[added.user.email]
    place = url_for(".get_account", user_id=added.user.id)
    return AccountMade(**people.members(added.user), link=link), 201, {"Location": place}


@blueprint.post("/batch")
@describe("createAccounts", "accounts", AccountsMade, refuses=[409], once=True, secrets=["link"])
def create_accounts(json: NewAccounts) -> AccountsMade:
    """Make the accounts of a whole class, or look first at what a list would make.

    All flaws are told at once, and nothing is made while a line has one: 422 names each as `csv.3` or `accounts.2`; a
    dry run tells them in its answer. Who has an account keeps it as it is.
    """
    _check_mail(json.send_mail)
    entries = _entries(json)
    if json.dry_run:
        return _told(entries, dry_run=True)
    try:
        added = care.add_all(db.session, admin(), entries)
    except FlawedList as error:
        place = "csv" if json.csv else "accounts"
        raise Unfit([FieldError(f"{place}.{entry.line}", entry.flaw) for entry in error.flawed]) from error
    links = _links(added, json.send_mail)
    return _told(entries, ids={one.user.email: one.user.id for one in added}, links=links)


@blueprint.get("/<int:user_id>")
@describe("getAccount", "accounts", AccountDetail, refuses=[403], etag=True)
def get_account(user_id: int) -> AccountDetail:
    """An account, with what it has done and holds."""
    return people.detail(_find(user_id))


@blueprint.patch("/<int:user_id>")
@describe("changeAccount", "accounts", AccountDetail, refuses=[409])
def change_account(user_id: int, json: AccountChange) -> AccountDetail:
    """Change its name, role or time: all that is named, or nothing where one of them cannot be.

    409 where it is the only admin and would be none.
    """
    actor, user = admin(), _find(user_id)
    if json.name is not None:
        care.rename(actor, user, json.name)
    if json.time_factor is not None:
        care.set_time_factor(actor, user, json.time_factor)
    if json.role is not None:
        care.set_role(db.session, actor, user, json.role)
    return people.detail(user)


@blueprint.post("/<int:user_id>/link")
@describe("createAccountLink", "accounts", AccountLink, status=201, refuses=[409])
def make_link(user_id: int) -> tuple[AccountLink, int]:
    """Make a link by which the owner chooses a new password. Earlier ones of this account end.

    Give it to them alone: whoever opens it gets the account. 409 where the account is disabled.
    """
    return people.new_link(admin(), _find(user_id))


@blueprint.post("/<int:user_id>/disable")
@describe("disableAccount", "accounts", AccountDetail, refuses=[409])
def disable(user_id: int) -> AccountDetail:
    """Let nobody in by it: its sessions, keys and links end at once, and what it has done is kept.

    409 for your own account.
    """
    actor, user = admin(), _find(user_id)
    care.disable(db.session, actor, user)
    return people.detail(user)


@blueprint.post("/<int:user_id>/enable")
@describe("enableAccount", "accounts", AccountDetail)
def enable(user_id: int) -> AccountDetail:
    """Let its owner in again, by the same password. Keys that it had are gone."""
    actor, user = admin(), _find(user_id)
    care.enable(actor, user)
    return people.detail(user)


@blueprint.post("/<int:user_id>/delete")
@describe("deleteAccount", "accounts", None, status=204, refuses=[409])
def delete(user_id: int, json: AccountGone) -> tuple[str, int]:
    """Delete an account and everything in it, for good. The body says its address once more.

    409 for your own account.
    """
    care.delete(db.session, admin(), _find(user_id), email=json.email)
    return "", 204


def _find(user_id: int) -> User:
    return directory.find(db.session, admin(), user_id)


def _check_mail(send: bool) -> None:
    if send and not runtime().mailer.is_on:
        raise Invalid("No mail is sent from here: no mail server is set.", field="send_mail")


def _links(added: Sequence[Added], send: bool) -> dict[str, str]:
    """Links by addresses, sent by mail where that was asked for."""
    links = {one.user.email: people.link_for(one.token) for one in added}
    for one in added if send else ():
        mail_after_commit(letters.welcome(one.user, links[one.user.email]))
    return links


def _entries(json: NewAccounts) -> list[Entry]:
    if json.csv:
        try:
            return roster.read(db.session, json.csv)
        except Invalid as error:
            raise Invalid(str(error), field="csv") from error
    wanted = [Wanted(one.email, one.name, one.role, one.time_factor) for one in json.accounts]
    return roster.look_at(db.session, wanted)


def _told(
    entries: Sequence[Entry],
    *,
    dry_run: bool = False,
    ids: dict[str, int] | None = None,
    links: dict[str, str] | None = None,
) -> AccountsMade:
    lines = [
        LineModel(
            line=entry.line,
            email=entry.email,
            name=entry.name,
            role=entry.role,
            time_factor=entry.factor,
            outcome="flawed" if entry.flaw else "there" if entry.exists else "new",
            flaw=entry.flaw,
            id=(ids or {}).get(entry.email),
            link=(links or {}).get(entry.email),
        )
        for entry in entries
    ]
    counts = {outcome: sum(line.outcome == outcome for line in lines) for outcome in ("new", "there", "flawed")}
    return AccountsMade(dry_run=dry_run, lines=lines, **counts)
