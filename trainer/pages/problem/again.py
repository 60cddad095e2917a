"""Earlier texts of one's own: tries and drafts, opened where one answers. What stood there stays as a draft."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.errors import Invalid
from trainer.models import Draft, Problem
from trainer.pages.asked import wants_fragment
from trainer.pages.compare import clipped, compare
from trainer.pages.problem.desk import lay_out
from trainer.pages.problem.views import blueprint
from trainer.services import catalogue, contents, drafts, tries
from trainer.services.author import Author
from trainer.web.security import SAVE_LIMIT, limiter, signed_in


@blueprint.post("/attempts/<int:submission_id>/open")
@limiter.limit(SAVE_LIMIT)
def open_try(slug: str, submission_id: int) -> ResponseReturnValue:
    """What was sent with a try becomes the draft."""
    user = signed_in()
    problem, _ = catalogue.published(db.session, slug)
    this, _ = tries.find(db.session, Author(user_id=user.id), slug, submission_id)
    name = f"try {this.number}" if this.number else "a submission"
    return _opened(user.id, problem, this.submission.language, this.submission.source, name)


@blueprint.get("/drafts/<language>/<int:revision>")
def draft(slug: str, language: str, revision: int) -> ResponseReturnValue:
    """An earlier draft, held against the latest one."""
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    this = drafts.version(db.session, user.id, problem.id, language, revision)
    latest = drafts.current(db.session, user.id, problem.id, language) or this
    before, after = (contents.to_read(db.session, version, one.source) for one in (latest, this))
    return render_template(
        "problem/draft_part.html" if wants_fragment() else "problem/draft.html",
        slug=slug,
        this=this,
        content=catalogue.content(db.session, version),
        title=version.title,
        changes=clipped(compare(before, after)),
    )


@blueprint.post("/drafts/<language>/<int:revision>/open")
@limiter.limit(SAVE_LIMIT)
def open_draft(slug: str, language: str, revision: int) -> ResponseReturnValue:
    """An earlier draft becomes the latest one."""
    user = signed_in()
    problem, _ = catalogue.published(db.session, slug)
    this = drafts.version(db.session, user.id, problem.id, language, revision)
    return _opened(user.id, problem, language, this.source, "an earlier draft")


def _opened(user_id: int, problem: Problem, language: str, source: str, name: str) -> ResponseReturnValue:
    """The problem page with the text in the editor; for scripts the draft that it has become."""
    _, version = catalogue.published(db.session, problem.slug)
    if language not in catalogue.content(db.session, version).languages:
        raise Invalid(f"This problem is not answered in {language} any more.", field="language")
    made = drafts.open_again(db.session, user_id, problem.id, language=language, source=source, origin=name)
    if wants_fragment():
        return _as_json(made, name) | {"list": _list(problem.slug, user_id, language)}
    flash(f"This is {name}. What stood here before is the first of your earlier drafts, under Attempts.", "good")
    return redirect(url_for("problem.index", slug=problem.slug, language=language, _anchor="code"), 303)


def _list(slug: str, user_id: int, language: str) -> str:
    desk = lay_out(db.session, Author(user_id=user_id), slug, language)
    return render_template("problem/tries.html", desk=desk)


def _as_json(made: Draft, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "language": made.language,
        "source": made.source,
        "revision": made.revision,
        "saved_at": made.saved_at.isoformat(),
    }
