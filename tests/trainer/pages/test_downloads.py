"""Taking data out: as much as there is, in little memory, and a few at a time."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import small_interviews
from tests.trainer.pages.conftest import Visitor
from trainer.clock import now
from trainer.db import db
from trainer.models import Interview, Problem, Purpose, Submission, SubmissionStatus, User
from trainer.services.interviews import sitting
from trainer.web.runtime import EXPORTS_AT_ONCE, runtime

ROWS, SOURCE = 2_000, 12_000
MIB = 1 << 20


def send_many(app: Flask, count: int, task_id: int | None = None) -> None:
    """Judged submissions of the only student, by one statement."""
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).first()
        problem = session.scalars(sa.select(Problem).where(Problem.slug == "double")).one()
        assert user is not None
        common = {
            "user_id": user.id,
            "problem_id": problem.id,
            "version_id": problem.current_id,
            "task_id": task_id,
            "purpose": Purpose.SUBMIT,
            "language": "python",
            "created_at": now(),
            "status": SubmissionStatus.JUDGED,
            "verdict": "wrong answer",
            "score": 0.0,
            "record": {"verdict": "wrong answer", "cases": [], "padding": "p" * 1000},
        }
        rows = [{**common, "source": f"# {n} {'x' * SOURCE}"} for n in range(count)]
        session.execute(sa.insert(Submission), rows)


def test_a_large_account_needs_little_memory(app: Flask, student: Visitor) -> None:
    send_many(app, ROWS)
    student.get("/account/export.json").close()
    tracemalloc.start()
    try:
        answer = student.get("/account/export.json", buffered=False)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    text = answer.get_data()
    answer.close()
    assert int(answer.headers["Content-Length"]) == len(text) > ROWS * SOURCE
    assert len(json.loads(text)["submissions"]) == ROWS
    assert peak < 4 * MIB < len(text) / 4


def test_an_interview_with_many_submissions_needs_little_memory(app: Flask, student: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).first()
        assert user is not None
        interview = sitting.start(session, user, "live-10", small_interviews(), seed=1)
        sitting.hand_in(session, interview)
        interview_id, task_id = interview.id, interview.tasks[0].id
    send_many(app, 500, task_id)
    path = f"/interviews/{interview_id}/files.zip"
    student.get(path).close()
    tracemalloc.start()
    try:
        answer = student.get(path, buffered=False)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    data = answer.get_data()
    answer.close()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        report = next(name for name in archive.namelist() if name.endswith("report.json"))
        assert len(json.loads(archive.read(report))["tasks"][0]["submissions"]) == 500
        assert len(archive.namelist()) == 501
    assert peak < 4 * MIB


def test_so_many_at_once_and_no_more(app: Flask, student: Visitor, mentor: Visitor) -> None:
    with app.app_context():
        exports = runtime().exports
    for _ in range(EXPORTS_AT_ONCE):
        assert exports.acquire(blocking=False)
    for who, path in ((student, "/account/export.json"), (mentor, "/mentor/problems/double.zip")):
        answer = who.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    exports.release()
    answer = student.get("/account/export.json")
    assert answer.status_code == 200
    answer.close()


def test_a_failing_export_gives_its_place_back(app: Flask, student: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr("trainer.pages.account.views.export", broken)
    for _ in range(EXPORTS_AT_ONCE + 1):
        assert student.get("/account/export.json").status_code == 500


def test_what_is_held_by_the_interview_is_left_out(
    app: Flask, student: Visitor, make_visitor: Callable[..., Visitor]
) -> None:
    send_many(app, 3)
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).first()
        assert user is not None
        sitting.start(session, user, "live-10", small_interviews(), seed=1)
        assert session.scalar(sa.select(sa.func.count()).select_from(Interview)) == 1
    answer = student.get("/account/export.json")
    data = json.loads(answer.get_data())
    answer.close()
    assert len(data["interviews"]) == 1
    assert data["interviews"][0]["tasks"][0]["problem"] is None
