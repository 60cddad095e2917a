"""Fixtures that all tests share: a database, the application, a client, the engine."""

from __future__ import annotations

import ast
import os
import shutil
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import WeakKeyDictionary

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.orm import Session

from sandbox import ProgramError, Run, RunStatus, Sandbox
from sandbox.backends.docker import DockerBackend
from sandbox.backends.stub import StubBackend
from sandbox.errors import EngineUnavailable
from tests.postgres import PostgresServer, find_binaries
from tests.rabbitmq import PROGRAM, RabbitServer
from trainer import migrate
from trainer.app import create_app
from trainer.bank import interviews, topics
from trainer.config import Config
from trainer.db import db, make_engine
from trainer.services import listing, passwords
from trainer.web import runtime as web_runtime
from trainer.web.guard import init_guard
from trainer.web.runtime import Runtime, init_runtime, runtime
from trainer.web.security import limiter

pytest_plugins = ["tests.markers", "tests.turns"]

settings.register_profile("steady", deadline=None, max_examples=50, stateful_step_count=25)
settings.load_profile("steady")

BANK = Path(__file__).resolve().parents[1] / "problems"
NO_ENGINE = "NO ENGINE: nothing is tested in real boxes. `make engine` starts one."
JOIN_S = 20.0
MEMORY, MEMORY_FREE = Path("/dev/shm"), 1 << 30
NO_POSTGRES = "NO POSTGRESQL: nothing is tested on it. Debian's package postgresql brings it."
NO_RABBITMQ = "NO RABBITMQ: no broker is tested. Debian's package rabbitmq-server brings it."


@pytest.fixture(scope="session")
def engine() -> None:
    """Needs a Docker-compatible engine: skipped at home without one, failed in CI."""
    try:
        DockerBackend(os.environ.get("DOCKER_HOST") or None).ping()
    except EngineUnavailable as error:
        if os.environ.get("CI"):
            pytest.fail(f"{NO_ENGINE} {error}")
        pytest.skip(NO_ENGINE)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of these tests: skipped at home without its programs, failed in CI."""
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail(f"{NO_POSTGRES} `make test` installs it.")
        pytest.skip(NO_POSTGRES)
    server = PostgresServer(binaries)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[RabbitServer]:
    """A RabbitMQ server of these tests, which takes seconds to start: skipped at home without it, failed in CI."""
    if not PROGRAM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{NO_RABBITMQ} `make test` installs it.")
        pytest.skip(NO_RABBITMQ)
    server = RabbitServer()
    try:
        server.start()
        yield server
    finally:
        server.end()


@pytest.fixture(scope="session")
def quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where small files lie that each test writes anew: in memory, if that has room, as a disk is waited for."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_FREE:
        with TemporaryDirectory(prefix="trainer-tests-", dir=MEMORY) as folder:
            yield Path(folder)
    else:
        yield tmp_path_factory.mktemp("quick")


@pytest.fixture(scope="session")
def migrated_file(quick_folder: Path) -> Path:
    """A SQLite database with all tables, to be copied."""
    path = quick_folder / "migrated.db"
    engine = make_engine(f"sqlite:///{path}")  # so it has its write-ahead log from the beginning
    migrate.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def sqlite_file(quick_folder: Path) -> Path:
    """Where the SQLite database of the test that runs lies."""
    folder = quick_folder / "sqlite"
    folder.mkdir()
    return folder / "trainer.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of an empty database with all tables, of one sort and of the other. Each test has the same two."""
    listing.forget()
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.emptied()
    path: Path = request.getfixturevalue("sqlite_file")
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    shutil.copy(request.getfixturevalue("migrated_file"), path)
    return f"sqlite:///{path}"


@contextmanager
def ending(engine: sa.Engine, *, to_be_used_again: bool = False) -> Iterator[None]:
    """At the end all connections of the engine are closed, also those that a session still has.

    It must begin before other threads use the engine.

    One of PostgreSQL that is left would be told of when it is collected, in the middle of some other test. One of
    SQLite must not be closed while another thread may use it: that ends the process.

    `to_be_used_again`: connections of PostgreSQL wait for the next test where all were given back. To open one costs
    the server more than what most tests ask of it.
    """
    opened = _connections(engine)
    is_postgres = engine.dialect.name == "postgresql"
    try:
        yield
    finally:
        if to_be_used_again and is_postgres and _are_all_back(engine):
            opened[:] = [connection for connection in opened if not connection.closed]
        else:
            engine.dispose()
            for connection in opened if is_postgres else ():
                connection.close()
            opened.clear()


def _are_all_back(engine: sa.Engine) -> bool:
    assert isinstance(engine.pool, sa.QueuePool)
    return engine.pool.checkedout() == 0


def _connections(engine: sa.Engine) -> list[Any]:
    """What the engine opens from now on. Its listener stays: threads that connect walk through the listeners."""
    if engine not in _opened:
        opened = _opened[engine] = []
        sa.event.listen(engine, "connect", lambda connection, _: opened.append(connection))
    return _opened[engine]


_opened: WeakKeyDictionary[sa.Engine, list[Any]] = WeakKeyDictionary()


@pytest.fixture(scope="session")
def engines() -> Iterator[dict[str, sa.Engine]]:
    """Engines by address. One that has compiled a statement need not compile it for the next test."""
    made: dict[str, sa.Engine] = {}
    yield made
    for engine in made.values():
        engine.dispose()


@pytest.fixture
def database(database_url: str, engines: dict[str, sa.Engine]) -> Iterator[sa.Engine]:
    """An empty database with all tables."""
    made = engines.get(database_url) or engines.setdefault(database_url, make_engine(database_url))
    with ending(made, to_be_used_again=True):
        yield made


@pytest.fixture
def session(database: sa.Engine) -> Iterator[Session]:
    with Session(database, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hashing that is slow on purpose would make the tests slow, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def bank_read_once() -> Iterator[None]:
    """Every application reads topics and interviews of its bank. Of the repository's, all have what the first read."""
    read_topics, read_interviews = cache(topics.read_topics), cache(interviews.read_interviews)

    def topics_of(path: Path) -> list[topics.Topic]:
        return list(read_topics(path)) if BANK in path.parents else topics.read_topics(path)

    def interviews_of(folder: Path, known: Collection[str]) -> interviews.Interviews:
        is_ours = BANK in folder.parents
        return read_interviews(folder, tuple(known)) if is_ours else interviews.read_interviews(folder, known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_runtime, "read_topics", topics_of)
        patch.setattr(web_runtime, "read_interviews", interviews_of)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_parser_at_a_time() -> Iterator[None]:
    """Before 3.11.8 CPython counts the depth of all syntax trees that are being made in one place (gh-106905).

    Where a thread is interrupted in the midst of `ast.parse`, by a finalizer of something that is collected just then,
    another one's parsing makes it raise SystemError. Tools of the tests parse beside the judges.
    """
    lock, parse = threading.RLock(), ast.parse

    def locked(*arguments: Any, **more: Any) -> Any:
        with lock:
            return parse(*arguments, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ast, "parse", locked)
        yield


@pytest.fixture
def backend() -> StubBackend:
    """Boxes that are none: they answer as the program would, doubling unless its text says otherwise."""
    return StubBackend(scripted)


def scripted(source: str, arguments: tuple[Any, ...]) -> Run:
    """`# answers N` in a source says what it returns, `# seen STATUS` what is seen of it; with `# raises` it stops, but
    not in the sample."""
    number = arguments[0]
    if "# seen " in source:
        status = RunStatus(source.partition("# seen ")[2].splitlines()[0])
        error = ProgramError("SyntaxError", "invalid syntax", 1, "line 1") if status is RunStatus.NOT_COMPILED else None
        return Run(status, error=error, time_ms=1.0, memory_mib=10.0)
    if "# raises" in source and number != 3:
        error = ProgramError("ValueError", f"no {number}", 2, f"line 2\nValueError: no {number}")
        return Run(RunStatus.RAISED, error=error, time_ms=1.0)
    value = int(source.split("# answers ")[1].split()[0]) if "# answers " in source else 2 * number
    return Run(RunStatus.RETURNED, value=value, stdout="seen\n", time_ms=1.0, memory_mib=10.0)


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config(
        TRAINER_HOME=tmp_path / "home",
        TRAINER_SECRET_KEY="only for tests",
        TRAINER_RATE_LIMITS=False,
        TRAINER_LEASE_S=2,
        TRAINER_WARM_BOXES=0,
        TRAINER_WARM_DATA_BOXES=0,
        TRAINER_WARM_SERVICE_BOXES=0,
        DATABASE_URL=database_url,
    )


@contextmanager
def joining() -> Iterator[None]:
    """At the end threads that the block has begun are waited for: they would work in the database of the next test."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(JOIN_S)
        assert not thread.is_alive(), f"the test leaves {thread.name} at work"


class CompiledTemplates(BytecodeCache):
    """What templates were compiled to, for all applications of this process: compiling takes longer than most tests."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


@pytest.fixture(scope="session")
def apps() -> Iterator[dict[Config, Flask]]:
    """Applications by their settings but for the home. To make one takes longer than most tests."""
    made: dict[Config, Flask] = {}
    yield made
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(
    request: pytest.FixtureRequest, apps: dict[Config, Flask], config: Config, backend: StubBackend
) -> Iterator[Flask]:
    """The application with the stub sandbox, nothing running beside it.

    It may have served other tests. Who changes it has one of its own: `@pytest.mark.own_app`.
    """
    config.home.mkdir()
    settings = config.model_copy(update={"home": Path()})
    shared = request.node.get_closest_marker("own_app") is None and not config.rate_limits
    if shared and settings in apps:
        made = apps[settings]
        limiter.enabled = config.rate_limits  # one limiter serves all applications of a process
        init_guard(made, is_on=config.rate_limits)
        init_runtime(made, config, Sandbox(backend))
    else:
        made = create_app(config, Sandbox(backend))
        made.testing = True
        made.jinja_env.bytecode_cache = TEMPLATES
    if shared:
        apps[settings] = made
    with made.app_context():
        engine = db.engine
    before = dict(made.config)
    try:
        with ending(engine, to_be_used_again=shared), joining():
            yield made
    finally:
        made.config.clear()
        made.config.update(before)


@pytest.fixture
def judges(app: Flask) -> Iterator[Runtime]:
    """The same application with its judges at work."""
    with app.app_context():
        running = runtime()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
