"""Mentors have submissions of older versions rejudged, see whose verdicts would change, and change them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.errors import Conflict, TrainerError
from trainer.models import Rejudging
from trainer.pages.asked import wants_fragment
from trainer.pages.words import count
from trainer.services import rejudging
from trainer.web.security import limiter, mentor
from trainer.web.transactions import undo

blueprint = Blueprint(
    "rejudging", __name__, url_prefix="/mentor/problems/<slug>/rejudging", template_folder="templates"
)

PAGES_AT_ONCE = 5
"""So many pages of verdicts change in one request; with more to change a mentor presses again."""


@blueprint.get("")
def index(slug: str) -> ResponseReturnValue:
    mentor()
    return _page(slug)


@blueprint.post("/ask")
@limiter.limit("30 per hour")
def ask(slug: str) -> ResponseReturnValue:
    user = mentor()
    chosen = request.form.get("version", "")
    try:
        rejudging.ask(db.session, user, slug, int(chosen) if chosen.isdecimal() else None)
    except Conflict as error:
        return _refused(slug, error)
    rejudging.queue_more(db.session)
    return redirect(url_for("rejudging.index", slug=slug), 303)


@blueprint.post("/apply")
def apply(slug: str) -> ResponseReturnValue:
    user = mentor()
    changed, left = 0, 1
    try:
        found = _under_way(slug)
        for _ in range(PAGES_AT_ONCE):
            done = rejudging.apply_page(db.session, user, found.id)
            changed, left = changed + done.changed, done.left
            if not left:
                break
    except Conflict as error:
        return _refused(slug, error)
    rest = " There are more: go on with the rest." if left else " What they were before is kept."
    flash(f"{count(changed, 'verdict')} changed.{rest}", "good")
    return redirect(url_for("rejudging.index", slug=slug), 303)


@blueprint.post("/drop")
def drop(slug: str) -> ResponseReturnValue:
    user = mentor()
    try:
        rejudging.drop(db.session, user, _under_way(slug))
    except Conflict as error:
        return _refused(slug, error)
    flash("It is dropped. All verdicts are as they were.", "info")
    return redirect(url_for("rejudging.index", slug=slug), 303)


def _under_way(slug: str) -> Rejudging:
    """Raises NotFound, Conflict."""
    problem, _ = rejudging.find(db.session, slug)
    found = rejudging.under_way(db.session, problem)
    if found is None:
        raise Conflict("This problem is not being rejudged any more.")
    return found


def _refused(slug: str, error: TrainerError) -> ResponseReturnValue:
    undo()
    return _page(slug, str(error)), error.status


def _page(slug: str, error: str = "") -> str:
    problem, current = rejudging.find(db.session, slug)
    found = rejudging.under_way(db.session, problem)
    return render_template(
        "rejudging/progress.html" if wants_fragment() else "rejudging/rejudging.html",
        slug=slug,
        current=current,
        error=error,
        found=found,
        state=rejudging.state(db.session, found) if found else None,
        changes=rejudging.changes(db.session, found) if found else [],
        older=[] if found else rejudging.by_version(db.session, problem),
        past=rejudging.past(db.session, problem),
    )
