"""The problem page: statement, editor, results; and everything on it that is a form."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer import kinds
from trainer.bank.causes import ANSWER
from trainer.bank.markdown import render
from trainer.bank.problem import Problem as Content
from trainer.db import db, row_number
from trainer.errors import Busy, Invalid, TrainerError
from trainer.models import OwnCase, Purpose
from trainer.pages.asked import wants_fragment
from trainer.pages.by_kind import render_by_kind
from trainer.pages.compare import Line, clipped, compare
from trainer.pages.pager import asked_page, pager_of
from trainer.pages.problem import chosen
from trainer.pages.problem.chosen import Remembered
from trainer.pages.problem.desk import Desk, lay_out, open_hints, with_latest, with_submission
from trainer.pages.problem.drawing import draw_schema
from trainer.pages.problem.files import UNNAMED, box_packages, files_of, in_order_of_ids, lacks_cause, tells_cause
from trainer.pages.problem.own import cases_json, sample_case, to_run, typed_case
from trainer.pages.problem.sheet import sheet
from trainer.pages.shown import show
from trainer.services import attempts, catalogue, drafts, own_cases, rejudging, submissions, tries
from trainer.services.author import Author
from trainer.services.tries import Try
from trainer.web.runtime import send_after_commit
from trainer.web.security import SAVE_LIMIT, SEND_LIMIT, author, guest_key, limiter, signed_in
from trainer.web.transactions import save, undo

blueprint = Blueprint("problem", __name__, url_prefix="/problems/<slug>", template_folder="templates")

blueprint.add_app_template_filter(draw_schema)
blueprint.add_app_template_filter(sheet)
blueprint.add_app_template_filter(cases_json)
blueprint.add_app_template_filter(sample_case)
blueprint.add_app_template_filter(files_of)
blueprint.add_app_template_filter(in_order_of_ids)
blueprint.add_app_template_filter(render, "markdown")
blueprint.add_app_template_global(box_packages)
blueprint.add_app_template_test(tells_cause)

TABS = ("statement", "solution", "attempts", "notes")


@blueprint.get("")
def index(slug: str) -> ResponseReturnValue:
    who = _who()
    desk = lay_out(db.session, who, slug, chosen.asked(), chosen.remembered(slug))
    submission_id = request.args.get("submission", type=row_number)
    if submission_id is not None:
        desk = with_submission(db.session, who or author(), desk, submission_id)
        if "own" in request.args and desk.shown:
            desk = replace(desk, own=dict(desk.shown.own_case))
    elif who is not None:
        desk = with_latest(db.session, who, desk)
    case_id = request.args.get("case", type=row_number)
    open_case = next((case for case in desk.cases if case.id == case_id), None)
    page = _page(replace(desk, own=own_cases.texts(open_case)) if open_case else desk)
    return chosen.keep(page, slug, desk.language)


@blueprint.post("/submissions")
@limiter.limit(SEND_LIMIT)
def send(slug: str) -> ResponseReturnValue:
    """Run or Submit without scripts. What was typed is kept as a draft, and comes back where it is refused."""
    content = _content(slug)
    source = kinds.get(content.kind).from_form(content, request.form.to_dict(flat=False))
    language = chosen.written_in()
    purpose = Purpose.RUN if request.form.get("action") == "run" else Purpose.SUBMIT
    own = typed_case(request.form)
    try:
        if request.form.get("action") == "keep":
            return _keep(slug, language, source, own)
        if request.form.get("action") == "switch":
            return _switch(slug, language, source)
        if request.form.get("action") == "submit" and lacks_cause(content, source):
            raise Invalid(UNNAMED, field=ANSWER)
        sent = submissions.submit(
            db.session,
            author(),
            slug,
            language=language,
            source=source,
            purpose=purpose,
            own_inputs=to_run(own, _kept(slug, content)) if purpose is Purpose.RUN else [],
        )
    except (Invalid, Busy) as error:
        return _refused(slug, language, source, own, error)
    send_after_commit(sent.id)
    if current_user.is_authenticated:
        drafts.save(
            db.session, current_user.id, sent.problem_id, language=language, source=source, base_revision=0, force=True
        )
    if request.form.get("from") == "front":
        return redirect(url_for("front.index", submission=sent.id, _anchor="warm-up"), 303)
    return redirect(url_for("problem.index", slug=slug, submission=sent.id, _anchor="results"), 303)


@blueprint.post("/cases/<int:case_id>/delete")
@limiter.limit(SAVE_LIMIT)
def delete_case(slug: str, case_id: int) -> ResponseReturnValue:
    problem, _ = catalogue.published(db.session, slug)
    own_cases.remove(db.session, signed_in().id, problem.id, case_id)
    return redirect(url_for("problem.index", slug=slug, _anchor="results"), 303)


@blueprint.post("/hints/<int:number>")
def take_hint(slug: str, number: int) -> ResponseReturnValue:
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    content = catalogue.content(db.session, version)
    attempts.take_hint(db.session, user.id, problem.id, number, count=len(content.hints))
    if not wants_fragment():
        return redirect(url_for("problem.index", slug=slug), 303)
    save()
    desk = replace(lay_out(db.session, None, slug), hints=open_hints(db.session, user.id, problem.id, content))
    return render_template("problem/hints.html", desk=desk, fresh=number)


@blueprint.get("/give-up")
def ask_give_up(slug: str) -> ResponseReturnValue:
    signed_in()
    return render_template("problem/give_up.html", desk=lay_out(db.session, None, slug))


@blueprint.post("/give-up")
def give_up(slug: str) -> ResponseReturnValue:
    problem, _ = catalogue.published(db.session, slug)
    attempts.give_up(db.session, signed_in().id, problem.id)
    return redirect(url_for("problem.index", slug=slug, tab="solution"), 303)


@blueprint.post("/timer")
@limiter.limit(SAVE_LIMIT)
def set_timer(slug: str) -> ResponseReturnValue:
    """Start a timer of so many minutes, or stop the one that runs."""
    user = signed_in()
    problem, _ = catalogue.published(db.session, slug)
    minutes = request.form.get("minutes", "")
    if minutes == "stop":
        attempts.end_timer(attempts.touch(db.session, user.id, problem.id))
    else:
        attempts.start_timer(db.session, user.id, problem.id, int(minutes) if minutes in ("25", "45") else 0)
    return redirect(url_for("problem.index", slug=slug), 303)


@blueprint.post("/star")
@limiter.limit(SAVE_LIMIT)
def star(slug: str) -> ResponseReturnValue:
    problem, _ = catalogue.published(db.session, slug)
    attempts.set_star(db.session, signed_in().id, problem.id, starred=request.form.get("starred") == "1")
    return "" if wants_fragment() else redirect(url_for("problem.index", slug=slug), 303)


@blueprint.post("/note")
@limiter.limit(SAVE_LIMIT)
def note(slug: str) -> ResponseReturnValue:
    problem, _ = catalogue.published(db.session, slug)
    attempts.write_note(db.session, signed_in().id, problem.id, request.form.get("text", ""))
    return "" if wants_fragment() else redirect(url_for("problem.index", slug=slug, tab="notes"), 303)


@blueprint.get("/reports")
def ask_report(slug: str) -> ResponseReturnValue:
    signed_in()
    return _report_form(slug)


@blueprint.post("/reports")
@limiter.limit("10 per hour")
def report(slug: str) -> ResponseReturnValue:
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    submission_id = request.form.get("submission", type=row_number)
    try:
        attempts.report(
            db.session,
            user.id,
            problem_id=problem.id,
            version_id=version.id,
            kind=request.form.get("kind", ""),
            text=request.form.get("text", ""),
            submission_id=submission_id,
        )
    except Invalid as error:
        undo()
        return _report_form(slug, error), error.status
    flash("Thank you. Mentors read your report; their answer appears on your front page.", "good")
    return redirect(url_for("problem.index", slug=slug, submission=submission_id), 303)


@blueprint.get("/attempts")
def all_attempts(slug: str) -> ResponseReturnValue:
    """All that was sent to a problem, a page at a time."""
    _, version = catalogue.published(db.session, slug)
    found = tries.page(db.session, Author(user_id=signed_in().id), slug, asked_page())
    return render_template(
        "problem/attempts.html",
        slug=slug,
        title=version.title,
        tries=found.items,
        pager=pager_of(found),
        languages_differ=len(catalogue.content(db.session, version).languages) > 1,
    )


@blueprint.get("/attempts/<int:submission_id>")
def attempt(slug: str, submission_id: int) -> ResponseReturnValue:
    """One earlier try: what was sent, and what changed since the one before."""
    who = Author(user_id=signed_in().id)
    this, before = tries.find(db.session, who, slug, submission_id)
    content = catalogue.content(db.session, this.submission.version)
    return render_template(
        "problem/try_part.html" if wants_fragment() else "problem/try.html",
        slug=slug,
        this=this,
        before=before,
        content=content,
        shown=show(db.session, who, submissions.own(db.session, who, submission_id), slug),
        changes=_changes(before, this) if before else [],
        verdicts_before=rejudging.history(db.session, submission_id),
        title=this.submission.version.title,
    )


def _keep(slug: str, language: str, source: str, own: dict[str, str]) -> ResponseReturnValue:
    """Keep what stands in the fields of own input, and what was typed as a draft."""
    user = signed_in()
    problem, _ = catalogue.published(db.session, slug)
    case = own_cases.add(db.session, user.id, problem.id, own)
    drafts.save(db.session, user.id, problem.id, language=language, source=source, base_revision=0, force=True)
    return redirect(url_for("problem.index", slug=slug, case=case.id, _anchor="results"), 303)


def _switch(slug: str, language: str, source: str) -> ResponseReturnValue:
    """The page in the language that the menu names. What was typed in the other one is kept as a draft."""
    if current_user.is_authenticated:
        problem, _ = catalogue.published(db.session, slug)
        drafts.save(
            db.session, current_user.id, problem.id, language=language, source=source, base_revision=0, force=True
        )
    return redirect(url_for("problem.index", slug=slug, language=request.form.get("language"), _anchor="code"), 303)


def _kept(slug: str, content: Content) -> list[OwnCase]:
    """The own cases that a run takes along."""
    if content.kind != "function" or not current_user.is_authenticated:
        return []
    problem, _ = catalogue.published(db.session, slug)
    return own_cases.listed(db.session, current_user.id, problem.id)


def _who() -> Author | None:
    """Who looks. A guest who has sent nothing has no key, and gets none by looking."""
    if current_user.is_authenticated:
        return Author(user_id=current_user.id)
    key = guest_key()
    return Author(guest_key=key) if key else None


def _page(desk: Desk) -> str:
    tab = request.args.get("tab", "")
    return render_by_kind(desk.content.kind, "problem/problem.html", desk=desk, tab=tab if tab in TABS else "statement")


def _refused(slug: str, language: str, source: str, own: dict[str, str], error: TrainerError) -> ResponseReturnValue:
    undo()
    desk = lay_out(db.session, _who(), slug, last=Remembered(here=language))
    shown = replace(desk, source=source, own=own, error=str(error), error_field=error.field or "")
    return _page(shown), error.status


def _report_form(slug: str, error: TrainerError | None = None) -> str:
    problem, version = catalogue.published(db.session, slug)
    return render_template("problem/report.html", slug=problem.slug, version=version, error=error, form=request.values)


def _content(slug: str) -> Content:
    _, version = catalogue.published(db.session, slug)
    return catalogue.content(db.session, version)


def _changes(before: Try, this: Try) -> list[Line]:
    earlier, later = (submissions.to_read(db.session, one.submission) for one in (before, this))
    return clipped(compare(earlier, later))
