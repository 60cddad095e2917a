"""Who may come in: the rule for sign-up, invites, and whether mail reaches anybody. For admins."""

from __future__ import annotations

from flask import Blueprint, url_for

from trainer.api.models.common import PageQuery
from trainer.api.models.entry import (
    InviteList,
    InviteModel,
    MailFailure,
    MailState,
    MailTried,
    NewInvite,
    SignUpRule,
    SignUpState,
)
from trainer.api.paging import links_of
from trainer.api.spec import describe
from trainer.db import db
from trainer.errors import Conflict, Unavailable
from trainer.models import Invite
from trainer.services import admission
from trainer.web import letters
from trainer.web.links import full_link
from trainer.web.runtime import runtime
from trainer.web.security import admin, limiter
from trainer.web.transactions import undo

blueprint = Blueprint("api_entry", __name__, url_prefix="/api/v1/admin")


@blueprint.before_request
def _admins_only() -> None:
    """Before anything is said of what was sent."""
    admin()


@blueprint.get("/sign-up")
@describe("getSignUp", "accounts", SignUpState, refuses=[403], etag=True)
def get_sign_up() -> SignUpState:
    """Who may make an account without an invite."""
    return _rule()


@blueprint.put("/sign-up")
@describe("setSignUp", "accounts", SignUpState)
def set_sign_up(json: SignUpRule) -> SignUpState:
    """Say who may make an account. It holds from now on; invites hold beside it."""
    admission.set_rule(db.session, sign_up=json.sign_up, domains="\n".join(json.domains), contact=json.contact)
    return _rule()


@blueprint.get("/invites")
@describe("listInvites", "accounts", InviteList, refuses=[403], headers=["Link"], etag=True)
def list_invites(query: PageQuery) -> tuple[InviteList, int, dict[str, str]]:
    """All invites, those that have ended, too: 50 a page."""
    found = admission.list_invites(db.session, number=query.page)
    links = links_of(found)
    told = InviteList(invites=[_invite(one) for one in found.items], total=found.total, next=links.next)
    return told, 200, links.headers


@blueprint.post("/invites")
@describe("createInvite", "accounts", InviteModel, status=201, headers=["Location"], once=True)
def create_invite(json: NewInvite) -> tuple[InviteModel, int, dict[str, str]]:
    """Make a link by which a group makes accounts, until it ends or is used up."""
    made = admission.make_invite(db.session, name=json.name, days=json.days, most=json.most)
    return _invite(made), 201, {"Location": url_for(".get_invite", invite_id=made.id)}


@blueprint.get("/invites/<int:invite_id>")
@describe("getInvite", "accounts", InviteModel, refuses=[403])
def get_invite(invite_id: int) -> InviteModel:
    """An invite, and how many came by it."""
    return _invite(admission.get_invite(db.session, invite_id))


@blueprint.post("/invites/<int:invite_id>/end")
@describe("endInvite", "accounts", InviteModel)
def end_invite(invite_id: int) -> InviteModel:
    """Let nobody else in by it. Accounts that came by it stay."""
    admission.end_invite(db.session, invite_id)
    return _invite(admission.get_invite(db.session, invite_id))


@blueprint.get("/mail")
@describe("getMail", "accounts", MailState, refuses=[403])
def get_mail() -> MailState:
    """Whether mail is sent from here, and what failed last."""
    mailer = runtime().mailer
    failure = mailer.failure
    return MailState(
        sends=mailer.is_on,
        sender=mailer.sender,
        failure=MailFailure(moment=failure.moment, why=failure.why) if failure else None,
    )


@blueprint.post("/mail/try")
@limiter.limit("10 per hour")
@describe("tryMail", "accounts", MailTried, refuses=[409, 429])
def try_mail() -> MailTried:
    """Send a message to your own address, and wait for what the mail server says.

    409 where no mail is sent from here; 503 with the mail server's words where it did not take the message.
    """
    mail, mailer = letters.trial(admin()), runtime().mailer
    if not mailer.is_on:
        raise Conflict("No mail is sent from here: no mail server is set.")
    undo()  # nothing of the database is held while the mail server is waited for
    try:
        mailer.send_now(mail)
    except OSError as error:
        raise Unavailable(f"The message could not be sent: {error}") from error
    return MailTried(to=mail.to)


def _rule() -> SignUpState:
    rule = admission.rule(db.session, may_open=True)
    return SignUpState(
        sign_up=rule.sign_up,
        domains=list(rule.domains),
        contact=rule.contact,
        closed_by_setting=not runtime().config.sign_up,
    )


def _invite(one: Invite) -> InviteModel:
    is_open = admission.is_open(one)
    return InviteModel(
        id=one.id,
        name=one.name,
        state="open" if is_open else "used up" if one.used >= one.most else "ended",
        link=full_link("accounts.join", code=one.token) if is_open else None,
        created_at=one.created_at,
        expires_at=one.expires_at,
        ended_at=one.ended_at,
        used=one.used,
        most=one.most,
    )
