"""Mentors: packages sent in, their check watched, versions published; and what students report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import IO

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from trainer.bank.archives import ARCHIVE, load_zip, to_zip
from trainer.bank.files import package
from trainer.bank.markdown import render
from trainer.bank.package import read_package
from trainer.bank.template import TEMPLATES, WORDS, new_package
from trainer.db import db
from trainer.errors import Conflict, Invalid, NotFound, PackageError
from trainer.models import Upload, User
from trainer.pages.asked import wants_fragment
from trainer.pages.mentor.changes import FileChange, changes
from trainer.pages.mentor.report import read_report
from trainer.pages.pager import asked_page, pager_of
from trainer.services import catalogue, reports, submissions, troubles, uploads
from trainer.web.downloads import send_made
from trainer.web.runtime import check_after_commit, runtime
from trainer.web.security import UPLOAD_LIMIT, limiter, mentor
from trainer.web.transactions import undo

blueprint = Blueprint("mentor", __name__, url_prefix="/mentor", template_folder="templates")


@blueprint.url_value_preprocessor
def _take_larger_bodies(endpoint: str | None, _values: object) -> None:
    """Packages are larger than other forms. Must be said before anything reads the body."""
    if endpoint == "mentor.upload":
        request.max_content_length = UPLOAD_LIMIT


@blueprint.get("")
def index() -> ResponseReturnValue:
    return _index()


@blueprint.post("/uploads")
@limiter.limit("30 per hour")
def upload() -> ResponseReturnValue:
    user = mentor()
    file = request.files.get("package")
    try:
        received = _receive(user, file)
    except PackageError as error:
        undo()
        return _index([str(flaw) for flaw in error.flaws]), error.status
    check_after_commit(received.id)
    return redirect(url_for("mentor.show", upload_id=received.id), 303)


@blueprint.get("/uploads/<int:upload_id>")
def show(upload_id: int) -> ResponseReturnValue:
    found = uploads.find(db.session, mentor(), upload_id)
    view = read_report(found)
    if wants_fragment():
        return render_template("mentor/check.html", upload=found, report=view)
    content = read_package(uploads.package(db.session, upload_id).files, found.slug, published=True)
    return render_template(
        "mentor/upload.html",
        upload=found,
        report=view,
        content=content,
        statement=render(content.statement),
        hints=[{"title": hint.title, "body": render(hint.body)} for hint in content.hints],
        solution=None if content.questions else render(content.solution),
        questions=render(content.solution, "Code of the questions") if content.questions else None,
        live=uploads.live(db.session, found.slug),
    )


@blueprint.get("/uploads/<int:upload_id>/publish")
def ask_publish(upload_id: int) -> ResponseReturnValue:
    return _publish_form(uploads.find(db.session, mentor(), upload_id))


@blueprint.post("/uploads/<int:upload_id>/publish")
def publish(upload_id: int) -> ResponseReturnValue:
    user = mentor()
    note = request.form.get("note", "").strip()
    if len(note) > 400:
        undo()
        found = uploads.find(db.session, user, upload_id)
        return _publish_form(found, "At most 400 characters: what changed, in a sentence or two."), 422
    with db.reading() as session:
        ready = uploads.read_checked(session, user, upload_id)
    version = uploads.publish(db.session, user, ready, note=note)
    flash(f"Version {version.number} of “{version.title}” is published.", "good")
    return redirect(url_for("problem.index", slug=ready.package.slug), 303)


@blueprint.post("/uploads/<int:upload_id>/discard")
def discard(upload_id: int) -> ResponseReturnValue:
    uploads.discard(db.session, mentor(), upload_id)
    flash("The upload is discarded. What is published stays as it was.", "info")
    return redirect(url_for("mentor.index"), 303)


@blueprint.get("/template")
def ask_template() -> ResponseReturnValue:
    slug = request.args.get("slug", "").strip() or "my-problem"
    kind = request.args.get("kind", "")
    return redirect(url_for("mentor.template", slug=slug, kind=kind or None))


@blueprint.get("/template/<slug>.zip")
def template(slug: str) -> Response:
    """A new package of a kind that passes every check, to be replaced file by file."""
    mentor()
    kind = request.args.get("kind", "function")
    if kind not in TEMPLATES:
        raise NotFound(f"There is no template of the kind {kind[:40]!r}. There are: {', '.join(TEMPLATES)}.")
    return _zip(lambda: to_zip(package(slug, new_package(slug, kind))), slug)


@blueprint.get("/problems/<slug>.zip")
def download(slug: str) -> Response:
    """The package of the live version."""
    mentor()
    _, version = catalogue.published(db.session, slug)
    return _zip(lambda: catalogue.package_files(db.session, version.id), slug)


@blueprint.get("/reports")
def list_reports() -> ResponseReturnValue:
    mentor()
    return _reports()


@blueprint.get("/reports/<int:report_id>/submission")
def show_reported(report_id: int) -> ResponseReturnValue:
    """What a student sent with a report, and what was said of it."""
    mentor()
    report, submission = reports.reported(db.session, report_id)
    return render_template(
        "mentor/submission.html",
        report=report,
        submission=submission,
        text=submissions.to_read(db.session, submission),
        feedback=submissions.feedback(db.session, submission),
    )


@blueprint.post("/reports/<int:report_id>/resolve")
def resolve(report_id: int) -> ResponseReturnValue:
    user = mentor()
    answer = request.form.get("answer", "")
    try:
        reports.resolve(db.session, report_id, by=user.name, answer=answer)
    except Invalid as error:
        undo()
        return _reports({report_id: str(error)}), error.status
    said = "The report is closed; its student sees your answer." if answer.strip() else "The report is closed."
    flash(said, "good")
    return redirect(url_for("mentor.list_reports"), 303)


def _reports(errors: Mapping[int, str] = MappingProxyType({})) -> str:
    closed = request.args.get("state") == "closed"
    found = reports.listed(db.session, number=asked_page(), closed=closed)
    return render_template(
        "mentor/reports.html",
        reports=found.items,
        pager=pager_of(found),
        closed=closed,
        errors=errors,
        form=request.form,
    )


def _receive(user: User, file: FileStorage | None) -> Upload:
    topics = [topic.id for topic in runtime().topics]
    archive, name = (file.read(UPLOAD_LIMIT), file.filename) if file else (b"", "")
    return uploads.receive(db.session, user, archive, name=(name or ARCHIVE)[-100:], topics=topics)


def _index(flaws: list[str] | None = None) -> str:
    user = mentor()
    sent = uploads.listed(db.session, user, number=asked_page("uploads"))
    published = uploads.published(db.session, number=asked_page())
    return render_template(
        "mentor/mentor.html",
        flaws=flaws or [],
        template_kinds=WORDS,
        uploads=sent.items,
        uploads_pager=pager_of(sent, "uploads", anchor="uploads-title"),
        published=published.items,
        published_pager=pager_of(published, anchor="published-title"),
        open_reports=reports.count_open(db.session),
        troubles=troubles.listed(db.session),
    )


def _publish_form(found: Upload, error: str = "") -> str:
    if not found.passed or found.version_id is not None:
        raise Conflict("Only an upload whose check has passed can be published, and only once.")
    live = uploads.live(db.session, found.slug)
    return render_template(
        "mentor/publish.html",
        upload=found,
        report=read_report(found),
        live=live,
        number=live.number + 1 if live else 1,
        changes=_changes(found, live.id if live else None),
        error=error,
    )


def _changes(found: Upload, live_id: int | None) -> list[FileChange]:
    if live_id is None:
        return []
    try:
        before = load_zip(catalogue.package_files(db.session, live_id), found.slug).files
    except PackageError:  # published under other rules: everything of the new one is new
        before = {}
    return changes(before, uploads.package(db.session, found.id).files)


def _zip(data: Callable[[], bytes], slug: str) -> Response:
    return send_made(lambda file: _write(file, data()), f"{slug}.zip", "application/zip")


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)
