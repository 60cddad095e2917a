"""The account: name, theme, editor, password, keys for the API, taking one's data out, leaving."""

from __future__ import annotations

from typing import IO

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from trainer.db import db
from trainer.errors import Conflict, Invalid, TooMany, TrainerError, headers_of
from trainer.models import KeyScope, User
from trainer.pages.account.browsers import browser_words
from trainer.pages.asked import wants_fragment
from trainer.pages.assets import THEMES
from trainer.services import accounts, editor_settings, keys, passwords, sessions
from trainer.services.export import export
from trainer.services.pieces import pieces
from trainer.web.downloads import send_made
from trainer.web.guard import guess as begin_guess
from trainer.web.links import place
from trainer.web.security import SAVE_LIMIT, let_in, limiter, login_session_id, signed_in
from trainer.web.transactions import save, undo

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")

YEAR_S = 365 * 24 * 3600
LIVES = {"30": "30 days", "90": "90 days", "365": "A year", "": "Never"}
"""How long keys last, in days."""
SCOPES = {
    KeyScope.READ: "Read: look at everything",
    KeyScope.PRACTISE: "Practise: all that a student does",
    KeyScope.MENTOR: "Mentor: publish packages, too",
    KeyScope.ADMIN: "Admin: look after accounts, too",
}


@blueprint.get("")
def index() -> ResponseReturnValue:
    return _page()


@blueprint.post("/name")
def rename() -> ResponseReturnValue:
    try:
        accounts.rename(signed_in(), request.form.get("name", ""))
    except Invalid as error:
        return _refused(error)
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


@blueprint.post("/editor")
@limiter.limit(SAVE_LIMIT)
def editor() -> ResponseReturnValue:
    """A form of the account page, and what the editor's own settings send."""
    user = signed_in()
    try:
        chosen = editor_settings.from_form(request.form)
    except Invalid as error:
        if wants_fragment():
            raise
        return _refused(error)
    editor_settings.keep(db.session, user.id, chosen)
    return "" if wants_fragment() else _done("The editor settings are saved.", "editor")


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    user = signed_in()
    fields = request.form
    try:
        _check_own_password(user, "old_password", "This is not your current password.")
        password = passwords.new(fields.get("new_password", ""), field="new_password")
    except (Invalid, TooMany) as error:
        return _refused(error)
    stays = current_app.config["REMEMBER_COOKIE_NAME"] in request.cookies
    accounts.change_password(db.session, user, password, keep_keys="keep_keys" in fields)
    let_in(user, remember=stays)
    return _done("Your password is changed. Other devices are signed out.")


@blueprint.post("/sessions/<int:session_id>/end")
def end_session(session_id: int) -> ResponseReturnValue:
    sessions.end(db.session, signed_in().id, session_id)
    return _done("The device is signed out.", "sessions")


@blueprint.post("/sessions/end")
def end_sessions() -> ResponseReturnValue:
    """All but the one that asks."""
    sessions.end_all(db.session, signed_in().id, but=login_session_id())
    return _done("All other devices are signed out.", "sessions")


@blueprint.post("/tokens")
@limiter.limit("20 per hour")
def make_token() -> ResponseReturnValue:
    fields, user = request.form, signed_in()
    scope, days = fields.get("token_scope", KeyScope.PRACTISE), fields.get("token_days", "")
    try:
        if scope not in list(KeyScope) or not (days == "" or days in LIVES):
            raise Invalid("Choose what the key may do, and how long it lasts.")
        token = keys.make_token(
            db.session,
            user,
            fields.get("token_name", ""),
            scope=KeyScope(scope),
            days=int(days) if days else None,
        )
    except Invalid as error:
        return _refused(Invalid(str(error), field="token_scope" if error.field == "scope" else "token_name"))
    save()
    return _page(token=token)


@blueprint.post("/tokens/<int:token_id>/drop")
def drop_token(token_id: int) -> ResponseReturnValue:
    keys.drop_token(db.session, signed_in(), token_id)
    return _done("The key is revoked. Programs that use it are refused from now on.", "tokens")


@blueprint.get("/export.json")
def export_data() -> Response:
    user = signed_in()

    def write(file: IO[bytes]) -> None:
        for piece in pieces(export(db.session, user)):
            file.write(piece.encode())

    return send_made(write, "trainer-export.json", "application/json")


@blueprint.get("/delete")
def ask_delete() -> ResponseReturnValue:
    signed_in()
    return render_template("account/delete.html", error=None)


@blueprint.post("/delete")
def delete() -> ResponseReturnValue:
    user = signed_in()
    try:
        _check_own_password(user, "password", "This is not your password. Nothing was deleted.")
        accounts.delete_user(db.session, user)
    except (Invalid, Conflict, TooMany) as error:
        undo()
        return render_template("account/delete.html", error=str(error)), error.status, headers_of(error)
    logout_user()
    session.clear()
    flash("Your account and everything in it is deleted.", "info")
    return redirect(url_for("front.index"), 303)


def _check_own_password(user: User, field: str, wrong: str) -> None:
    """Whoever finds an open session may guess here, too. Raises Invalid, TooMany."""
    guess = begin_guess(user.email, field=field)
    if not passwords.fits(user.password_hash, request.form.get(field, "")):
        raise Invalid(wrong, field=field)
    guess.was_right()


def _done(words: str, anchor: str | None = None) -> ResponseReturnValue:
    flash(words, "good")
    return redirect(url_for("account.index", _anchor=anchor), 303)


def _refused(error: TrainerError) -> ResponseReturnValue:
    undo()
    return _page(error), error.status, headers_of(error)


def _page(error: TrainerError | None = None, token: str = "") -> str:
    user = signed_in()
    return render_template(
        "account/account.html",
        user=user,
        sessions=[(one, browser_words(one.browser)) for one in sessions.listed(db.session, user.id)],
        this_session=login_session_id(),
        tokens=keys.list_tokens(db.session, user),
        token=token,
        scopes={scope: words for scope, words in SCOPES.items() if scope in keys.scopes_of(user)},
        lives=LIVES,
        has_ended=keys.has_ended,
        base=place(),
        errors={error.field or "": str(error)} if error else {},
        form=request.form,
    )
