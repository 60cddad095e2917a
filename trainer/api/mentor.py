"""Mentors by program: a package is sent in, checked and published, and what students report is closed."""

from __future__ import annotations

from typing import IO, Any

from flask import Blueprint, Response, request, url_for

from trainer.api.models.common import PageQuery
from trainer.api.models.mentor import (
    CheckModel,
    NewVersion,
    ReportAnswer,
    ReportList,
    ReportModel,
    TemplateQuery,
    UploadEntry,
    UploadList,
    UploadQuery,
    UploadState,
    VersionModel,
)
from trainer.api.paging import links_of
from trainer.api.spec import describe, describe_stream
from trainer.bank.archives import ARCHIVE, to_zip
from trainer.bank.files import package
from trainer.bank.template import new_package
from trainer.db import db
from trainer.errors import Invalid
from trainer.models import Upload
from trainer.services import catalogue, reports, uploads
from trainer.services.reports import ReportLine
from trainer.web.downloads import send_made
from trainer.web.runtime import check_after_commit, runtime
from trainer.web.security import UPLOAD_LIMIT, limiter, mentor

blueprint = Blueprint("api_mentor", __name__, url_prefix="/api/v1/mentor")

ZIP = "application/zip"


class NotZip(Invalid):
    """A body of another type, where a package is taken."""

    status = 415
    code = "not_zip"


@blueprint.url_value_preprocessor
def _take_larger_bodies(endpoint: str | None, _values: object) -> None:
    """Packages are larger than other bodies. Must be said before anything reads the body."""
    if endpoint == "api_mentor.send_upload":
        request.max_content_length = UPLOAD_LIMIT


@blueprint.before_request
def _mentors_only() -> None:
    """Before anything is said of what was sent."""
    mentor()


@blueprint.get("/template/<slug>")
@describe_stream("getTemplate", "mentors", ZIP, refuses=[403, 409])
def get_template(slug: str, query: TemplateQuery) -> Response:
    """A new package of a kind that passes every check, as a zip, to be replaced file by file."""
    mentor()
    made = to_zip(package(slug, new_package(slug, query.kind)))
    return send_made(lambda file: _write(file, made), f"{slug}.zip", ZIP)


@blueprint.get("/problems/<slug>/package")
@describe_stream("getPackage", "mentors", ZIP, refuses=[403, 409])
def get_package(slug: str) -> Response:
    """The package of the live version, as a zip."""
    mentor()
    _, version = catalogue.published(db.session, slug)
    return send_made(lambda file: _write(file, catalogue.package_files(db.session, version.id)), f"{slug}.zip", ZIP)


@blueprint.get("/uploads")
@describe("listUploads", "mentors", UploadList, refuses=[403], headers=["Link"])
def list_uploads(query: PageQuery) -> tuple[UploadList, int, dict[str, str]]:
    """The packages that you have sent in; of an admin all."""
    found = uploads.listed(db.session, mentor(), number=query.page)
    links = links_of(found)
    entries = [UploadEntry(**_entry(upload)) for upload in found.items]
    return UploadList(uploads=entries, total=found.total, next=links.next), 200, links.headers


@blueprint.post("/uploads")
@limiter.limit("30 per hour")
@describe(
    "sendUpload", "mentors", UploadState, status=201, refuses=[403, 413, 415, 429], headers=["Location"], once=True,
    takes=ZIP,
)  # fmt: skip
def send_upload(query: UploadQuery) -> tuple[UploadState, int, dict[str, str]]:
    """Send a package in, as a zip of at most 8 MiB: its check begins. All its flaws are told at once.

    Ask for it again until its status is `checked`.
    """
    user = mentor()
    if request.mimetype != ZIP:
        raise NotZip(f"Send a zip archive, with the header Content-Type: {ZIP}.")
    topics = [topic.id for topic in runtime().topics]
    made = uploads.receive(db.session, user, request.get_data(), name=query.name or ARCHIVE, topics=topics)
    check_after_commit(made.id)
    return _state(made), 201, {"Location": url_for(".get_upload", upload_id=made.id)}


@blueprint.get("/uploads/<int:upload_id>")
@describe("getUpload", "mentors", UploadState, refuses=[403])
def get_upload(upload_id: int) -> UploadState:
    """A package that was sent in, and how far its check is."""
    return _state(uploads.find(db.session, mentor(), upload_id))


@blueprint.post("/uploads/<int:upload_id>/publish")
@describe("publishUpload", "mentors", VersionModel, refuses=[403, 409], once=True)
def publish_upload(upload_id: int, json: NewVersion) -> VersionModel:
    """Make a package whose check has passed the problem's current version."""
    user = mentor()
    with db.reading() as session:
        ready = uploads.read_checked(session, user, upload_id)
    version = uploads.publish(db.session, user, ready, note=json.note.strip())
    return VersionModel(slug=ready.package.slug, version=version.number, title=version.title)


@blueprint.post("/uploads/<int:upload_id>/discard")
@describe("discardUpload", "mentors", None, status=204, refuses=[403, 409])
def discard_upload(upload_id: int) -> tuple[str, int]:
    """Discard a package. What is published stays."""
    uploads.discard(db.session, mentor(), upload_id)
    return "", 204


@blueprint.get("/reports")
@describe("listReports", "mentors", ReportList, refuses=[403], headers=["Link"])
def list_reports(query: PageQuery) -> tuple[ReportList, int, dict[str, str]]:
    """What students report, as far as it is open."""
    mentor()
    found = reports.listed(db.session, number=query.page)
    links = links_of(found)
    told = ReportList(reports=[_report(line) for line in found.items], total=found.total, next=links.next)
    return told, 200, links.headers


@blueprint.post("/reports/<int:report_id>/resolve")
@describe("resolveReport", "mentors", None, status=204, refuses=[403, 422])
def resolve_report(report_id: int, json: ReportAnswer) -> tuple[str, int]:
    """Close a report, with an answer that its student sees, or without one."""
    user = mentor()
    reports.resolve(db.session, report_id, by=user.name, answer=json.answer)
    return "", 204


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)


def _entry(upload: Upload) -> dict[str, Any]:
    names = ("id", "slug", "title", "created_at", "status", "passed")
    return {name: getattr(upload, name) for name in names}


def _state(upload: Upload) -> UploadState:
    live, report = uploads.live(db.session, upload.slug), upload.report or {}
    return UploadState(
        **_entry(upload),
        live_version=live.number if live else None,
        check=CheckModel(
            running=report.get("running", ""), findings=report.get("findings", []), kills=report.get("kills", [])
        ),
    )


def _report(line: ReportLine) -> ReportModel:
    return ReportModel(
        id=line.id,
        problem=line.slug,
        version=line.version,
        kind=line.kind,
        text=line.text,
        by=line.by,
        submission=line.submission_id,
        created_at=line.created_at,
    )
