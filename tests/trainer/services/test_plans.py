"""What is asked often reads few rows, however many there are: the databases tell how they would do it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.factories import claimed, make_user, publish, small_interviews
from tests.postgres import PostgresServer
from tests.statements import Statement, heard
from trainer.bank.topics import Topic
from trainer.db import Base, make_engine
from trainer.models import Interview, Purpose, Submission, User, WorkKind
from trainer.services import (
    accounts,
    attempts,
    catalogue,
    claims,
    drafts,
    export,
    idempotency,
    judging,
    keys,
    passwords,
    problem_list,
    progress,
    reports,
    sessions,
    submissions,
    tries,
    troubles,
    uploads,
    work,
    workers,
)
from trainer.services.author import Author
from trainer.services.interviews import drawing, history, report, rubric, sitting
from trainer.services.work import BRIEF, OF_STUDENTS, SLOW

ROWS = 20_000
USERS = 400
"""So each has fifty rows of each sort."""
FEW = 400
"""What one statement may read of one table: all rows of one student, some times over."""
TOPICS = [Topic(id="arrays", title="Arrays", group="Data structures", prerequisites=())]
SMALL = re.compile(r"INDEX (open_interviews|failed_interviews|open_reports|one_open_a_user|one_unjudged_\w+)\b")
"""Indexes over few rows: reading one of them whole is no harm."""

SEED = """
INSERT INTO users (email, name, role, created_at, time_factor)
  SELECT 'user' || i, 'User', 'student', '2026-05-04 12:00:00', 1.0 FROM n WHERE i <= {users};
INSERT INTO submissions (user_id, guest_key, problem_id, version_id, at_bell, purpose, language, source, own_inputs,
    created_at, status, cases_done, cases_total, verdict, score)
  SELECT CASE WHEN i % 10 = 0 THEN NULL ELSE {first} + i % {users} END,
    CASE WHEN i % 10 = 0 THEN 'guest ' || i END, 1, 1, false,
    CASE WHEN i % 3 = 0 THEN 'run' ELSE 'submit' END, 'python', 'x', '[]', '2026-05-04 12:00:00',
    'judged', 1, 1, 'accepted', 1.0 FROM n;
INSERT INTO drafts (user_id, problem_id, language, revision, source, device, saved_at)
  SELECT {first} + i % {users}, 1, 'python', i, 'x', '', '2026-05-04 12:00:00' FROM n;
INSERT INTO interviews (user_id, format_id, format, seed, factor, demo, started_at, bell_at, abandoned, closed_at)
  SELECT {first} + i % {users}, 'pair-20', '{{}}', 1, 1.0, false, '2026-05-04 12:00:00', '2026-05-04 12:20:00', false,
    '2026-05-04 12:20:00' FROM n;
INSERT INTO interview_tasks (interview_id, number, version_id) SELECT i, 1, 1 FROM n;
INSERT INTO interview_texts (interview_id, number, name, revision, text, device, saved_at)
  SELECT i, 1, 'python', 1, 'x', '', '2026-05-04 12:00:00' FROM n;
INSERT INTO attempts (user_id, problem_id, opened_at, active_at, active_s)
  SELECT {first} + i, 1, '2026-05-04 12:00:00', '2026-05-04 12:00:00', 1.0 FROM n WHERE i < {users};
INSERT INTO api_tokens (user_id, name, token_hash, created_at)
  SELECT {first} + i % {users}, 'key', 'hash ' || i, '2026-05-04 12:00:00' FROM n;
INSERT INTO reports (user_id, problem_id, version_id, kind, text, created_at, resolved_at)
  SELECT {first} + i % {users}, 1, 1, 'statement', 'x', '2026-05-04 12:00:00', '2026-05-04 12:00:00' FROM n;
INSERT INTO uploads (user_id, slug, title, digest, files, created_at, status)
  SELECT {first} + i % {users}, 'double', 'x', 'x', '', '2026-05-04 12:00:00', 'published' FROM n;
INSERT INTO work (kind, subject_id, priority, account, turn, brief, queued_at, status, fence, lapses, lease_until,
    holder, error)
  SELECT CASE WHEN i % 2 = 0 THEN 'run' ELSE 'check' END, i, CASE WHEN i % 2 = 0 THEN 3 ELSE 4 END,
    'user ' || ({first} + i % {users}), i, true, '2026-05-04 12:00:00',
    CASE WHEN i % 1000 = 0 THEN 'held' ELSE 'waiting' END, 0, 0, '9999-01-01 00:00:00.000000', '', '' FROM n
"""
NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
LARGE = frozenset(re.findall(r"INSERT INTO (\w+)", SEED))


class Full:
    """A database with many rows, a student with fifty of each sort, and one who waits to be judged."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        with Session(engine) as session, session.begin():
            publish(session)
            publish(session, "beta")
            publish(session, "gamma", warm_up="true")
            first = make_user(session).id
        with engine.begin() as connection:
            for statement in SEED.format(first=first + 1, users=USERS).split(";\n"):
                connection.execute(sa.text(statement.replace("SELECT", f"{NUMBERS} SELECT", 1)))
        self.user_id, self.waiting_id = first + 8, first
        with Session(engine) as session, session.begin():
            author = Author(user_id=self.waiting_id)
            self.queued = submissions.submit(session, author, "double", language="python", source="x").id
            run = submissions.submit(session, author, "double", language="python", source="x", purpose=Purpose.RUN)
            self.held = claimed(session, run, 3600)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))

    @property
    def author(self) -> Author:
        return Author(user_id=self.user_id)

    def user(self, session: Session) -> User:
        return session.get_one(User, self.user_id)

    def interview(self, session: Session) -> Interview:
        return sitting.listed(session, self.user_id)[0]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh()
    else:
        file: Path = request.getfixturevalue("migrated_file")
        url = f"sqlite:///{shutil.copy(file, tmp_path_factory.mktemp('full') / 'trainer.db')}"
    engine = make_engine(url)
    with ending(engine):
        yield Full(engine)


CAPACITIES = (OF_STUDENTS, BRIEF, SLOW)
SOME = ((), ("data",), ("data", "python"))
"""Boxes that a worker can have which cannot have all: nearly all rows take others, or nobody knows which."""
HOT: dict[str, Callable[[Full, Session], Any]] = {
    "the sweep looks for dead workers": lambda full, s: work.any_lapsed(s),
    "the sweep puts back": lambda full, s: claims.put_back_lapsed(s),
    "the sweep looks for what is long given up": lambda full, s: work.any_forgettable(s),
    "the sweep rings bells": lambda full, s: sitting.due(s),
    "the sweep finds what waits": lambda full, s: [work.waiting(s, one, most=9) for one in CAPACITIES],
    "the sweep finds troubles": lambda full, s: troubles.listed(s),
    "the sweep finds old requests": lambda full, s: idempotency.are_old(s),
    "a request is found by its key": lambda full, s: idempotency.claim(s, full.user_id, "a-key", "digest"),
    "a worker claims": lambda full, s: [work.take_next(s, "a worker", one, 10) for one in CAPACITIES],
    "a worker claims what has waited longest": lambda full, s: work.take_next(
        s, "a worker", OF_STUDENTS, 10, longest_waiting=True
    ),
    "a worker claims though all before takes other boxes": lambda full, s: [
        work.take_next(s, "a worker", one, 10, able=able) for one in CAPACITIES for able in SOME
    ],
    "it claims what has waited longest": lambda full, s: [
        work.take_next(s, "a worker", one, 10, able=able, longest_waiting=True) for one in CAPACITIES for able in SOME
    ],
    "it finds what waits": lambda full, s: [
        work.waiting(s, one, most=9, able=able) for one in CAPACITIES for able in SOME
    ],
    "a judge begins": lambda full, s: judging.begin(s, full.queued),
    "a worker claims what it needs": lambda full, s: work.take(s, WorkKind.SUBMIT, full.queued, "a worker", 10),
    "a worker renews": lambda full, s: work.renew(s, [full.held], 10),
    "a worker puts back": lambda full, s: claims.put_back(s, full.held),
    "a worker fails": lambda full, s: work.fail(s, full.held, "why"),
    "a judge shows how far it is": lambda full, s: judging.show_progress(s, full.held, 1, 2),
    "a judge records": lambda full, s: judging.record(s, full.held, verdict="accepted", score=1, record={}),
    "a stream looks": lambda full, s: submissions.progress(s, Author(user_id=full.waiting_id), full.queued),
    "all streams look": lambda full, s: submissions.progress_of_all(s, [full.queued]),
    "is a judge there": lambda full, s: workers.able(s),
    "the last one of a student": lambda full, s: submissions.latest(s, full.author, 1),
    "the last one of a guest": lambda full, s: submissions.latest(s, Author(guest_key="guest 70"), 1),
    "a guest who sent nothing": lambda full, s: submissions.latest(s, Author(guest_key="nobody"), 1),
    "submissions of a student": lambda full, s: submissions.listed(s, full.author),
    "submissions of a problem": lambda full, s: submissions.listed(s, full.author, "double"),
    "submissions of a guest": lambda full, s: submissions.listed(s, Author(guest_key="guest 70"), "double"),
    "a guest signs up": lambda full, s: accounts.sign_up(
        s, email="new@example.org", name="New", password=passwords.NewPassword("hash"), guest_key="guest 70"
    ),
    "a submission": lambda full, s: submissions.submit(s, full.author, "beta", language="python", source="y"),
    "a run": lambda full, s: submissions.submit(
        s, full.author, "double", language="python", source="y", purpose=Purpose.RUN
    ),
    "work is noted": lambda full, s: attempts.touch(s, full.user_id, 1),
    "a draft is saved": lambda full, s: drafts.save(
        s, full.user_id, 1, language="python", source="y", base_revision=0, force=True
    ),
    "drafts are listed": lambda full, s: drafts.versions(s, full.user_id, 1, "python"),
    "a hint": lambda full, s: attempts.take_hint(s, full.user_id, 1, 1, count=2),
    "a star": lambda full, s: attempts.set_star(s, full.user_id, 1, starred=True),
    "a note": lambda full, s: attempts.write_note(s, full.user_id, 1, "x"),
    "a key": lambda full, s: keys.find_by_token(s, "trainer_x"),
    "a cookie": lambda full, s: sessions.find(s, "key"),
    "an address": lambda full, s: accounts.find_by_email(s, "user7"),
    "keys are listed": lambda full, s: keys.list_tokens(s, full.user(s)),
    "the problem list": lambda full, s: catalogue.entries(s, full.user_id),
    "a page of the problem list": lambda full, s: problem_list.listed(s, full.user_id, catalogue.Filters()),
    "what is recommended after one": lambda full, s: progress.after(s, full.user_id, TOPICS, "double"),
    "the second page of attempts": lambda full, s: tries.page(s, full.author, "double", 2),
    "the progress": lambda full, s: progress.overview(s, full.user_id, TOPICS),
    "the activity": lambda full, s: progress.activity(s, full.user_id, date(2026, 5, 5)),
    "how interviews went": lambda full, s: history.by_format(s, full.user_id),
    "what interviews are offered": lambda full, s: drawing.offers(s, full.user_id, small_interviews(), {"function"}),
    "an interview begins": lambda full, s: sitting.start(s, full.user(s), "live-10", small_interviews()),
    "interviews are listed": lambda full, s: sitting.listed(s, full.user_id),
    "how far the judges are": lambda full, s: report.wave_of(s, full.interview(s)),
    "who reads it": lambda full, s: rubric.reader_of(s, full.interview(s)),
    "reports are listed": lambda full, s: reports.listed(s),
    "uploads are listed": lambda full, s: uploads.listed(s, full.user(s)),
    "an account goes": lambda full, s: s.delete(full.user(s)) or s.flush(),
    "everything is taken out": lambda full, s: export._rows(s, full.user(s), Submission, "source"),
}


@pytest.mark.parametrize("name", HOT)
def test_what_is_asked_often_reads_few_rows(full: Full, name: str) -> None:
    with Session(full.engine) as session:
        with heard(full.engine) as statements:
            HOT[name](full, session)
            session.flush()
        assert statements
        explain = _postgres_reads if full.engine.dialect.name == "postgresql" else _sqlite_reads
        too_much = [said for statement in list(statements) for said in explain(session, statement)]
        session.rollback()
    assert too_much == []


@pytest.mark.parametrize("full", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("longest_waiting", "index"), [(False, "work_by_sorts"), (True, "work_by_age")])
def test_what_takes_other_boxes_is_passed_over_in_an_index(full: Full, index: str, *, longest_waiting: bool) -> None:
    """SQLite tells no numbers of rows: the index has them in the order in which they are asked for, with no sorting."""
    with Session(full.engine) as session:
        with heard(full.engine) as statements:
            work.take_next(session, "w", OF_STUDENTS, 10, able=("python",), longest_waiting=longest_waiting)
        for statement in [one for one in statements if "FROM work AS queue" in one.text]:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement.text}", statement.parameters)
            steps = [row.detail for row in plan if row.detail.startswith(("SEARCH queue", "SCAN queue"))]
            assert steps
            assert all(f"USING INDEX {index} (sorts=? AND status=?" in step for step in steps), steps
        session.rollback()


def test_what_a_student_has_done_is_counted_in_an_index_alone(full: Full) -> None:
    """A row with what was sent and judged lies on several pages: ten thousand of them are not read for a list."""
    with Session(full.engine) as session:
        with heard(full.engine) as statements:
            catalogue.entries(session, full.user_id)
        (counting,) = [one for one in statements if "sum(" in one.text]
        if full.engine.dialect.name == "postgresql":
            for other in ("seqscan", "indexscan", "bitmapscan"):  # it may be chosen where the index lacks nothing
                session.execute(sa.text(f"SET LOCAL enable_{other} = off"))
            plan = session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {counting.text}", counting.parameters)
            steps = list(_steps(plan.scalar_one()[0]["Plan"]))
            used = [step.get("Index Name") for step in steps if step["Node Type"] == "Index Only Scan"]
        else:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {counting.text}", counting.parameters)
            used = re.findall(r"submissions USING COVERING INDEX (\w+)", " ".join(row.detail for row in plan))
    assert "of_user" in used


def _sqlite_reads(session: Session, statement: Statement) -> Iterator[str]:
    """Steps of SQLite's plan that read a large table, or its end, row by row."""
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement.text}", statement.parameters)
    for row in rows.all():
        whole = re.match(r"SCAN (\w+?)(_\d+)?\b", row.detail)
        end = re.match(r"SEARCH (\w+?)(_\d+)? .*\(rowid[<>]", row.detail)
        found = whole or end
        if found and found[1] in LARGE and not SMALL.search(row.detail):
            yield f"{row.detail}: {statement.text}"


def _postgres_reads(session: Session, statement: Statement) -> Iterator[str]:
    """Steps in which PostgreSQL has read many rows of a large table."""
    if statement.text.startswith("INSERT") and "SELECT" not in statement.text:
        return
    with session.begin_nested() as point:
        text = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement.text}"
        plan = session.connection().exec_driver_sql(text, statement.parameters).scalar_one()
        point.rollback()
    for step in _steps(plan[0]["Plan"]):
        rows = (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * max(step["Actual Loops"], 1)
        if step.get("Relation Name") in LARGE and "Scan" in step["Node Type"] and rows > FEW:
            yield f"{step['Node Type']} reads {rows} of {step['Relation Name']}: {statement.text}"


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for step in plan.get("Plans", ()):
        yield from _steps(step)


def test_what_is_deleted_is_found_by_an_index_wherever_it_is_pointed_at() -> None:
    """Else the deletion of an account reads each table once for each row that goes."""
    may_go = {"users", "submissions", "interviews", "interview_tasks"}
    for table in Base.metadata.sorted_tables:
        unique = [one for one in table.constraints if isinstance(one, (sa.UniqueConstraint, sa.PrimaryKeyConstraint))]
        whole = [one for one in table.indexes if not one.dialect_options["sqlite"].get("where", None) is not None]
        leading = {next(iter(one.columns)).name for one in [*unique, *whole] if len(one.columns)}
        for key in table.foreign_keys:
            if key.column.table.name in may_go:
                assert key.parent.name in leading, f"{table.name}.{key.parent.name} has no index"
