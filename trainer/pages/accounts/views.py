"""Signing up, in and out; one-time links; what to do about a forgotten password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from trainer.db import db
from trainer.errors import Conflict, Invalid, Refused, TrainerError
from trainer.models import User
from trainer.pages.asked import safe_next
from trainer.runtime import runtime
from trainer.security import SIGN_IN_LIMIT, guest_key, limiter
from trainer.services import accounts

blueprint = Blueprint("accounts", __name__, template_folder="templates")

WRONG = "Email and password do not belong together."


@blueprint.get("/sign-up")
def sign_up() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_next())
    return _form("accounts/sign_up.html", open=runtime().config.sign_up)


@blueprint.post("/sign-up")
@limiter.limit(SIGN_IN_LIMIT)
def make_account() -> ResponseReturnValue:
    if not runtime().config.sign_up:
        raise Refused("Accounts are made by the people who run this place. Ask them for a link.")
    fields = request.form
    try:
        user = accounts.sign_up(
            db.session,
            email=fields.get("email", ""),
            name=fields.get("name", ""),
            password=fields.get("password", ""),
            guest_key=guest_key(),
        )
    except (Invalid, Conflict) as error:
        return _form("accounts/sign_up.html", error, open=True), error.status
    _let_in(user, remember=False)
    flash("Your account is ready. What you did as a guest came with you.", "good")
    return redirect(_next("problems.index"), 303)


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_next())
    return _form("accounts/sign_in.html")


@blueprint.post("/sign-in")
@limiter.limit(SIGN_IN_LIMIT)
def enter() -> ResponseReturnValue:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    user = accounts.authenticate(db.session, email=email, password=password)
    if user is None:
        return _form("accounts/sign_in.html", Invalid(WRONG, field="password")), 422
    _let_in(user, remember="remember" in request.form)
    return redirect(_next(), 303)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash("You are signed out.", "info")
    return redirect(url_for("front.index"), 303)


@blueprint.get("/link/<token>")
def link(token: str) -> ResponseReturnValue:
    return _form("accounts/link.html", owner=accounts.link_owner(db.session, token))


@blueprint.post("/link/<token>")
@limiter.limit(SIGN_IN_LIMIT)
def use_link(token: str) -> ResponseReturnValue:
    try:
        user = accounts.use_link(db.session, token, request.form.get("password", ""))
    except Invalid as error:
        return _form("accounts/link.html", error, owner=accounts.link_owner(db.session, token)), error.status
    _let_in(user, remember=False)
    flash("Your password is set. You are signed in.", "good")
    return redirect(url_for("front.index"), 303)


@blueprint.get("/forgot")
def forgot() -> ResponseReturnValue:
    return render_template("accounts/forgot.html")


def _let_in(user: User, *, remember: bool) -> None:
    """Sign in with a session of its own: what the guest's cookie held does not live on."""
    session.clear()
    login_user(user, remember=remember)


def _next(fallback: str = "front.index") -> str:
    return safe_next(request.values.get("next"), url_for(fallback))


def _form(template: str, error: TrainerError | None = None, **more: object) -> str:
    errors = {error.field or "": str(error)} if error else {}
    back = request.values.get("next", "")
    return render_template(template, errors=errors, form=request.form, next=safe_next(back, ""), **more)
