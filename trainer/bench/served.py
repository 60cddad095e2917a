"""A real server with a small bank of its own, for the time of the benchmark."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from trainer.app import create_app
from trainer.bench.packages import ASSESSMENT, function, service, sql
from trainer.config import Config, own_bank
from trainer.db import db
from trainer.models import KeyScope, Role, User
from trainer.services import accounts, keys, sessions

SQL, SERVICE = "total-by-customer", "notes-service"
READY_S = 60.0


@dataclass(frozen=True)
class Served:
    """Where the server answers, who runs it, and a key and a session's cookie for each of its students."""

    port: int
    pid: int
    tokens: tuple[str, ...]
    cookies: tuple[str, ...]


def slug(cases: int) -> str:
    return f"double-{cases}"


@contextmanager
def served(
    counts: tuple[int, ...],
    students: int,
    minute_s: float = 60,
    *,
    more: Mapping[str, Mapping[str, bytes]] = MappingProxyType({}),
    judges: int = 2,
    judges_apart: int = 0,
    database_url: str = "",
    broker_url: str = "",
) -> Iterator[Served]:
    """Serve problems of the trivial function with so many hidden cases each, and `more` packages by their slugs.

    An interview's minute takes `minute_s`. `judges_apart`: so many judges, in a process of their own. Without a
    `database_url` there is an SQLite database.
    """
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        _write_bank(home / "problems", counts, more)
        settings = {
            "TRAINER_HOME": str(home / "var"),
            "TRAINER_PROBLEMS": str(home / "problems"),
            "TRAINER_INTERVIEW_MINUTE_S": str(minute_s),
            "TRAINER_JUDGES": str(judges),
            "DATABASE_URL": database_url,
            "TRAINER_BROKER": broker_url,
        }
        with ExitStack() as stack:
            path = "/readyz" if judges else "/healthz"
            port, pid = stack.enter_context(running(settings, home / "log", path=path))
            if judges_apart:
                apart = settings | {"TRAINER_JUDGES": str(judges_apart)}
                worker = stack.enter_context(process(("trainer", "worker"), apart, home / "worker-log"))
                _wait_until_ready(port, "/readyz", worker, home / "worker-log", READY_S)
            yield Served(port, pid, *_make_students(home, students, database_url))


@contextmanager
def running(
    settings: Mapping[str, str], log: Path, *, path: str = "/readyz", within_s: float = READY_S
) -> Iterator[tuple[int, int]]:
    """A server with these settings for as long as the block runs: its port and process. It has answered at `path`."""
    port = _free_port()
    with process(("trainer", "run"), {"PORT": str(port), **settings}, log) as server:
        _wait_until_ready(port, path, server, log, within_s)
        yield port, server.pid


@contextmanager
def process(command: Sequence[str], settings: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A module that is run, and its arguments; without limits of rates."""
    environment = {**os.environ, "TRAINER_RATE_LIMITS": "0", **settings}
    with log.open("wb") as file:
        started = subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=file, stderr=file)
    try:
        yield started
    finally:
        started.send_signal(signal.SIGINT)
        started.wait(60)


def _write_bank(folder: Path, counts: tuple[int, ...], more: Mapping[str, Mapping[str, bytes]]) -> None:
    for name, files in {**{slug(count): function(count) for count in counts}, SQL: sql(), SERVICE: service()}.items():
        write_package(folder / name, {path: text.encode() for path, text in files.items()})
    for name, contents in more.items():
        write_package(folder / name, contents)
    write_topics(folder)
    (folder / "interviews").mkdir()
    (folder / "interviews" / "assessment.yaml").write_text(ASSESSMENT)


def write_package(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def write_topics(folder: Path) -> None:
    (folder / "topics.yaml").write_bytes((own_bank() / "topics.yaml").read_bytes())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, path: str, process: subprocess.Popen[bytes], log: Path, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server is not ready:\n{log.read_text()}")


def _make_students(home: Path, students: int, database_url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    config = Config(
        TRAINER_HOME=home / "var", TRAINER_PROBLEMS=home / "problems", TRAINER_JUDGES=0, DATABASE_URL=database_url
    )

    def make(session: Session) -> list[User]:
        emails = [f"s{number}-{secrets.token_hex(4)}@bench.invalid" for number in range(students)]  # may be used twice
        return [accounts.add_user(session, email=one, name=one.partition("-")[0], role=Role.STUDENT) for one in emails]

    return let_in(config, make)


def let_in(config: Config, users: Callable[[Session], Sequence[User]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A key for the API that may all that its account may, and the cookie of a session, for each of the accounts."""
    app = create_app(config)
    with app.app_context(), db.writing() as session:
        tokens, cookies = [], []
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        for user in users(session):
            scope = max(keys.scopes_of(user), key=list(KeyScope).index)
            tokens.append(keys.make_token(session, user, "bench", scope=scope))
            cookies.append(signer.dumps({"_user_id": sessions.begin(session, user, "bench"), "_fresh": True}))
    return tuple(tokens), tuple(cookies)
