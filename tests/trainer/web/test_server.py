"""The server as a process: it starts, stops on Ctrl-C, and survives kill -9 without losing a submission."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.factories import make_package, make_user
from tests.served import Server
from trainer.app import create_app
from trainer.clock import now
from trainer.config import Config
from trainer.db import db
from trainer.models import Interview
from trainer.services import keys

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine")]

SLOW = "import time\ndef double(number):\n    time.sleep(0.5)\n    return 2 * number\n"

SHORT = """title: Short
about: One task.
order: 1
minutes: 10
reveal: samples
tasks:
  - {kinds: [function], minutes: 10, points: 100}
"""


@pytest.fixture
def problems(tmp_path: Path) -> Path:
    folder = tmp_path / "problems"
    for path, content in make_package().files.items():
        target = folder / "double" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    (folder / "interviews").mkdir()
    (folder / "interviews" / "short.yaml").write_text(SHORT)
    return folder


@pytest.fixture
def server(tmp_path: Path, problems: Path) -> Iterator[Server]:
    made = Server(tmp_path / "home", problems)
    made.start()
    yield made
    made.end()


Write = Callable[[Callable[[Session], Any]], Any]


@pytest.fixture
def write(server: Server, tmp_path: Path, problems: Path) -> Write:
    """Does something to the server's database, past the server."""
    config = Config(TRAINER_HOME=tmp_path / "home", TRAINER_PROBLEMS=problems, TRAINER_JUDGES=0, DATABASE_URL="")
    app = create_app(config)

    def act(verb: Callable[[Session], Any]) -> Any:
        with app.app_context(), ending(db.engine), db.writing() as session:
            return verb(session)

    return act


@pytest.fixture
def token(write: Write) -> str:
    made: str = write(lambda session: keys.make_token(session, make_user(session), "test"))
    return made


def until(look: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """Look again and again until the answer is true."""
    ticks = threading.Event()
    for _ in range(int(seconds * 20)):
        if found := look():
            return found
        ticks.wait(0.05)
    raise AssertionError(f"{what} did not happen in {seconds} s")


def submit(server: Server, token: str, source: str) -> int:
    body = {"language": "python", "source": source}
    status, answer = server.call("POST", "/api/v1/problems/double/submissions", body, token)
    assert status == 202, answer
    return int(answer["id"])


def state(server: Server, token: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = server.call("GET", f"/api/v1/submissions/{number}", token=token)[1]
    return found


def boxes_of(server: Server) -> list[str]:
    """Boxes whose owner is this server or a child of it."""
    family = {str(server.pid)} | set(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split())
    return [box for box, owner in all_boxes().items() if owner.split(":")[1] in family]


def all_boxes() -> dict[str, str]:
    listed = subprocess.run(
        ["docker", "ps", "-a", "--filter", "label=trainer.box=1", "--format", '{{.ID}} {{.Label "trainer.owner"}}'],
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(line.split(" ", 1) for line in listed.stdout.splitlines())


def test_the_first_start_prints_a_link_for_the_admin(server: Server) -> None:
    assert f"{server.url}/link/" in server.output
    assert "password" not in server.output.lower()


def test_ctrl_c_ends_it_cleanly(server: Server, token: str) -> None:
    number = submit(server, token, SLOW)
    until(lambda: state(server, token, number)["status"] == "judging", "judging")
    mine = until(lambda: boxes_of(server), "a box")
    assert server.interrupt() == 0
    assert "Traceback" not in server.output
    assert not set(mine) & set(all_boxes())
    server.start()
    assert until(lambda: state(server, token, number)["verdict"], "the verdict") == "accepted"


def test_kill_minus_nine_loses_nothing(server: Server, token: str) -> None:
    number = submit(server, token, SLOW)
    until(lambda: state(server, token, number)["status"] == "judging", "judging")
    left = set(until(lambda: boxes_of(server), "a box"))
    server.kill()
    server.start()
    found = until(lambda: (s := state(server, token, number))["verdict"] and s, "the verdict")
    assert found["verdict"] == "accepted"
    until(lambda: not left & set(all_boxes()), "the removal of orphans")
    assert server.call("GET", "/api/v1/submissions", token=token)[1]["submissions"][0]["id"] == number


def test_an_interview_outlives_kill_minus_nine_before_and_across_its_bell(
    server: Server, token: str, write: Write
) -> None:
    """Killed while it runs: the draft and the time are there. Killed across the bell: it rings once all the same."""
    begun = server.call("POST", "/api/v1/interviews", {"format": "short"}, token=token)[1]
    here = f"/api/v1/interviews/{begun['id']}"
    typed = "def double(number):\n    return 2 * number\n"
    text = f"{here}/tasks/1/texts/python"
    first = server.call("PUT", text, {"source": "# first\n"}, token=token)[1]
    server.kill()
    server.start()
    assert server.call("GET", text, token=token)[1]["source"] == "# first\n"
    assert server.call("GET", here, token=token)[1]["bell_at"] == begun["bell_at"]
    saved = server.call("PUT", text, {"source": typed, "base_revision": first["revision"]}, token=token)[1]
    assert not saved["late"]
    server.kill()
    write(lambda session: session.execute(sa.update(Interview).values(bell_at=now())))  # while the server is down
    server.start()

    def sent() -> list[list[str]]:
        marks = server.call("GET", f"{here}/replay", token=token)[1]["marks"]
        return [mark[2:] for mark in marks]

    until(lambda: sent() == [["bell", "accepted"]], "the verdict of what the bell submitted")
    server.kill()
    server.start()
    assert sent() == [["bell", "accepted"]]


def test_data_survives_a_restart(server: Server, token: str) -> None:
    number = submit(server, token, "def double(number):\n    return 2 * number\n")
    until(lambda: state(server, token, number)["verdict"] == "accepted", "the verdict")
    server.interrupt()
    server.start()
    assert state(server, token, number)["verdict"] == "accepted"
    assert server.call("GET", "/api/v1/progress", token=token)[1]["solved"] == 1
