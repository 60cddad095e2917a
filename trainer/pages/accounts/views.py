"""Signing up, in and out; one-time links; what to do about a forgotten password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from sqlalchemy.orm import Session

from trainer.db import db
from trainer.errors import Conflict, Invalid, NotFound, Refused, TooMany, TrainerError, headers_of
from trainer.models import SignUp, User
from trainer.pages.asked import safe_next
from trainer.services import accounts, admission, keys, names, passwords, sessions
from trainer.services.admission import Rule
from trainer.web import letters
from trainer.web.guard import count_mail, count_sign_up
from trainer.web.guard import guess as begin_guess
from trainer.web.links import full_link
from trainer.web.runtime import mail_after_commit, runtime
from trainer.web.security import guest_key, let_in, login_session_id
from trainer.web.transactions import undo

blueprint = Blueprint("accounts", __name__, template_folder="templates")

WRONG = "Email or password is wrong."


@blueprint.get("/sign-up")
def sign_up() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_next())
    return _form("accounts/sign_up.html", **_entry())


@blueprint.post("/sign-up")
def make_account() -> ResponseReturnValue:
    """Where addresses of some domains may come in, and mail can be sent, a link by mail shows whose the address is."""
    with db.reading() as reading:
        rule = _rule(reading)
    fields = request.form
    try:
        count_sign_up()
        email, name = names.clean_email(fields.get("email", "")), names.clean_name(fields.get("name", ""))
        rule.check(email)
        if _confirms(rule):
            count_mail(email)
            user = accounts.register(db.session, email=email, name=name, guest_key=guest_key())
            mail_after_commit(letters.confirm(user, _new_link(user)))
            return _form("accounts/sent.html", email=email, is_new=True)
        password = passwords.new(fields.get("password", ""))
        user = accounts.sign_up(db.session, email=email, name=name, password=password, guest_key=guest_key())
    except (Invalid, Conflict, TooMany) as error:
        return _refused("accounts/sign_up.html", error, **_entry())
    return _welcome(user)


@blueprint.get("/join/<code>")
def join(code: str) -> ResponseReturnValue:
    if current_user.is_authenticated:
        flash(f"You are signed in as {current_user.email}; you need no invite.", "info")
        return redirect(_next())
    try:
        invite = admission.find_invite(db.session, code)
    except (NotFound, Refused) as error:
        return _useless(error)
    return _form("accounts/sign_up.html", invite=invite)


@blueprint.post("/join/<code>")
def use_invite(code: str) -> ResponseReturnValue:
    """An invite lets in whatever the rule says."""
    try:
        with db.reading() as reading:
            invite = admission.find_invite(reading, code)
    except (NotFound, Refused) as error:
        return _useless(error)
    fields = request.form
    try:
        count_sign_up()
        email, name = names.clean_email(fields.get("email", "")), names.clean_name(fields.get("name", ""))
        password = passwords.new(fields.get("password", ""))
        user = accounts.sign_up(
            db.session, email=email, name=name, password=password, guest_key=guest_key(),
            invite_id=admission.use_invite(db.session, code).id,
        )  # fmt: skip
    except (Invalid, Conflict, TooMany) as error:
        return _refused("accounts/sign_up.html", error, invite=invite)
    return _welcome(user)


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_next())
    return _form("accounts/sign_in.html")


@blueprint.post("/sign-in")
def enter() -> ResponseReturnValue:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        guess = begin_guess(email)
    except TooMany as error:
        return _refused("accounts/sign_in.html", error)
    with db.reading() as reading:
        found = accounts.find_by_email(reading, email)
    if not passwords.fits(found.password_hash if found else None, password) or found is None:
        return _refused("accounts/sign_in.html", Invalid(WRONG, field="password"))
    guess.was_right()
    if found.is_disabled:
        return _refused("accounts/sign_in.html", Refused(f"This account is disabled. {_rule(db.session).whom}"))
    let_in(found, remember="remember" in request.form)
    return redirect(_next(), 303)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    session_id = login_session_id()
    if current_user.is_authenticated and session_id is not None:
        sessions.end(db.session, current_user.id, session_id)
    logout_user()
    session.clear()
    flash("You are signed out.", "info")
    return redirect(url_for("front.index"), 303)


@blueprint.get("/link/<token>")
def link(token: str) -> ResponseReturnValue:
    try:
        return _form("accounts/link.html", **_of_link(db.session, token))
    except NotFound as error:
        return _useless(error)


@blueprint.post("/link/<token>")
def use_link(token: str) -> ResponseReturnValue:
    guess = begin_guess()
    try:
        with db.reading() as reading:
            owner = _of_link(reading, token)
    except NotFound as error:
        return _useless(error)
    guess.was_right()
    try:
        password = passwords.new(request.form.get("password", ""))
    except Invalid as error:
        return _refused("accounts/link.html", error, **owner)
    user = accounts.use_link(db.session, token, password, keep_keys="keep_keys" in request.form)
    let_in(user, remember=False)
    flash("Your password is set. You are signed in.", "good")
    return redirect(url_for("front.index"), 303)


@blueprint.get("/forgot")
def forgot() -> ResponseReturnValue:
    return _forgot_form()


@blueprint.post("/forgot")
def send_link() -> ResponseReturnValue:
    """The answer does not tell whether there is an account."""
    email = request.form.get("email", "")
    if not runtime().mailer.is_on:
        raise Refused(f"This server sends no mail. {_rule(db.session).whom}")
    try:
        begin_guess(field="email")
        email = names.clean_email(email)
        count_mail(email)
    except (Invalid, TooMany) as error:
        undo()
        return _forgot_form(error), error.status, headers_of(error)
    user = accounts.find_by_email(db.session, email)
    if user is not None and not user.is_disabled:
        mail_after_commit(letters.forgotten(user, _new_link(user)))
    return _form("accounts/sent.html", email=email, is_new=False)


def _forgot_form(error: TrainerError | None = None) -> str:
    return _form("accounts/forgot.html", error, rule=_rule(db.session), has_mail=runtime().mailer.is_on)


def _new_link(user: User) -> str:
    """A link for a mail that anybody can have sent."""
    return full_link("accounts.link", token=accounts.make_link(db.session, user, ends_earlier=False))


def _rule(reading: Session) -> Rule:
    return admission.rule(reading, may_open=runtime().config.sign_up)


def _confirms(rule: Rule) -> bool:
    return rule.sign_up is SignUp.DOMAINS and runtime().mailer.is_on


def _entry() -> dict[str, Any]:
    rule = _rule(db.session)
    return {"rule": rule, "confirms": _confirms(rule)}


def _welcome(user: User) -> ResponseReturnValue:
    let_in(user, remember=False)
    session["is_new"] = True  # what a guest has kept on this device may come to this account
    flash("Your account is ready. What you did as a guest came with you.", "good")
    return redirect(_next("front.index"), 303)


def _of_link(reading: Session, token: str) -> dict[str, Any]:
    owner = accounts.link_owner(reading, token)
    return {"owner": owner, "has_keys": bool(keys.list_tokens(reading, owner))}


def _next(fallback: str = "front.index") -> str:
    return safe_next(request.values.get("next"), url_for(fallback))


def _refused(template: str, error: TrainerError, **more: object) -> ResponseReturnValue:
    """The form with what was typed, and why it was refused."""
    undo()
    return _form(template, error, **more), error.status, headers_of(error)


def _useless(error: TrainerError) -> ResponseReturnValue:
    """What to do about a link or an invite that lets nobody in any more."""
    undo()
    return render_template("accounts/useless.html", message=str(error)), error.status, headers_of(error)


def _form(template: str, error: TrainerError | None = None, **more: object) -> str:
    errors = {error.field or "": str(error)} if error else {}
    back = request.values.get("next", "")
    return render_template(template, errors=errors, form=request.form, next=safe_next(back, ""), **more)
