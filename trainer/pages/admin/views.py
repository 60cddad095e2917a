"""Accounts, for those who look after them. Admins see and change all; mentors see students and can send them a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.errors import Conflict, Invalid, TrainerError
from trainer.learning.interview import FACTORS
from trainer.models import Role, User
from trainer.pages.admin import words
from trainer.pages.links import full_link
from trainer.pages.pager import asked_page, pager_of
from trainer.runtime import runtime
from trainer.security import admin, mentor
from trainer.services import accounts, directory
from trainer.transactions import save, undo

blueprint = Blueprint("admin", __name__, url_prefix="/accounts", template_folder="templates")
log = structlog.get_logger()


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
    return render_template(
        "admin/accounts.html",
        users=found.items,
        pager=pager_of(found),
        search=search,
        states=words.STATES,
        roles=list(Role),
        orders=words.ORDERS,
        is_admin=actor.role is Role.ADMIN,
        sandbox=runtime().sandbox.status(),
    )


@blueprint.get("/<int:user_id>")
def show(user_id: int) -> ResponseReturnValue:
    return _page(directory.find(db.session, mentor(), user_id))


@blueprint.post("/<int:user_id>/link")
def make_link(user_id: int) -> ResponseReturnValue:
    """A link for a new password, shown once."""
    actor = mentor()
    user = directory.find(db.session, actor, user_id)
    token = accounts.make_link(db.session, user)
    _log(actor, user, "link")
    save()
    return _page(user, link=full_link("accounts.link", token=token))


@blueprint.post("/<int:user_id>/role")
def set_role(user_id: int) -> ResponseReturnValue:
    def change(user: User) -> str:
        accounts.set_role(db.session, user, words.role(request.form.get("role", "")))
        return f"{user.name} is {words.a_role(user.role)} now."

    return _change(user_id, change, "role", field="role")


@blueprint.post("/<int:user_id>/time")
def set_time(user_id: int) -> ResponseReturnValue:
    def change(user: User) -> str:
        accounts.set_time_factor(user, words.number(request.form.get("factor", "")))
        return f"{user.name} has {user.time_factor:g} times the usual time in interviews that begin from now on."

    return _change(user_id, change, "time", field="factor")


@blueprint.post("/<int:user_id>/name")
def rename(user_id: int) -> ResponseReturnValue:
    def change(user: User) -> str:
        accounts.rename(user, request.form.get("name", ""))
        return "The name is changed."

    return _change(user_id, change, "name", field="name")


@blueprint.get("/<int:user_id>/disable")
def ask_disable(user_id: int) -> ResponseReturnValue:
    return render_template("admin/disable.html", user=directory.find(db.session, admin(), user_id))


@blueprint.post("/<int:user_id>/disable")
def disable(user_id: int) -> ResponseReturnValue:
    def change(user: User) -> str:
        _not_oneself(user, "disable")
        accounts.disable(db.session, user)
        return f"{user.name} cannot sign in any more. What the account has done is kept."

    return _change(user_id, change, "disabled")


@blueprint.post("/<int:user_id>/enable")
def enable(user_id: int) -> ResponseReturnValue:
    def change(user: User) -> str:
        accounts.enable(user)
        return f"{user.name} can sign in again."

    return _change(user_id, change, "enabled")


@blueprint.get("/<int:user_id>/delete")
def ask_delete(user_id: int) -> ResponseReturnValue:
    return _delete_form(directory.find(db.session, admin(), user_id))


@blueprint.post("/<int:user_id>/delete")
def delete(user_id: int) -> ResponseReturnValue:
    actor = admin()
    user = directory.find(db.session, actor, user_id)
    try:
        _not_oneself(user, "delete")
        if request.form.get("email", "").strip().lower() != user.email:
            raise Invalid("This is not the address of the account. Nothing was deleted.", field="email")
        accounts.delete_user(db.session, user)
    except (Invalid, Conflict) as error:
        undo()
        return _delete_form(directory.find(db.session, admin(), user_id), str(error)), error.status
    _log(actor, user, "deleted")
    flash(f"The account {user.email} and everything in it is deleted.", "info")
    return redirect(url_for("admin.index"), 303)


def _change(user_id: int, change: Callable[[User], str], what: str, field: str | None = None) -> ResponseReturnValue:
    """Change an account as an admin, and say so; where it cannot be, say why beside the field."""
    actor = admin()
    user = directory.find(db.session, actor, user_id)
    try:
        said = change(user)
    except (Invalid, Conflict) as error:
        undo()
        return _page(directory.find(db.session, admin(), user_id), error, field), error.status
    _log(actor, user, what)
    flash(said, "good")
    return redirect(url_for("admin.show", user_id=user_id), 303)


def _not_oneself(user: User, verb: str) -> None:
    if user.id == admin().id:
        raise Conflict(f"You cannot {verb} your own account here. Another admin can.")


def _log(actor: User, user: User, what: str) -> None:
    log.info("an account was changed", by=actor.id, account=user.id, what=what)


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
