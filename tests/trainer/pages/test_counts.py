"""How many statements a page takes: the same with three rows of everything as with thirty, and not many."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import make_package, make_user, publish, small_interviews
from tests.statements import heard
from tests.trainer.pages.conftest import Visitor
from trainer.bank.archives import to_zip
from trainer.clock import now
from trainer.db import db
from trainer.models import Interview, Role, Submission, User
from trainer.services import attempts, drafts, keys, submissions, uploads
from trainer.services.author import Author
from trainer.services.interviews import scores, sending, sitting, texts
from trainer.web.runtime import runtime

FEW, MANY = 3, 30
MOST = 30
PAGES = (
    "/",
    "/problems",
    "/problems?q=task&topic=arrays",
    "/problems/task-1",
    "/problems/task-1/attempts",
    "/problems/task-1/attempts/{submission}",
    "/problems/task-1/reports",
    "/submissions/{submission}/result",
    "/progress",
    "/interviews",
    "/interviews/new/pair-20",
    "/interviews/{interview}",
    "/interviews/{interview}/files.zip",
    "/account",
    "/where-is",
    "/accounts",
    "/mentor",
    "/mentor/uploads/{upload}",
    "/mentor/reports",
    "/api/v1/problems",
    "/api/v1/problems?q=task",
    "/api/v1/problems/task-1",
    "/api/v1/problems/task-1/draft?language=python",
    "/api/v1/problems/task-1/tries",
    "/api/v1/topics",
    "/api/v1/submissions",
    "/api/v1/submissions?problem=task-1",
    "/api/v1/submissions/{submission}",
    "/api/v1/progress",
    "/api/v1/interviews",
    "/api/v1/interviews/formats",
    "/api/v1/interviews/{interview}",
    "/api/v1/interviews/{interview}/report",
    "/api/v1/interviews/{interview}/replay",
)
RECORD = {
    "format": 1, "verdict": "judge error", "score": 0.0, "message": "", "compile_output": "", "cases": [],
}  # fmt: skip


class Grown:
    """A site whose mentor has `size` rows of everything. `ids` are the newest rows."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.size = 0
        self.ids: dict[str, int] = {}
        with app.app_context():
            runtime().interviews = small_interviews()
            with db.writing() as session:
                publish(session, "warm", warm_up="true")
                self.user_id = make_user(session, "jonas@example.org", Role.MENTOR).id

    def grow(self, size: int) -> None:
        for number in range(self.size + 1, size + 1):
            with self.app.app_context(), db.writing() as session:
                self._add(session, session.get_one(User, self.user_id), f"task-{number}")
        self.size = size

    def _add(self, session: Session, user: User, slug: str) -> None:
        publish(session, slug)
        author = Author(user_id=user.id)
        for problem in (slug, "task-1"):
            sent = submissions.submit(session, author, problem, language="python", source=f"# {slug}")
            self._judge(session)
        where = {"problem_id": sent.problem_id, "version_id": sent.version_id}
        attempts.report(session, user.id, **where, kind="statement", text="What is meant?", submission_id=sent.id)
        attempts.set_star(session, user.id, sent.problem_id, starred=True)
        attempts.write_note(session, user.id, sent.problem_id, "x")
        drafts.save(session, user.id, sent.problem_id, language="python", source=slug, base_revision=0, force=True)
        keys.make_token(session, user, "key")
        upload = uploads.receive(session, user, to_zip(make_package(slug)))
        self.ids = {"submission": sent.id, "upload": upload.id, "interview": self._sit(session, user)}

    def _sit(self, session: Session, user: User) -> int:
        interview = sitting.start(session, user, "live-10", small_interviews(), seed=1)
        texts.save(session, interview, 1, "python", "x = 1", base_revision=0)
        for _ in range(2):
            sending.send(session, interview, 1, language="python", source="y", purpose=sending.Purpose.SUBMIT)
            self._judge(session)
        earlier = now() - timedelta(hours=1)
        session.execute(sa.update(Interview).values(ended_at=earlier, closed_at=earlier))
        session.refresh(interview)
        scores.keep(session, interview)
        return interview.id

    def _judge(self, session: Session) -> None:
        session.flush()
        judged = {"status": "judged", "verdict": "judge error", "score": 0.0, "record": RECORD, "judged_at": now()}
        session.execute(sa.update(Submission).values(judged))


@pytest.fixture
def grown(app: Flask) -> Grown:
    return Grown(app)


def counted(grown: Grown, visitor: Visitor) -> dict[str, int]:
    """Statements by page. Each is asked for twice: what is read once and kept does not count."""
    found = {}
    with grown.app.app_context():
        engine = db.engine
    for page in PAGES:
        path = page.format(**grown.ids)
        answer = visitor.get(path)
        assert answer.status_code == 200, (path, answer.location)
        with heard(engine) as statements:
            visitor.get(path)
        found[page] = len(statements)
    return found


@pytest.fixture
def mentor(grown: Grown) -> Visitor:
    return Visitor(grown.app.test_client()).enter("jonas@example.org")


def test_a_page_takes_as_many_statements_for_thirty_rows_as_for_three(grown: Grown, mentor: Visitor) -> None:
    grown.grow(FEW)
    few = counted(grown, mentor)
    grown.grow(MANY)
    many = counted(grown, mentor)
    assert {page: (few[page], many[page]) for page in PAGES if few[page] != many[page]} == {}
    assert {page: number for page, number in many.items() if number > MOST} == {}
