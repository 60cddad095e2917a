"""`trainer worker` as a process: it judges what a server without judges takes in, and loads nothing of a server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.factories import make_package, make_user
from tests.postgres import PostgresServer
from tests.served import ROOT, Server
from tests.trainer.web.test_server import until
from trainer.db import Sessions, make_engine
from trainer.services import keys

OF_A_SERVER = ("trainer.pages", "trainer.api", "trainer.web", "trainer.app", "trainer.start", "gunicorn")
LOADED = "import sys, trainer.commands.worker; print('\\n'.join(sys.modules))"


def test_it_loads_nothing_of_the_server() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    found = loaded.stdout.split()
    assert "trainer.work.worker" in found
    assert [name for name in found if name.startswith(OF_A_SERVER)] == []


@pytest.fixture
def problems(tmp_path: Path) -> Path:
    folder = tmp_path / "problems"
    for path, content in make_package().files.items():
        target = folder / "double" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.fresh(migrated=False)
    return f"sqlite:///{tmp_path / 'shared.db'}"


@contextmanager
def running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.end()


def token_for(url: str) -> str:
    engine = make_engine(url)
    with Sessions.of(engine).writing() as session:
        made = keys.make_token(session, make_user(session), "mine")
    engine.dispose()
    return made


def test_it_judges_beside_a_server_without_judges(tmp_path: Path, problems: Path, url: str) -> None:
    shared = {"DATABASE_URL": url, "TRAINER_BACKEND": "stub"}
    server = Server(tmp_path / "served", problems, TRAINER_JUDGES="0", **shared)
    worker = Server(tmp_path / "judging", problems, command="worker", **shared)
    with running(server):
        token = token_for(url)
        body = {"language": "python", "source": "def double(number):\n    return 2 * number\n"}
        status, sent = server.call("POST", "/api/v1/problems/double/submissions", body, token)
        assert status == 202, sent
        look = partial(server.call, "GET", sent["url"], token=token)
        assert look()[1]["status"] == "queued"
        with running(worker):
            until(lambda: look()[1]["verdict"], "the verdict")
            assert worker.interrupt() == 0
    assert "Traceback" not in server.output + worker.output
    assert not (tmp_path / "judging" / "secret_key").exists()
