"""Accounts, for those who look after them. Admins see and change all; mentors see students and can send them a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.errors import Conflict, Invalid, TrainerError
from trainer.learning.interview import FACTORS
from trainer.models import Role, User
from trainer.pages.admin import words
from trainer.pages.pager import asked_page, pager_of
from trainer.services import care, directory, workers
from trainer.web.links import full_link
from trainer.web.security import admin, mentor
from trainer.web.transactions import save, undo

blueprint = Blueprint("admin", __name__, url_prefix="/accounts", template_folder="templates")


@blueprint.get("")
def index() -> ResponseReturnValue:
    actor = mentor()
    asked = request.args
    search = directory.Search(
        text=asked.get("q", "")[:200],
        role=asked.get("role", ""),
        state=asked.get("state", ""),
        order=asked.get("sort", "name"),
    )
    found = directory.listed(db.session, actor, search, number=asked_page())
    known = workers.listed(db.session) if actor.role is Role.ADMIN else []
    return render_template(
        "admin/accounts.html",
        users=found.items,
        pager=pager_of(found),
        search=search,
        states=words.STATES,
        roles=list(Role),
        orders=words.ORDERS,
        is_admin=actor.role is Role.ADMIN,
        known=known,
        away=workers.out_of_order(known),
    )


@blueprint.get("/<int:user_id>")
def show(user_id: int) -> ResponseReturnValue:
    return _page(directory.find(db.session, mentor(), user_id))


@blueprint.post("/<int:user_id>/link")
def make_link(user_id: int) -> ResponseReturnValue:
    """A link for a new password, shown once."""
    actor = mentor()
    user = directory.find(db.session, actor, user_id)
    token = care.make_link(db.session, actor, user)
    save()
    return _page(user, link=full_link("accounts.link", token=token))


@blueprint.post("/<int:user_id>/role")
def set_role(user_id: int) -> ResponseReturnValue:
    def change(actor: User, user: User) -> str:
        care.set_role(db.session, actor, user, words.role(request.form.get("role", "")))
        return f"{user.name} is {user.role.with_article} now."

    return _change(user_id, change, field="role")


@blueprint.post("/<int:user_id>/time")
def set_time(user_id: int) -> ResponseReturnValue:
    def change(actor: User, user: User) -> str:
        care.set_time_factor(actor, user, words.number(request.form.get("factor", "")))
        return f"{user.name} has {user.time_factor:g} times the usual time in interviews that begin from now on."

    return _change(user_id, change, field="factor")


@blueprint.post("/<int:user_id>/name")
def rename(user_id: int) -> ResponseReturnValue:
    def change(actor: User, user: User) -> str:
        care.rename(actor, user, request.form.get("name", ""))
        return "The name is changed."

    return _change(user_id, change, field="name")


@blueprint.get("/<int:user_id>/disable")
def ask_disable(user_id: int) -> ResponseReturnValue:
    return render_template("admin/disable.html", user=directory.find(db.session, admin(), user_id))


@blueprint.post("/<int:user_id>/disable")
def disable(user_id: int) -> ResponseReturnValue:
    def change(actor: User, user: User) -> str:
        care.disable(db.session, actor, user)
        return f"{user.name} cannot sign in any more. What the account has done is kept."

    return _change(user_id, change)


@blueprint.post("/<int:user_id>/enable")
def enable(user_id: int) -> ResponseReturnValue:
    def change(actor: User, user: User) -> str:
        care.enable(actor, user)
        return f"{user.name} can sign in again."

    return _change(user_id, change)


@blueprint.get("/<int:user_id>/delete")
def ask_delete(user_id: int) -> ResponseReturnValue:
    return _delete_form(directory.find(db.session, admin(), user_id))


@blueprint.post("/<int:user_id>/delete")
def delete(user_id: int) -> ResponseReturnValue:
    actor = admin()
    user = directory.find(db.session, actor, user_id)
    try:
        care.delete(db.session, actor, user, email=request.form.get("email", ""))
    except (Invalid, Conflict) as error:
        undo()
        return _delete_form(directory.find(db.session, admin(), user_id), str(error)), error.status
    flash(f"The account {user.email} and everything in it is deleted.", "info")
    return redirect(url_for("admin.index"), 303)


def _change(user_id: int, change: Callable[[User, User], str], field: str | None = None) -> ResponseReturnValue:
    """Change an account as an admin, and say so; where it cannot be, say why beside the field."""
    actor = admin()
    user = directory.find(db.session, actor, user_id)
    try:
        said = change(actor, user)
    except (Invalid, Conflict) as error:
        undo()
        return _page(directory.find(db.session, admin(), user_id), error, field), error.status
    flash(said, "good")
    return redirect(url_for("admin.show", user_id=user_id), 303)


def _page(user: User, error: TrainerError | None = None, field: str | None = None, **more: Any) -> str:
    actor = mentor()
    return render_template(
        "admin/account.html",
        user=user,
        facts=directory.facts(db.session, user),
        roles=list(Role),
        factors=FACTORS,
        states=words.STATES,
        errors={error.field or field or "": str(error)} if error else {},
        form=request.form,
        is_admin=actor.role is Role.ADMIN,
        is_self=actor.id == user.id,
        **more,
    )


def _delete_form(user: User, error: str = "") -> str:
    return render_template("admin/delete.html", user=user, error=error)
