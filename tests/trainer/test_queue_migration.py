"""What waits, and what is held over, moves into the one queue, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.postgres import PostgresServer
from trainer import migrate
from trainer.db import make_engine
from trainer.models import Submission, SubmissionStatus, Upload, UploadStatus, WorkKind, WorkStatus
from trainer.services import claims, preparing, work
from trainer.services.work import OF_STUDENTS, SLOW

BEFORE, AFTER = "a014", "a015"
MOMENT = datetime(2026, 5, 4, 12)
PROBLEM = {"title": "t", "kind": "function", "label": "l", "difficulty": "easy", "topics": [], "minutes": 1}
SENT = {"problem_id": 1, "language": "python", "source": "x", "own_inputs": [], "fence": 3, "cases_done": 1}
UPLOAD = {"user_id": 1, "slug": "s", "title": "t", "digest": "d", "files": b"", "fence": 2, "lapses": 1}
ROWS: list[tuple[str, dict[str, object]]] = [
    ("users", {"id": 1, "email": "ada@example.org", "name": "Ada", "role": "student", "time_factor": 1.0}),
    ("problems", {"id": 1, "slug": "one"}),
    ("problems", {"id": 2, "slug": "two"}),
    ("problem_versions", {**PROBLEM, "id": 1, "problem_id": 1, "number": 1, "data_digest": "made"}),
    ("problem_versions", {**PROBLEM, "id": 2, "problem_id": 2, "number": 1, "data_digest": "fails"}),
    ("problem_versions", {**PROBLEM, "id": 3, "problem_id": 2, "number": 2, "kind": "service", "data_digest": "waits"}),
    ("problem_versions", {**PROBLEM, "id": 4, "problem_id": 1, "number": 2, "data_digest": "fails"}),
    ("test_data", {"digest": "made", "cases": b"", "count": 1}),
    ("preparations", {"digest": "fails", "fence": 5, "lapses": 5, "error": "it stopped"}),
    ("submissions", {**SENT, "id": 1, "user_id": 1, "version_id": 1, "purpose": "submit", "status": "judged"}),
    ("submissions", {**SENT, "id": 2, "user_id": 1, "version_id": 3, "purpose": "submit", "status": "judging"}),
    ("submissions", {**SENT, "id": 3, "user_id": 1, "version_id": 1, "purpose": "run", "status": "queued"}),
    ("submissions", {**SENT, "id": 4, "guest_key": "g", "version_id": 1, "purpose": "submit", "status": "queued"}),
    ("uploads", {**UPLOAD, "id": 1, "status": "checking"}),
    ("uploads", {**UPLOAD, "id": 2, "status": "checked"}),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database of the release before, in use."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh(migrated=False)
    made = make_engine(url)
    with ending(made):
        with made.begin() as connection:
            command.upgrade(migrate.alembic_config(connection), BEFORE)
        with made.begin() as connection:
            for name, values in ROWS:
                insert(connection, name, values)
            connection.execute(sa.text("UPDATE problems SET current_id = 3 WHERE id = 2"))
            connection.execute(sa.text("UPDATE problems SET current_id = 4 WHERE id = 1"))
        yield made


def insert(connection: sa.Connection, name: str, values: dict[str, object]) -> None:
    """A row with these values, and something in all other columns that need it."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    needed = {one.name: one for one in table.columns if not one.nullable and one.server_default is None}
    fillings = {
        sa.DateTime: MOMENT,
        sa.Boolean: False,
        sa.Integer: 0,
        sa.String: name + str(values.get("id")),
        sa.LargeBinary: b"",
    }
    rest = {
        key: next(what for sort, what in fillings.items() if isinstance(one.type, sort))
        for key, one in needed.items()
        if key not in values
    }
    connection.execute(table.insert().values(**rest, **values))


def test_what_waits_and_what_is_held_is_claimed_afterwards(engine: sa.Engine) -> None:
    migrate.upgrade(engine)
    with Session(engine) as session:
        students = [work.take_next(session, "a worker", OF_STUDENTS, 60) for _ in range(4)]
        assert [one and (one.kind, one.subject_id) for one in students] == [
            (WorkKind.RUN, 3), (WorkKind.SUBMIT, 2), (WorkKind.SUBMIT, 4), None,
        ]  # fmt: skip
        slow = [work.take_next(session, "a worker", SLOW, 60) for _ in range(3)]
        assert [one and (one.kind, one.subject_id, one.lapses) for one in slow] == [
            (WorkKind.CHECK, 1, 1), (WorkKind.DATA, 3, 0), None,
        ]  # fmt: skip
        assert work.status_of(session, WorkKind.DATA, 4) is WorkStatus.SET_ASIDE
        assert [one.why for one in preparing.given_up(session)] == ["it stopped"]
        statuses = {row.id: row.status for row in session.execute(sa.select(Submission.id, Submission.status))}
        queued = dict.fromkeys((2, 3, 4), SubmissionStatus.QUEUED)
        assert statuses == {1: SubmissionStatus.JUDGED, **queued}
        assert session.get_one(Upload, 1).status is UploadStatus.QUEUED


def test_what_is_held_waits_again_on_the_way_back(engine: sa.Engine) -> None:
    migrate.upgrade(engine)
    with Session(engine) as session, session.begin():
        assert claims.claim_next(session, "a worker", OF_STUDENTS, 60)
        assert claims.claim_next(session, "a worker", SLOW, 60)
    migrate.downgrade(engine, BEFORE)
    with engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT id, status, lapses FROM submissions ORDER BY id")).all()
        assert kept == [(1, "judged", 0), (2, "queued", 0), (3, "queued", 0), (4, "queued", 0)]
        assert connection.execute(sa.text("SELECT status FROM uploads ORDER BY id")).scalars().all() == [
            "queued",
            "checked",
        ]
        assert connection.execute(sa.text("SELECT digest, lapses, error FROM preparations")).all() == [
            ("fails", 5, "it stopped")
        ]
    migrate.upgrade(engine)
    with Session(engine) as session:
        assert work.waiting(session, OF_STUDENTS, most=9) == 3
        assert work.waiting(session, SLOW, most=9) == 2
