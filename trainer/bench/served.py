"""A real server with a small bank of its own, for the time of the benchmark."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
) -> Iterator[Served]:
    """Serve problems of the trivial function with so many hidden cases each, and `more` packages by their slugs.

    An interview's minute takes `minute_s`.
    """
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        _write_bank(home / "problems", counts, more)
        settings = {
            "TRAINER_HOME": str(home / "var"),
            "TRAINER_PROBLEMS": str(home / "problems"),
            "TRAINER_INTERVIEW_MINUTE_S": str(minute_s),
            "TRAINER_JUDGES": str(judges),
            "DATABASE_URL": "",
        }
        with running(settings, home / "log") as (port, pid):
            yield Served(port, pid, *_make_students(home, students))


@contextmanager
def running(settings: Mapping[str, str], log: Path, *, within_s: float = 60) -> Iterator[tuple[int, int]]:
    """A server with these settings, without limits of rates, for as long as the block runs: its port and process."""
    port = _free_port()
    environment = {**os.environ, "TRAINER_RATE_LIMITS": "0", "PORT": str(port), **settings}
    with log.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-m", "trainer", "run"], env=environment, stdout=file, stderr=file)
    try:
        _wait_until_ready(port, process, log, within_s)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _write_bank(folder: Path, counts: tuple[int, ...], more: Mapping[str, Mapping[str, bytes]]) -> None:
    packages = {slug(count): function(count) for count in counts} | {SQL: sql(), SERVICE: service()}
    written = {name: {path: text.encode() for path, text in files.items()} for name, files in packages.items()}
    for name, contents in {**written, **more}.items():
        for path, content in contents.items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_bytes(content)
    (folder / "topics.yaml").write_bytes((own_bank() / "topics.yaml").read_bytes())
    (folder / "interviews").mkdir()
    (folder / "interviews" / "assessment.yaml").write_text(ASSESSMENT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], log: Path, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server is not ready:\n{log.read_text()}")


def _make_students(home: Path, students: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    config = Config(TRAINER_HOME=home / "var", TRAINER_PROBLEMS=home / "problems", TRAINER_JUDGES=0, DATABASE_URL="")

    def make(session: Session) -> list[User]:
        return [
            accounts.add_user(session, email=f"s{number}@bench.invalid", name=f"S {number}", role=Role.STUDENT)
            for number in range(students)
        ]

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
