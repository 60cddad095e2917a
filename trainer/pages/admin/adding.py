"""Adding accounts: one by a form, or many by a list that is shown as it was understood before anything is made."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.errors import Conflict, Invalid, TrainerError
from trainer.models import Role
from trainer.pages.admin import words
from trainer.pages.admin.views import blueprint
from trainer.services import care, roster
from trainer.services.roster import Added, Entry
from trainer.web import letters
from trainer.web.links import full_link
from trainer.web.runtime import mail_after_commit, runtime
from trainer.web.security import admin
from trainer.web.transactions import save, undo


@blueprint.get("/add")
def add() -> ResponseReturnValue:
    admin()
    return _form()


@blueprint.post("/add")
def add_one() -> ResponseReturnValue:
    actor = admin()
    fields = request.form
    try:
        role = words.role(fields.get("role", Role.STUDENT))
        added = care.add_one(db.session, actor, email=fields.get("email", ""), name=fields.get("name", ""), role=role)
    except (Invalid, Conflict) as error:
        undo()
        return _form(error), error.status
    return _made([added])


@blueprint.post("/add/preview")
def preview() -> ResponseReturnValue:
    """What a list would make. Nothing is made yet."""
    admin()
    undo()
    try:
        text = _sent()
        entries = roster.read(db.session, text)
    except Invalid as error:
        return _form(error), error.status
    return _preview(text, entries)


@blueprint.post("/add/list")
def add_list() -> ResponseReturnValue:
    actor = admin()
    text = request.form.get("list", "")
    entries: list[Entry] = []
    try:
        entries = roster.read(db.session, text)
        added = care.add_all(db.session, actor, entries)
    except (Invalid, Conflict) as error:
        undo()
        return _preview(text, roster.read(db.session, text)) if entries else _form(error), error.status
    return _made(added)


def _sent() -> str:
    file = request.files.get("file")
    if file is not None and file.filename:
        return roster.decode(file.read(roster.LARGEST + 1))
    return request.form.get("list", "")


def _made(added: list[Added]) -> ResponseReturnValue:
    """The links, shown once. With a mail server they can be sent as well."""
    links = [(one.user, full_link("accounts.link", token=one.token)) for one in added]
    is_sent = runtime().mailer.is_on and "send" in request.form
    for user, link in links if is_sent else ():
        mail_after_commit(letters.welcome(user, link))
    save()
    return render_template("admin/added.html", links=links, text=roster.as_csv(links), is_sent=is_sent)


def _preview(text: str, entries: list[Entry]) -> str:
    return render_template(
        "admin/preview.html",
        text=text,
        entries=entries,
        new=sum(entry.is_new for entry in entries),
        flawed=sum(bool(entry.flaw) for entry in entries),
        there=sum(entry.exists and not entry.flaw for entry in entries),
        has_mail=runtime().mailer.is_on,
    )


def _form(error: TrainerError | None = None) -> str:
    return render_template(
        "admin/add.html",
        errors={error.field or "": str(error)} if error else {},
        form=request.form,
        roles=list(Role),
        most=roster.MOST_LINES,
        has_mail=runtime().mailer.is_on,
    )
