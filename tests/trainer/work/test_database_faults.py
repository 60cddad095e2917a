"""A database that crashes, is full or takes no changes, and clocks that are wrong: nothing is lost or done twice."""

from __future__ import annotations

import http.client
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.conftest import ending
from tests.factories import lay, make_package, make_user
from tests.postgres import DURABLE, PostgresServer, find_binaries
from tests.served import Server
from trainer.db import Sessions, make_engine
from trainer.services import keys

PATIENCE_S = 120.0
JUDGED = "wrong answer"
"""What comes of a sandbox that runs nothing: every program returns null."""
ROOM_MIB = 24
MOST_CONNECTIONS = 16
"""So many are kept open by a server."""
WATCH_RECORDING = """
    CREATE TABLE recorded (id INTEGER);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO recorded VALUES (NEW.id); RETURN NEW; END $$;
    CREATE TRIGGER watch AFTER UPDATE OF verdict ON submissions FOR EACH ROW WHEN (NEW.verdict IS NOT NULL)
      EXECUTE FUNCTION note();
"""


class Student:
    """Submits by the API, and asks again as long as the server cannot answer."""

    def __init__(self, server: Server, token: str) -> None:
        self._server = server
        self._token = token

    def send(self) -> tuple[int, Any]:
        body = {"language": "python", "source": "def double(number): ..."}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        return self._server.call("POST", "/api/v1/problems/double/submissions", body, self._token, key)

    def insist(self) -> str | None:
        """The verdict of one more submission."""
        key, body = {"Idempotency-Key": str(uuid.uuid4())}, {"language": "python", "source": "def double(number): ..."}
        number = self._until("POST", "/api/v1/problems/double/submissions", lambda _: True, body, key)["id"]
        return self.verdict(number)

    def verdict(self, number: int) -> str | None:
        found = self._until("GET", f"/api/v1/submissions/{number}", lambda answer: answer["verdict"])
        return str(found["verdict"])

    def _until(self, method: str, path: str, enough: Callable[[Any], Any], *more: Any) -> Any:
        body, headers = more or (None, None)
        deadline, last = time.monotonic() + PATIENCE_S, None
        pause = threading.Event()
        while time.monotonic() < deadline:
            try:
                status, last = self._server.call(method, path, body, self._token, headers)
            except (OSError, ValueError, http.client.HTTPException) as error:
                status, last = 0, error
            if status in (200, 202) and enough(last):
                return last
            pause.wait(0.05)
        raise AssertionError(f"{method} {path}: {last}")


@pytest.fixture
def problems(tmp_path: Path) -> Path:
    lay(tmp_path / "problems", make_package())
    (tmp_path / "problems" / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    return tmp_path / "problems"


@pytest.fixture
def serve(tmp_path: Path, problems: Path) -> Iterator[Callable[..., Server]]:
    with ExitStack() as started:

        def start(home: str = "home", command: str = "run", **settings: str) -> Server:
            server = Server(tmp_path / home, problems, command=command, TRAINER_BACKEND="stub", **settings)
            server.start()
            started.callback(server.end)
            return server

        yield start


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """One that may crash without anybody else noticing."""
    binaries = find_binaries()
    assert binaries, "`make test` installs PostgreSQL."
    server = PostgresServer(binaries, DURABLE)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def student(server: Server, url: str, email: str = "mira@example.org") -> Student:
    engine = make_engine(url)
    with ending(engine), Sessions.of(engine).writing() as session:
        return Student(server, keys.make_token(session, make_user(session, email), "test"))


def rows(url: str, query: str) -> list[Any]:
    engine = make_engine(url)
    with ending(engine), engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


@pytest.mark.postgres
def test_a_crash_of_the_database_loses_and_doubles_nothing(
    serve: Callable[..., Server], own_postgres: PostgresServer
) -> None:
    url = own_postgres.fresh()
    server = serve(DATABASE_URL=url)
    own_postgres.run(WATCH_RECORDING, url.partition("?")[0].rpartition("/")[2])
    students = [student(server, url, f"{number}@example.org") for number in range(3)]
    begun = threading.Semaphore(0)

    def practise(one: Student) -> list[str | None]:
        verdicts = []
        for _ in range(12):
            begun.release()
            verdicts.append(one.insist())
        return verdicts

    with ThreadPoolExecutor() as pool:
        told = [pool.submit(practise, one) for one in students]
        for _ in range(3):
            for _ in range(9):
                assert begun.acquire(timeout=PATIENCE_S)
            own_postgres.crash()
            own_postgres.recover()
        assert [verdict for one in told for verdict in one.result()] == [JUDGED] * 36
    assert rows(url, "SELECT count(*), count(DISTINCT id) FROM recorded") == [(36, 36)]
    assert rows(url, "SELECT count(*) FROM submissions") == [(36,)]
    assert rows(url, "SELECT count(*) FROM work WHERE kind = 'submit'") == [(0,)]


@pytest.mark.postgres
def test_a_database_that_takes_no_changes_can_be_read_and_goes_on_later(
    serve: Callable[..., Server], own_postgres: PostgresServer
) -> None:
    url = own_postgres.fresh()
    name = url.partition("?")[0].rpartition("/")[2]
    server = serve(DATABASE_URL=url)
    mira = student(server, url)
    assert mira.insist() == JUDGED

    def reconnect() -> None:
        own_postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    own_postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    reconnect()
    for _ in range(MOST_CONNECTIONS):  # one that was just in use is not tried first: it is found lost, and dropped
        status, answer = mira.send()
        assert (status, answer["code"]) == (503, "unavailable")
        if "does not answer in time" not in answer["detail"]:
            break
    assert "takes no changes at the moment" in answer["detail"]
    assert mira.verdict(1) == JUDGED
    own_postgres.run(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    reconnect()
    assert mira.insist() == JUDGED
    assert "during reset" not in server.output


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM_MIB}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path, problems: Path) -> None:
    """Where the tests have an engine they are root, and may mount."""
    with small_disk(tmp_path / "home") as home:
        server = Server(home, problems, TRAINER_BACKEND="stub")
        server.start()
        try:
            url = f"sqlite:///{home}/trainer.db"
            mira = student(server, url)
            assert mira.insist() == JUDGED
            filler = home / "filler"
            with filler.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(b"x" * 4096)
            answers = [mira.send() for _ in range(30)]
            refused = [answer for status, answer in answers if status == 507]
            assert refused, answers
            assert "was not stored" in refused[0]["detail"]
            filler.unlink()
            taken = [answer["id"] for status, answer in answers if status == 202]
            assert [mira.verdict(number) for number in taken] == [JUDGED] * len(taken)
            assert mira.insist() == JUDGED
            assert rows(url, "PRAGMA integrity_check") == [("ok",)]
        finally:
            server.end()


@pytest.mark.postgres
def test_workers_whose_clocks_are_wrong_judge_as_all_do(
    serve: Callable[..., Server], postgres: PostgresServer, tmp_path: Path
) -> None:
    url = postgres.fresh()
    server = serve("web", DATABASE_URL=url, TRAINER_JUDGES="0")
    workers = []
    for name, hours in (("early", -1), ("late", 1)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "sitecustomize.py").write_text(
            "import datetime, time_machine\n"
            f"there = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours={hours})\n"
            "time_machine.travel(there, tick=True).start()\n"
        )
        workers.append(serve(name, "worker", DATABASE_URL=url, PYTHONPATH=str(tmp_path / name)))
    mira = student(server, url)
    assert [mira.insist() for _ in range(8)] == [JUDGED] * 8
    status, health = server.call("GET", "/readyz")
    assert (status, health["workers"]["able"]) == (200, 2)
    assert not any("died over this" in one.output for one in (server, *workers))
    spread = rows(url, "SELECT EXTRACT(epoch FROM max(seen_at) - min(seen_at)) FROM workers")
    assert spread[0][0] < 60
