"""Ends boxes, the engine and the server by kill -9 while submissions are judged, and looks whether one is lost.

`python -m tests.chaos --rounds 10 --submissions 1000` needs root and Docker: the engine that it kills is one of its
own. It exits with 1 where a submission was lost or recorded twice, got a wrong verdict, or where a box, a namespace or
a mount is left.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import docker

from sandbox.backends.docker import LABEL
from sandbox.images import image_name
from tests.conftest import ending
from tests.factories import make_package, make_user
from tests.sandbox.private_engine import PrivateEngine
from tests.served import Server
from trainer.app import create_app
from trainer.config import Config
from trainer.db import db
from trainer.services import keys

CLIENTS = 6
MOST_BETWEEN = 12
"""So many verdicts at most come between two troubles, however fast the machine is."""
LATEST_S = 0.3
PATIENCE_S = 300.0
PROGRAMS = {
    "accepted": "def double(number):\n    return 2 * number\n",
    "wrong answer": "def double(number):\n    return 3 * number\n",
    "run-time error": "def double(number):\n    return 1 // 0\n",
    "compile error": "def double(number:\n",
}
WATCH_RECORDING = """
    CREATE TABLE recorded (id INTEGER);
    CREATE TRIGGER watch_recording AFTER UPDATE OF verdict ON submissions WHEN NEW.verdict IS NOT NULL
    BEGIN INSERT INTO recorded VALUES (NEW.id); END;
"""


@dataclass
class Toll:
    """What a round did, and what was wrong with it."""

    ended: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)


class Progress:
    """Counts verdicts. `wait_for` returns when there are so many, or when it is over."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._done = 0
        self._over = False

    def count(self) -> None:
        with self._changed:
            self._done += 1
            self._changed.notify_all()

    def end(self) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def wait_for(self, more: int) -> bool:
        with self._changed:
            enough = self._done + more
            self._changed.wait_for(lambda: self._over or self._done >= enough)
            return not self._over


@dataclass
class Stage:
    """A server, its engine and its database."""

    engine: PrivateEngine
    server: Server
    database: Path
    tokens: list[str]
    seen: set[str] = field(default_factory=set)
    """Ids of boxes that there were when one of them was ended."""

    def boxes(self) -> list[dict[str, Any]]:
        client = docker.APIClient(self.engine.url, version="auto", timeout=60)
        try:
            found: list[dict[str, Any]] = client.containers(all=True, filters={"label": f"{LABEL}=1"})
            return found
        finally:
            client.close()

    def end_a_keeper(self, chance: random.Random) -> None:
        """PID 1 of one box, as the machine sees it."""
        client = docker.APIClient(self.engine.url, version="auto", timeout=60)
        try:
            running = client.containers(filters={"label": f"{LABEL}=1"})
            self.seen |= {box["Id"] for box in running}
            if running:
                pid = client.inspect_container(chance.choice(running)["Id"])["State"]["Pid"]
                if pid:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
        except docker.errors.APIError:
            pass  # it went meanwhile
        finally:
            client.close()

    def end_the_engine(self) -> None:
        self.engine.kill()
        self.engine.start()

    def end_the_server(self) -> None:
        self.server.kill()
        self.server.start()


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A server of its own on an engine of its own, with a small bank and an account for each client."""
    problems = folder / "problems"
    for path, content in make_package().files.items():
        target = problems / "double" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (problems / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    engine, home = PrivateEngine(), folder / "home"
    engine.start()
    try:
        source = docker.APIClient(version="auto", timeout=300)
        engine.take_image(source, image_name("python"))
        source.close()
        only_programs = {"TRAINER_WARM_DATA_BOXES": "0", "TRAINER_WARM_SERVICE_BOXES": "0"}
        server = Server(home, problems, DOCKER_HOST=engine.url, TRAINER_BOXES="kept", **only_programs)
        server.start()
        app = create_app(Config(TRAINER_HOME=home, TRAINER_PROBLEMS=problems, TRAINER_JUDGES=0, DATABASE_URL=""))
        with app.app_context(), ending(db.engine), db.writing() as session:
            people = [make_user(session, f"{n}@example.org") for n in range(CLIENTS)]
            tokens = [keys.make_token(session, person, "chaos") for person in people]
        with sqlite3.connect(home / "trainer.db") as connection:
            connection.executescript(WATCH_RECORDING)
        connection.close()
        try:
            yield Stage(engine, server, home / "trainer.db", tokens)
        finally:
            server.end()
    finally:
        engine.remove()


def run_round(stage: Stage, submissions: int, chance: random.Random) -> Toll:
    """Let each client submit its share, one after the other, while things are ended, and look at the outcome."""
    toll, progress = Toll(), Progress()
    ends = {
        "keeper": lambda: stage.end_a_keeper(chance),
        "engine": stage.end_the_engine,
        "server": stage.end_the_server,
    }

    def trouble() -> None:
        while progress.wait_for(chance.randint(1, MOST_BETWEEN)):
            time.sleep(chance.uniform(0, LATEST_S))  # at any moment of what is under way
            what = chance.choices(list(ends), [6, 1, 1])[0]
            ends[what]()
            toll.ended[what] += 1

    troubling = threading.Thread(target=trouble)
    troubling.start()
    try:
        with ThreadPoolExecutor(CLIENTS) as clients:
            shares = [range(number, submissions, CLIENTS) for number in range(CLIENTS)]
            told = clients.map(lambda *of: list(submit(stage, progress, *of)), stage.tokens, shares)
            outcome = dict(chain.from_iterable(told))
    finally:
        progress.end()
        troubling.join()
    toll.complaints += complaints(stage, outcome, submissions)
    return toll


def submit(stage: Stage, progress: Progress, token: str, share: range) -> Iterator[tuple[int, str]]:
    """Each submission's number, once it is judged, and what was wrong with that."""
    for at in share:
        wanted, source = list(PROGRAMS.items())[at % len(PROGRAMS)]
        body = {"language": "python", "source": source}
        number = insist(stage, token, "POST", "/api/v1/problems/double/submissions", body)["id"]
        deadline = time.monotonic() + PATIENCE_S
        verdict = None
        while not verdict and time.monotonic() < deadline:
            verdict = insist(stage, token, "GET", f"/api/v1/submissions/{number}")["verdict"]
            time.sleep(0 if verdict else 0.02)
        progress.count()
        yield number, "" if verdict == wanted else f"wanted {wanted}, got {verdict}"


def insist(stage: Stage, token: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
    """Ask until the server answers: the same key each time, so that what it took already is not taken twice."""
    key = {"Idempotency-Key": str(uuid.uuid4())} if body else {}
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            status, answer = stage.server.call(method, path, body, token, key)
        except (OSError, ValueError, http.client.HTTPException) as error:
            status, answer = 0, {"detail": str(error)}
        if status in (200, 202):
            return dict(answer)
        if time.monotonic() > deadline:
            raise AssertionError(f"{method} {path}: {status} {answer}")
        time.sleep(0.05)


def complaints(stage: Stage, told: dict[int, str], submissions: int) -> Iterator[str]:
    yield from (f"submission {number}: {what}" for number, what in told.items() if what)
    if len(told) != submissions:
        yield f"{submissions - len(told)} submissions were lost"
    connection = sqlite3.connect(stage.database, timeout=60)
    twice = connection.execute("SELECT id, count(*) FROM recorded GROUP BY id HAVING count(*) > 1").fetchall()
    (stored,) = connection.execute("SELECT count(*) FROM submissions WHERE id >= ?", (min(told),)).fetchone()
    connection.close()
    yield from (f"submission {number} was recorded {count} times" for number, count in twice)
    if stored != submissions:
        yield f"{stored} submissions are stored, {submissions} were sent"


def left_over(stage: Stage) -> Iterator[str]:
    """What a server that has ended may not leave. A namespace lives as long as a process or a mount holds it.

    A process is told by its control group, which has the name of its box. Numbers of namespaces tell nothing: the
    kernel gives them again, perhaps to a box of another engine.
    """
    yield from (f"{box['Names']} is left" for box in stage.boxes())
    mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    yield from (f"a mount is left: {mount}" for mount in mounts if f"{stage.engine.folder}/data/overlay2" in mount)
    for groups in Path("/proc").glob("[0-9]*/cgroup"):
        with suppress(OSError):  # it has ended meanwhile
            found = stage.seen & set(re.split(r"[/\n.-]", groups.read_text()))
            yield from (f"process {groups.parent.name} of box {box} is left" for box in found)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}")
    chance, failed = random.Random(given.seed), False
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, stage(Path(folder)) as on:
        for number in range(1, given.rounds + 1):
            begun = time.monotonic()
            toll = run_round(on, given.submissions, chance)
            ended = ", ".join(f"{count} × {what}" for what, count in sorted(toll.ended.items()))
            print(f"round {number}: {given.submissions} submissions, {time.monotonic() - begun:.0f} s, ended {ended}")
            for complaint in toll.complaints:
                failed = True
                print(f"  {complaint}")
        on.server.interrupt()
        for complaint in left_over(on):
            failed = True
            print(complaint)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
