"""No writing transaction while a client sends, a password is hashed, a package is unpacked or a page is made."""

from __future__ import annotations

import io
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask, before_render_template
from werkzeug.routing import Rule

from tests.factories import PASSWORD, make_package, make_user, publish, small_interviews
from trainer.bank.archives import load_zip, to_zip
from trainer.db import db
from trainer.models import Role, UploadStatus
from trainer.services import accounts, admission, passwords, uploads
from trainer.services.interviews import sitting
from trainer.web.runtime import runtime

MOST_CPU_S = 0.3
"""Of the thread that holds the lock: other processes do not make it more."""

FORM = {
    "email": "new@example.org",
    "name": "New Name",
    "password": PASSWORD,
    "old_password": PASSWORD,
    "new_password": "another good one",
    "token_name": "laptop",
    "theme": "dark",
    "language": "python",
    "source": "def double(number):\n    return 2 * number\n",
    "action": "submit",
    "text": "words",
    "kind": "statement",
    "starred": "1",
    "code": "1",
    "note": "what changed",
    "role": "mentor",
    "factor": "1.5",
    "sign_up": "open",
    "days": "7",
    "most": "30",
    "list": "ada@example.org, Ada Quist",
}
SENT = {"language": "python", "source": "def double(number):\n    return 2 * number\n"}
JSON: dict[str, Any] = {
    "create_run": SENT | {"own_inputs": [{"number": "4"}]},
    "create_submission": SENT,
    "put_draft": SENT | {"base_revision": 0},
    "put_text": {"source": "x"},
    "record_events": {"key": "a" * 8, "events": [{"task": 1, "look": True}]},
    "begin_interview": {"format": "live-10"},
    "open_console": {"source": "{}"},
    "open_task_console": {"source": "{}"},
    "send_request": {"method": "GET", "path": "/"},
}


class Lock:
    """Asks whether the database may be written now; remembers who held it while something slow was done."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self._engine = db.engine
        self.looks: list[str] = []
        self.held: list[str] = []

    def forget(self) -> None:
        self.looks.clear()
        self.held.clear()

    def look(self, what: str) -> None:
        self.looks.append(what)
        if self._engine.dialect.name == "sqlite":
            self._look_at_file(what)
        else:
            self._look_at_server(what)

    def _look_at_server(self, what: str) -> None:
        """A transaction of PostgreSQL that has written has a number."""
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
        with self._engine.connect() as connection:
            if connection.scalar(sa.text(query)):
                self.held.append(what)

    def _look_at_file(self, what: str) -> None:
        connection = sqlite3.connect(str(self._engine.url.database), timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            self.held.append(what)
        finally:
            connection.close()


class SlowBody(io.RawIOBase):
    """A body that arrives bit by bit."""

    def __init__(self, body: bytes, lock: Lock) -> None:
        self._rest = io.BytesIO(body)
        self._lock = lock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._lock.look("the body")
        piece = self._rest.read(min(64, len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)


class SlowHasher:
    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self._real = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)

    def hash(self, text: str) -> str:
        self._lock.look("hashing")
        return self._real.hash(text)

    def verify(self, hashed: str, text: str) -> bool:
        self._lock.look("hashing")
        return self._real.verify(hashed, text)


@pytest.fixture
def lock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lock]:
    made = Lock(app)

    def unpack(data: bytes, *rest: Any) -> Any:
        made.look("unpacking")
        return load_zip(data, *rest)

    def rendering(_app: Flask, **_more: Any) -> None:
        made.look("a page")

    def slowly(environ: dict[str, Any], start: Any) -> Any:
        environ["wsgi.input"] = SlowBody(environ["wsgi.input"].read(), made)
        return wsgi_app(environ, start)

    wsgi_app = app.wsgi_app
    monkeypatch.setattr(app, "wsgi_app", slowly)
    monkeypatch.setattr(passwords, "_hasher", SlowHasher(made))
    monkeypatch.setattr(uploads, "load_zip", unpack)
    with before_render_template.connected_to(rendering, app):
        yield made


class Mentor:
    """A browser of a new account, with an interview that runs, a link for the password and a checked upload."""

    def __init__(self, app: Flask, email: str) -> None:
        self._app = app
        self._client = app.test_client()
        with app.app_context(), db.writing() as session:
            user = make_user(session, email, Role.ADMIN)
            self._values: dict[str, Any] = {"slug": "apart", "format_id": "live-10", "name": "python"}
            self._values["token"] = accounts.make_link(session, user)
            self._values["code"] = admission.make_invite(session, name="Class", days=1, most=9).token
            self._values["interview_id"] = sitting.start(session, user, "live-10", small_interviews(), seed=1).id
            upload = uploads.receive(session, user, to_zip(make_package("fresh")))
            upload.status, upload.passed = UploadStatus.CHECKED, True
            self._values["upload_id"] = upload.id
        form = {"email": email, "password": PASSWORD} | self._token()
        assert self._client.post("/sign-in", data=form).status_code == 303

    def send(self, rule: Rule, method: str, **changes: str) -> int:
        """Send the route a body that it takes, slowly."""
        with self._app.test_request_context():
            known = {name: self._values.get(name, 1) for name in rule.arguments}
            path = self._app.url_map.bind("localhost").build(rule.endpoint, known, method=method)
        answer = self._client.open(path, method=method, **self._body(rule, path, changes))
        return answer.status_code

    def _body(self, rule: Rule, path: str, changes: dict[str, str]) -> dict[str, Any]:
        token = self._token()
        if path.startswith("/api/"):
            return {
                "json": JSON.get(rule.endpoint.rpartition(".")[2], {}),
                "headers": {"X-CSRFToken": token["csrf_token"]},
            }
        archive = (io.BytesIO(to_zip(make_package("other"))), "package.zip")
        return {"data": FORM | token | changes | ({"package": archive} if path == "/mentor/uploads" else {})}

    def _token(self) -> dict[str, str]:
        page = self._client.get("/accessibility").text
        return {"csrf_token": page.split('name="csrf-token" content="')[1].split('"')[0]}


@contextmanager
def cpu_of_writing(app: Flask) -> Iterator[list[float]]:
    """CPU seconds of the thread in each transaction that wrote."""
    began: dict[int, float] = {}
    spent: list[float] = []

    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("will_write"):
            began[id(connection)] = time.thread_time()

    def end(connection: sa.Connection) -> None:
        if id(connection) in began:
            spent.append(time.thread_time() - began.pop(id(connection)))

    with app.app_context():
        engine = db.engine
    hooks = (("begin", begin), ("commit", end), ("rollback", end))
    for name, hook in hooks:
        sa.event.listen(engine, name, hook)
    yield spent
    for name, hook in hooks:
        sa.event.remove(engine, name, hook)


def writing_rules(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
    ]


@pytest.fixture
def bank(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        runtime().interviews = small_interviews()
        publish(session)
        publish(session, "window", title="Window")
        publish(session, "apart", title="Apart")


@pytest.mark.parametrize(
    "changes", [{}, {"email": "", "name": "", "text": "\x00", "token_name": "", "password": "short"}]
)
def test_no_route_writes_while_something_slow_is_done(
    app: Flask, bank: None, lock: Lock, changes: dict[str, str]
) -> None:
    rules = writing_rules(app)
    assert len(rules) > 35
    for number, (rule, method) in enumerate(rules):
        mentor = Mentor(app, f"m{number}@example.org")
        lock.forget()
        with cpu_of_writing(app) as spent:
            status = mentor.send(rule, method, **changes)
        where = f"{method} {rule.rule}: {status}"
        assert status < 500 or status == 503, where
        assert "the body" in lock.looks, where
        assert lock.held == [], where
        assert max(spent, default=0) < MOST_CPU_S, where


@pytest.mark.parametrize(
    "endpoint", ["accounts.make_account", "accounts.enter", "accounts.use_invite", "accounts.use_link"]
)
def test_passwords_are_hashed_before_anything_is_written(app: Flask, bank: None, lock: Lock, endpoint: str) -> None:
    mentor = Mentor(app, "mira@example.org")
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    lock.forget()
    assert mentor.send(rule, "POST", email="mira@example.org" if endpoint == "accounts.enter" else "a@b.org") == 303
    assert "hashing" in lock.looks
    assert lock.held == []
