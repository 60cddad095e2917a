"""Signing up, in and out; one-time links; what to do about a forgotten password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from sqlalchemy.orm import Session

from trainer.db import db
from trainer.errors import Conflict, Invalid, Refused, TooMany, TrainerError, headers_of
from trainer.guard import count_sign_up
from trainer.guard import guess as begin_guess
from trainer.pages.asked import safe_next
from trainer.runtime import runtime
from trainer.security import guest_key, let_in, login_session_id
from trainer.services import accounts, keys, names, passwords, sessions
from trainer.transactions import undo

blueprint = Blueprint("accounts", __name__, template_folder="templates")

WRONG = "Email and password do not belong together."


@blueprint.get("/sign-up")
def sign_up() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_next())
    return _form("accounts/sign_up.html", open=runtime().config.sign_up)


@blueprint.post("/sign-up")
def make_account() -> ResponseReturnValue:
    if not runtime().config.sign_up:
        raise Refused("Accounts are made by the people who run this place. Ask them for a link.")
    fields = request.form
    try:
        count_sign_up()
        email, name = names.clean_email(fields.get("email", "")), names.clean_name(fields.get("name", ""))
        password = passwords.new(fields.get("password", ""))
        user = accounts.sign_up(db.session, email=email, name=name, password=password, guest_key=guest_key())
    except (Invalid, Conflict, TooMany) as error:
        return _refused("accounts/sign_up.html", error, open=True)
    let_in(user, remember=False)
    flash("Your account is ready. What you did as a guest came with you.", "good")
    return redirect(_next("problems.index"), 303)


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
    return _form("accounts/link.html", **_of_link(db.session, token))


@blueprint.post("/link/<token>")
def use_link(token: str) -> ResponseReturnValue:
    guess = begin_guess()
    with db.reading() as reading:
        owner = _of_link(reading, token)
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
    return render_template("accounts/forgot.html")


def _of_link(reading: Session, token: str) -> dict[str, Any]:
    owner = accounts.link_owner(reading, token)
    return {"owner": owner, "has_keys": bool(keys.list_tokens(reading, owner))}


def _next(fallback: str = "front.index") -> str:
    return safe_next(request.values.get("next"), url_for(fallback))


def _refused(template: str, error: TrainerError, **more: object) -> ResponseReturnValue:
    """The form with what was typed, and why it was refused."""
    undo()
    return _form(template, error, **more), error.status, headers_of(error)


def _form(template: str, error: TrainerError | None = None, **more: object) -> str:
    errors = {error.field or "": str(error)} if error else {}
    back = request.values.get("next", "")
    return render_template(template, errors=errors, form=request.form, next=safe_next(back, ""), **more)
