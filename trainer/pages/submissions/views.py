"""One submission: the page that shows it, its result as a piece of that page, and its events."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.models import Problem
from trainer.pages.problem.desk import lay_out
from trainer.pages.shown import show, wait_words
from trainer.runtime import runtime
from trainer.security import author
from trainer.services import submissions
from trainer.stream import submission_stream

blueprint = Blueprint(
    "submissions", __name__, url_prefix="/submissions/<int:submission_id>", template_folder="templates"
)
blueprint.add_app_template_filter(wait_words)


@blueprint.get("")
def index(submission_id: int) -> ResponseReturnValue:
    submission = submissions.own(db.session, author(), submission_id)
    slug = db.session.get_one(Problem, submission.problem_id).slug
    return redirect(url_for("problem.index", slug=slug, submission=submission_id, _anchor="results"))


@blueprint.get("/result")
def result(submission_id: int) -> ResponseReturnValue:
    """What changes on the problem page when a submission is judged."""
    who = author()
    submission = submissions.own(db.session, who, submission_id)
    slug = db.session.get_one(Problem, submission.problem_id).slug
    shown = show(db.session, who, submission, slug)
    return render_template("submissions/fragment.html", shown=shown, desk=lay_out(db.session, who, slug))


@blueprint.get("/events")
def events(submission_id: int) -> Response:
    who = author()
    db.session.close()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return submission_stream(app, runtime(), who, submission_id)
