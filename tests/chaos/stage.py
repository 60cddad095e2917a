"""What is ended: a server with SQLite, or web servers and workers with PostgreSQL and RabbitMQ; on an own engine."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker
import sqlalchemy as sa

from sandbox.backends.docker import LABEL
from sandbox.images import image_name
from tests import recordings, topology
from tests.factories import lay, make_package, make_user
from tests.postgres import DURABLE, PostgresServer, find_binaries
from tests.rabbitmq import RabbitServer
from tests.sandbox.private_engine import PrivateEngine
from tests.served import Server
from trainer.db import Sessions, make_engine
from trainer.services import keys

CLIENTS = 6
ONLY_PROGRAMS = {"TRAINER_WARM_DATA_BOXES": "0", "TRAINER_WARM_SERVICE_BOXES": "0"}


@dataclass(frozen=True)
class Part:
    """Something that may be ended. One of more weight is ended more often: what is quick to start again has more."""

    name: str
    weight: int
    kill: Callable[[], None]
    start: Callable[[], None] = lambda: None


class Boxes:
    """The boxes on an engine. It has none yet."""

    def __init__(self, engine: PrivateEngine, chance: random.Random) -> None:
        self._engine = engine
        self._chance = chance
        self.seen: set[str] = set()
        """Ids of those that there were when one of them was ended."""
        self.mounted_before = self.mounts()

    def all(self) -> list[dict[str, Any]]:
        with self._client() as client:
            found: list[dict[str, Any]] = client.containers(all=True, filters={"label": f"{LABEL}=1"})
            return found

    def mounts(self) -> frozenset[str]:
        """Where something is mounted for them: files, and namespaces, which a process or a mount keeps."""
        places = (line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines())
        return frozenset(place for place in places if Path(place).is_relative_to(self._engine.folder))

    def end_a_keeper(self) -> None:
        """PID 1 of one box, as the machine sees it."""
        with self._client() as client, suppress(docker.errors.APIError):  # it went meanwhile
            running = client.containers(filters={"label": f"{LABEL}=1"})
            self.seen |= {box["Id"] for box in running}
            if running:
                pid = client.inspect_container(self._chance.choice(running)["Id"])["State"]["Pid"]
                if pid:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

    @contextmanager
    def _client(self) -> Iterator[docker.APIClient]:
        client = docker.APIClient(self._engine.url, version="auto", timeout=60)
        try:
            yield client
        finally:
            client.close()


@dataclass(frozen=True)
class Stage:
    """`parts` are in the order in which they can be started. `processes` are the trainer's, at rest or awake."""

    url: str
    home: Path
    engine: PrivateEngine
    boxes: Boxes
    processes: tuple[Server, ...]
    parts: Sequence[Part]
    database: sa.Engine
    tokens: Sequence[str]

    def rest(self) -> None:
        """Stop the trainer as Ctrl-C does."""
        for process in self.processes:
            process.interrupt()

    def wake(self) -> None:
        topology.start_together(self.processes)


@contextmanager
def one_machine(folder: Path, chance: random.Random) -> Iterator[Stage]:
    home = folder / "home"
    with _engine() as engine:
        boxes = Boxes(engine, chance)
        server = Server(home, _problems(folder), DOCKER_HOST=engine.url, TRAINER_BOXES="kept", **ONLY_PROGRAMS)
        server.start()
        try:
            parts = [*_boxes_and_engine(engine, boxes), _process("server", 1, server)]
            with _database(f"sqlite:///{home}/trainer.db") as database:
                yield Stage(server.url, folder, engine, boxes, (server,), parts, database, _prepare(database))
        finally:
            server.end()


@contextmanager
def many_machines(folder: Path, chance: random.Random) -> Iterator[Stage]:
    settings = {"TRAINER_BOXES": "kept", "TRAINER_RATE_LIMITS": "0"}
    with _engine() as engine, _postgres() as postgres, _rabbitmq() as rabbitmq:
        boxes, url, problems = Boxes(engine, chance), postgres.fresh(), _problems(folder)
        started = topology.started(folder, problems, url, rabbitmq.url, DOCKER_HOST=engine.url, **settings)
        with started as running, _database(url) as database:
            parts = [
                *_boxes_and_engine(engine, boxes),
                Part("PostgreSQL", 3, postgres.kill, postgres.recover),
                Part("connection to PostgreSQL", 2, lambda: postgres.kill_a_child(chance)),
                Part("RabbitMQ", 2, rabbitmq.stop, rabbitmq.start),
                *(_process("worker", 1, worker) for worker in running.workers),
                *(_process("web server", 1, web) for web in running.webs),
            ]
            processes = (*running.webs, *running.workers)
            yield Stage(running.url, folder, engine, boxes, processes, parts, database, _prepare(database))


def _boxes_and_engine(engine: PrivateEngine, boxes: Boxes) -> tuple[Part, Part]:
    return Part("keeper", 6, boxes.end_a_keeper), Part("engine", 1, engine.kill, engine.start)


def _process(name: str, weight: int, process: Server) -> Part:
    return Part(name, weight, process.kill, process.start)


def _problems(folder: Path) -> Path:
    """A small bank."""
    problems = folder / "problems"
    lay(problems, make_package())
    (problems / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    return problems


def _prepare(database: sa.Engine) -> list[str]:
    """Have recordings counted, and make an account for each client: their keys."""
    recordings.watch(database)
    with Sessions.of(database).writing() as session:
        people = [make_user(session, f"{n}@example.org") for n in range(CLIENTS)]
        return [keys.make_token(session, person, "chaos") for person in people]


@contextmanager
def _database(url: str) -> Iterator[sa.Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _engine() -> Iterator[PrivateEngine]:
    engine = PrivateEngine()
    engine.start()
    try:
        source = docker.APIClient(version="auto", timeout=300)
        engine.take_image(source, image_name("python"))
        source.close()
        yield engine
    finally:
        engine.remove()


@contextmanager
def _postgres() -> Iterator[PostgresServer]:
    binaries = find_binaries()
    assert binaries, "Debian's package postgresql brings it"
    server = PostgresServer(binaries, DURABLE)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def _rabbitmq() -> Iterator[RabbitServer]:
    server = RabbitServer()
    server.start()
    try:
        yield server
    finally:
        server.end()
