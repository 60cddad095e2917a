"""Mentors by program: from the template to a published version, and what students report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import make_package
from tests.trainer.api.conftest import Student
from trainer.bank.archives import to_zip
from trainer.bank.template import TEMPLATES, new_package
from trainer.db import db
from trainer.models import Role, Upload, UploadStatus, User

REPORT = {
    "findings": [{"rule": "package", "ok": True, "advice": False, "message": "10 files", "seconds": 0.1}],
    "kills": [{"case": "below zero", "by": ["submissions/wrong_answer/square.py"]}],
    "submissions": [{"expected": "wrong answer"}],
    "mistakes": {"0a1b": "It squares."},
    "running": "",
}
ADDRESSES = [
    ("GET", "/mentor/template/new"),
    ("GET", "/mentor/problems/double/package"),
    ("GET", "/mentor/uploads"),
    ("POST", "/mentor/uploads"),
    ("GET", "/mentor/uploads/1"),
    ("POST", "/mentor/uploads/1/publish"),
    ("POST", "/mentor/uploads/1/discard"),
    ("GET", "/mentor/reports"),
    ("POST", "/mentor/reports/1/resolve"),
]


@pytest.fixture
def mentor(make_student: Callable[..., Student], bank: None) -> Student:
    return make_student("ada@example.org", Role.MENTOR)


def send(mentor: Student, archive: bytes, kind: str = "application/zip", query: str = "") -> TestResponse:
    headers = mentor._headers | {"Content-Type": kind}
    return mentor._client.post(f"/api/v1/mentor/uploads{query}", data=archive, headers=headers)


def finish(app: Flask, upload_id: int, *, passed: bool = True) -> None:
    """End the check, as the worker does."""
    with app.app_context(), db.writing() as session:
        upload = session.get_one(Upload, upload_id)
        upload.status, upload.passed, upload.report = UploadStatus.CHECKED, passed, REPORT


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_of_the_kind_that_is_asked_for(mentor: Student, kind: str) -> None:
    with mentor.get(f"/mentor/template/fresh?kind={kind}", buffered=True) as template:
        archive = zipfile.ZipFile(io.BytesIO(template.data))
    found = {name.removeprefix("fresh/"): archive.read(name) for name in archive.namelist()}
    assert found == new_package("fresh", kind)


@pytest.mark.parametrize("query", ["kind=poem", "sort=sql"])
def test_a_template_of_no_known_kind_is_refused(mentor: Student, query: str) -> None:
    refused = mentor.get(f"/mentor/template/fresh?{query}")
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == query.partition("=")[0]


def test_a_package_goes_from_template_to_publication(mentor: Student, student: Student, app: Flask) -> None:
    with mentor.get("/mentor/template/fresh", buffered=True) as template:
        assert template.mimetype == "application/zip"
        archive = template.data
    assert "fresh/problem.md" in zipfile.ZipFile(io.BytesIO(archive)).namelist()
    sent = send(mentor, archive)
    assert sent.status_code == 201, sent.json
    assert (sent.json["status"], sent.json["passed"], sent.json["live_version"]) == ("queued", None, None)
    place = sent.headers["Location"].removeprefix("/api/v1")
    assert mentor.post(f"{place}/publish", {}).status_code == 409
    finish(app, sent.json["id"])
    state = mentor.get(place).json
    assert (state["status"], state["passed"]) == ("checked", True)
    assert state["check"]["findings"][0]["message"] == "10 files"
    assert state["check"]["kills"][0]["case"] == "below zero"
    published = mentor.post(f"{place}/publish", {"note": "The first one."}).json
    assert (published["slug"], published["version"]) == ("fresh", 1)
    assert student.get("/problems/fresh").status_code == 200
    assert mentor.post(f"{place}/publish", {}).status_code == 409
    assert mentor.post(f"{place}/discard", None).status_code == 409
    with mentor.get("/mentor/problems/fresh/package", buffered=True) as package:
        assert "fresh/problem.md" in zipfile.ZipFile(io.BytesIO(package.data)).namelist()


def test_all_flaws_are_told_at_once(mentor: Student) -> None:
    answer = send(mentor, to_zip(make_package("fresh", difficulty="huge", topics="arays")))
    assert (answer.status_code, answer.json["code"]) == (422, "package")
    assert [error["field"] for error in answer.json["errors"]] == ["problem.md", "problem.md"]
    told = " ".join(error["message"] for error in answer.json["errors"])
    assert "did you mean 'arrays'?" in told
    assert "'huge' will not do" in told


def test_only_a_zip_is_taken(mentor: Student) -> None:
    archive = to_zip(make_package("fresh"))
    assert send(mentor, archive, "application/json").json["code"] == "not_zip"
    assert send(mentor, archive, "application/octet-stream").status_code == 415
    assert send(mentor, b"no zip").status_code == 422
    assert send(mentor, b"").status_code == 422
    assert send(mentor, b"x" * (8 * 1024 * 1024 + 1)).status_code == 413


def test_what_did_not_pass_is_not_published(mentor: Student, app: Flask) -> None:
    sent = send(mentor, to_zip(make_package("fresh"))).json
    finish(app, sent["id"], passed=False)
    assert mentor.post(f"/mentor/uploads/{sent['id']}/publish", {}).status_code == 409
    assert mentor.post(f"/mentor/uploads/{sent['id']}/discard", None).status_code == 204
    assert mentor.get(f"/mentor/uploads/{sent['id']}").json["status"] == "discarded"


def test_mentors_see_their_own_uploads(mentor: Student, make_student: Callable[..., Student]) -> None:
    sent = send(mentor, to_zip(make_package("fresh"))).json
    other, admin = make_student("bo@example.org", Role.MENTOR), make_student("root@example.org", Role.ADMIN)
    assert other.get("/mentor/uploads").json["uploads"] == []
    assert other.get(f"/mentor/uploads/{sent['id']}").status_code == 404
    assert other.post(f"/mentor/uploads/{sent['id']}/discard", None).status_code == 404
    for one in (mentor, admin):
        assert [upload["id"] for upload in one.get("/mentor/uploads").json["uploads"]] == [sent["id"]]


def test_reports_are_read_and_closed(mentor: Student, student: Student) -> None:
    student.post("/problems/double/reports", {"kind": "statement", "text": "Example 2 says 3."})
    found = mentor.get("/mentor/reports").json
    assert [(one["problem"], one["kind"], one["text"]) for one in found["reports"]] == [
        ("double", "statement", "Example 2 says 3.")
    ]
    assert mentor.post(f"/mentor/reports/{found['reports'][0]['id']}/resolve", {"answer": "Fixed."}).status_code == 204
    assert mentor.get("/mentor/reports").json == {"reports": [], "total": 0, "next": None}
    assert mentor.post("/mentor/reports/99/resolve", None).status_code == 404


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_it_is_for_mentors(app: Flask, mentor: Student, method: str, path: str) -> None:
    with app.app_context(), db.writing() as session:
        session.execute(sa.update(User).values(role=Role.STUDENT))
    body: dict[str, Any] = {"json": {}} if path.endswith("publish") else {}
    for sent in (body, {"json": {"odd": 1}}):
        answer = mentor._client.open(f"/api/v1{path}", method=method, headers=mentor._headers, **sent)
        assert (answer.status_code, answer.json["code"]) == (403, "refused")
    answer = app.test_client().open(f"/api/v1{path}", method=method, **body)
    assert answer.status_code == 401
