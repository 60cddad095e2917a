"""Who may make an account: the rule, invites, and mail."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.errors import Invalid
from trainer.models import SignUp
from trainer.pages.admin.views import blueprint
from trainer.pages.admin.words import whole
from trainer.pages.pager import asked_page, pager_of
from trainer.services import admission
from trainer.web import letters
from trainer.web.links import full_link
from trainer.web.runtime import runtime
from trainer.web.security import admin, limiter
from trainer.web.transactions import undo


@blueprint.get("/sign-up")
def sign_up() -> ResponseReturnValue:
    admin()
    return _page()


@blueprint.post("/sign-up")
def set_rule() -> ResponseReturnValue:
    admin()
    fields = request.form
    try:
        admission.set_rule(
            db.session,
            sign_up=fields.get("sign_up", ""),
            domains=fields.get("domains", ""),
            contact=fields.get("contact", ""),
        )
    except Invalid as error:
        return _refused(error)
    flash("Saved. It applies from now on.", "good")
    return redirect(url_for("admin.sign_up"), 303)


@blueprint.post("/invites")
def make_invite() -> ResponseReturnValue:
    admin()
    fields = request.form
    try:
        invite = admission.make_invite(
            db.session,
            name=fields.get("name", ""),
            days=whole(fields.get("days", ""), "days"),
            most=whole(fields.get("most", ""), "most"),
        )
    except Invalid as error:
        return _refused(error)
    flash(f"The invite “{invite.name}” is ready. Copy its link and send it to them.", "good")
    return redirect(url_for("admin.sign_up", _anchor="invites"), 303)


@blueprint.post("/invites/<int:invite_id>/end")
def end_invite(invite_id: int) -> ResponseReturnValue:
    admin()
    admission.end_invite(db.session, invite_id)
    flash("The invite has ended. Accounts that came by it stay.", "info")
    return redirect(url_for("admin.sign_up", _anchor="invites"), 303)


@blueprint.post("/mail/try")
@limiter.limit("10 per hour")
def try_mail() -> ResponseReturnValue:
    """Send a message to oneself, and wait for what the mail server says."""
    mail = letters.trial(admin())
    undo()  # nothing of the database is held while the mail server is waited for
    try:
        runtime().mailer.send_now(mail)
    except OSError as error:
        flash(f"The message could not be sent: {error}", "bad")
    else:
        flash(f"The mail server took a message for {mail.to}. Check that it arrives.", "good")
    return redirect(url_for("admin.sign_up", _anchor="mail"), 303)


def _refused(error: Invalid) -> ResponseReturnValue:
    undo()
    return _page(error), error.status


def _page(error: Invalid | None = None) -> str:
    config = runtime().config
    invites = admission.list_invites(db.session, number=asked_page())
    return render_template(
        "admin/sign_up.html",
        rule=admission.rule(db.session, may_open=True),
        is_closed_by_setting=not config.sign_up,
        choices=list(SignUp),
        invites=[(one, full_link("accounts.join", code=one.token), admission.is_open(one))
                 for one in invites.items],
        pager=pager_of(invites, anchor="invites"),
        mailer=runtime().mailer,
        errors={error.field or "": str(error)} if error else {},
        form=request.form,
    )  # fmt: skip
