"""The server as a process on PostgreSQL: from an empty database to a verdict, and again after it was stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.factories import PASSWORD, make_package
from tests.postgres import PostgresServer
from tests.served import Server
from tests.trainer.web.test_server import until

EMAIL = "mira@example.org"


@pytest.fixture
def server(tmp_path: Path, postgres: PostgresServer) -> Iterator[Server]:
    for path, content in make_package().files.items():
        target = tmp_path / "problems" / "double" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (tmp_path / "problems" / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    made = Server(
        tmp_path / "home",
        tmp_path / "problems",
        DATABASE_URL=postgres.fresh(migrated=False),
        TRAINER_BACKEND="stub",
    )
    made.start()
    yield made
    made.end()


class Browser:
    """Fills forms, as a browser without scripts does."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._session = requests.Session()

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, path: str) -> requests.Response:
        return self._session.get(f"{self._server.url}{path}", timeout=60)

    def post(self, path: str, **form: str) -> requests.Response:
        token = re.search(r'name="csrf-token" content="([^"]+)"', self.get("/how-judging-works").text)
        assert token
        form["csrf_token"] = token[1]
        answer = self._session.post(f"{self._server.url}{path}", form, timeout=60, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        return answer


def test_a_student_finds_everything_again_after_a_restart(server: Server) -> None:
    with Browser(server) as browser:
        browser.post("/sign-up", email=EMAIL, name="Mira Okafor", password=PASSWORD)
        text = "def double(number):\n    return 2 * number\n"
        sent = browser.post("/problems/double/submissions", language="python", source=text, action="submit")
        assert "submission=" in sent.headers["Location"]
        judged = until(lambda: exported(browser)["submissions"][0]["verdict"], "the verdict")
    assert server.interrupt() == 0
    assert "Traceback" not in server.output
    server.start()
    with Browser(server) as browser:
        browser.post("/sign-in", email=EMAIL, password=PASSWORD)
        kept = exported(browser)["submissions"]
        assert [(one["source"], one["verdict"]) for one in kept] == [(text, judged)]
    assert not re.search(r"\b(double|new): (new|version)", server.output.rpartition("database ready")[2])


def exported(browser: Browser) -> Any:
    return browser.get("/account/export.json").json()
