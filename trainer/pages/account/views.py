"""The account: name, theme, password, keys for the API, taking one's data out, leaving."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from trainer.db import db
from trainer.errors import Conflict, Invalid, TrainerError
from trainer.pages.assets import THEMES
from trainer.security import SIGN_IN_LIMIT, limiter, signed_in
from trainer.services import accounts
from trainer.services.export import export

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")

YEAR_S = 365 * 24 * 3600


@blueprint.get("")
def index() -> ResponseReturnValue:
    return _page()


@blueprint.post("/name")
def rename() -> ResponseReturnValue:
    try:
        accounts.rename(signed_in(), request.form.get("name", ""))
    except Invalid as error:
        return _page(error), error.status
    return _done("Your name is changed.")


@blueprint.post("/theme")
def theme() -> ResponseReturnValue:
    """The theme is this device's: a phone in bed and a screen at work need not agree."""
    chosen = request.form.get("theme", "")
    response = redirect(url_for("account.index"), 303)
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR_S, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response


@blueprint.post("/password")
@limiter.limit(SIGN_IN_LIMIT)
def change_password() -> ResponseReturnValue:
    user = signed_in()
    fields = request.form
    try:
        accounts.change_password(
            db.session, user, old=fields.get("old_password", ""), new=fields.get("new_password", "")
        )
    except Invalid as error:
        return _page(error), error.status
    login_user(user)
    return _done("Your password is changed. Other devices are signed out.")


@blueprint.post("/tokens")
@limiter.limit("20 per hour")
def make_token() -> ResponseReturnValue:
    try:
        token = accounts.make_token(db.session, signed_in(), request.form.get("token_name", ""))
    except Invalid as error:
        return _page(Invalid(str(error), field="token_name")), error.status
    return _page(token=token)


@blueprint.post("/tokens/<int:token_id>/drop")
def drop_token(token_id: int) -> ResponseReturnValue:
    accounts.drop_token(db.session, signed_in(), token_id)
    return _done("The key is gone. Programs that used it are refused from now on.")


@blueprint.get("/export.json")
def export_data() -> Response:
    text = json.dumps(export(db.session, signed_in()), indent=2, ensure_ascii=False)
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": 'attachment; filename="trainer-export.json"'}
    )


@blueprint.get("/delete")
def ask_delete() -> ResponseReturnValue:
    signed_in()
    return render_template("account/delete.html", error=None)


@blueprint.post("/delete")
@limiter.limit(SIGN_IN_LIMIT)
def delete() -> ResponseReturnValue:
    user = signed_in()
    try:
        accounts.delete_user(db.session, user, password=request.form.get("password", ""))
    except (Invalid, Conflict) as error:
        return render_template("account/delete.html", error=str(error)), error.status
    logout_user()
    session.clear()
    flash("Your account and everything in it is deleted.", "info")
    return redirect(url_for("front.index"), 303)


def _done(words: str) -> ResponseReturnValue:
    flash(words, "good")
    return redirect(url_for("account.index"), 303)


def _page(error: TrainerError | None = None, token: str = "") -> str:
    return render_template(
        "account/account.html",
        user=signed_in(),
        tokens=accounts.list_tokens(db.session, signed_in()),
        token=token,
        errors={error.field or "": str(error)} if error else {},
        form=request.form,
    )
