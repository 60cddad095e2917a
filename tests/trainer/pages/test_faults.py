"""Faults of ours and of the machine: what is said of them is true."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import InternalError, OperationalError

from tests.trainer.pages.conftest import Visitor, text_of
from trainer.clock import now
from trainer.db import db
from trainer.db_faults import is_busy, is_full
from trainer.services import attempts, drafts


class PostgresError(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    return error


def wrapped(error: Exception) -> OperationalError:
    return OperationalError("INSERT", {}, error)


@pytest.mark.parametrize(
    ("error", "full", "busy"),
    [
        (OSError(errno.ENOSPC, "x"), True, False),
        (OSError(errno.EDQUOT, "x"), True, False),
        (OSError(errno.EPERM, "x"), False, False),
        (wrapped(sqlite_error(sqlite3.SQLITE_FULL)), True, False),
        (wrapped(sqlite_error(sqlite3.SQLITE_BUSY)), False, True),
        (wrapped(sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)), False, True),
        (wrapped(sqlite_error(sqlite3.SQLITE_ERROR)), False, False),
        (wrapped(PostgresError("53100")), True, True),
        (wrapped(PostgresError("57P01")), False, True),
        (ValueError("x"), False, False),
    ],
)
def test_a_fault_is_told_by_its_cause(error: Exception, full: bool, busy: bool) -> None:
    assert (is_full(error), is_busy(error)) == (full, busy)


@pytest.fixture
def fail(app: Flask, student: Visitor, monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def with_error(error: Exception) -> None:
        def raise_it(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(attempts, "write_note", raise_it)

    return with_error


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (wrapped(sqlite_error(sqlite3.SQLITE_FULL)), 507, "was not stored"),
        (OSError(errno.ENOSPC, "x"), 507, "was not stored"),
        (wrapped(sqlite_error(sqlite3.SQLITE_BUSY)), 503, "does not answer in time"),
        (wrapped(sqlite_error(sqlite3.SQLITE_READONLY)), 503, "takes no changes at the moment"),
        (InternalError("INSERT", {}, PostgresError("25006")), 503, "takes no changes at the moment"),
        (ValueError("x"), 500, "may not be stored"),
        (RecursionError("x"), 400, "nested too deeply"),
    ],
)
def test_a_page_says_what_became_of_what_was_sent(
    student: Visitor, fail: Callable[[Exception], None], error: Exception, status: int, words: str
) -> None:
    fail(error)
    answer = student.post("/problems/double/note", text="mine")
    assert answer.status_code == status
    assert words in text_of(answer)
    assert "is safe" not in text_of(answer)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_a_draft_that_finds_the_disk_full_is_not_told_to_be_safe(
    app: Flask, student: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def save(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr(drafts, "save", save)
    student.get("/problems/double")
    answer = student._client.put(
        "/api/v1/problems/double/draft",
        json={"language": "python", "source": "x", "base_revision": 0},
        headers={"X-CSRFToken": student._token},
    )
    assert answer.status_code == 507
    assert answer.json is not None
    assert answer.json["code"] == "disk_full"
    assert "was not stored" in answer.json["detail"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_disk_that_is_full_is_told_when_it_is_met_at_the_end(app: Flask, student: Visitor) -> None:
    """SQLite finds out when it writes the pages of a whole transaction."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        engine = db.engine

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    sa.event.listen(engine, "connect", limit)
    engine.dispose()
    answer = student.post("/problems/double/note", text="x" * 19_000)
    assert answer.status_code == 507
    assert "The disk of this server is full" in text_of(answer)
    sa.event.remove(engine, "connect", limit)
    engine.dispose()
    assert student.post("/problems/double/note", text="x" * 19_000).status_code == 303


PAGES = ("/", "/problems", "/problems/double", "/problems/double/attempts", "/progress", "/interviews", "/account")


@pytest.mark.own_app
def test_pages_can_be_read_while_the_database_takes_no_changes(app: Flask, student: Visitor) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        engine = db.engine

    def close_to_changes(connection: Any, _record: object) -> None:
        with closing(connection.cursor()) as cursor:
            if engine.dialect.name == "sqlite":
                cursor.execute("PRAGMA query_only=1")
            else:
                cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
                connection.commit()

    sa.event.listen(engine, "connect", close_to_changes)
    engine.dispose()
    with time_machine.travel(now() + timedelta(minutes=30)):  # the use of the session would be noted
        assert [student.get(path).status_code for path in PAGES] == [200] * len(PAGES)
        answer = student.post("/problems/double/note", text="mine")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        sa.event.remove(engine, "connect", close_to_changes)
        engine.dispose()
        assert student.post("/problems/double/note", text="mine").status_code == 303


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_error_has_a_page_where_the_database_is_away(
    app: Flask, student: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def away(*_: object) -> None:
        raise sqlite_error(sqlite3.SQLITE_BUSY)

    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", away)
        engine = db.engine
    answer = student.get("/problems")
    sa.event.remove(engine, "before_cursor_execute", away)
    assert answer.status_code in (500, 503)
    assert "Try again in a few seconds" in text_of(answer) or "broke on our side" in text_of(answer)
