"""One submission: the page that shows it, and its result as a piece of that page."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.models import Problem
from trainer.pages.by_kind import render_by_kind
from trainer.pages.problem.chosen import Remembered
from trainer.pages.problem.desk import lay_out
from trainer.pages.shown import show, wait_words
from trainer.services import submissions
from trainer.web.security import author

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
    desk = lay_out(db.session, who, slug, last=Remembered(here=submission.language))
    return render_by_kind(shown.kind, "submissions/fragment.html", shown=shown, desk=desk)
