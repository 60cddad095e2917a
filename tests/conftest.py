"""Fixtures that all tests share: a database, the application, a client, the engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy.orm import Session

from sandbox import ProgramError, Run, RunStatus, Sandbox
from sandbox.backends.docker import DockerBackend
from sandbox.backends.stub import StubBackend
from sandbox.errors import EngineUnavailable
from trainer import migrate
from trainer.app import create_app
from trainer.config import Config
from trainer.db import Base, db
from trainer.runtime import Runtime, runtime
from trainer.services import accounts

settings.register_profile("steady", deadline=None, max_examples=50, stateful_step_count=25)
settings.load_profile("steady")

NO_ENGINE = "NO ENGINE: nothing is tested in real boxes. `make engine` starts one."


@pytest.fixture(scope="session")
def engine() -> None:
    """Needs a Docker-compatible engine: skipped at home without one, failed in CI."""
    try:
        DockerBackend(os.environ.get("DOCKER_HOST") or None).ping()
    except EngineUnavailable as error:
        if os.environ.get("CI"):
            pytest.fail(f"{NO_ENGINE} {error}")
        pytest.skip(NO_ENGINE)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database with all tables."""
    made = sa.create_engine(f"sqlite:///{tmp_path / 'test.db'}")
    sa.event.listen(made, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    Base.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def session(database: sa.Engine) -> Iterator[Session]:
    with Session(database, expire_on_commit=False) as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that take minutes begin first, one half of them in each half of the list.

    Two workers get a half each, and take from each other what is left: short tests then fill the end.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    middle = len(items) // 2 - len(slow[::2])
    items[:] = [*slow[::2], *quick[:middle], *slow[1::2], *quick[middle:]]


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hashing that is slow on purpose would make the tests slow, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture
def backend() -> StubBackend:
    """Boxes that are none: they answer as the program would, doubling unless its text says otherwise."""
    return StubBackend(scripted)


def scripted(source: str, arguments: tuple[Any, ...]) -> Run:
    """`# answers N` in a source says what it returns; with `# raises` it stops, but not in the sample."""
    number = arguments[0]
    if "# raises" in source and number != 3:
        error = ProgramError("ValueError", f"no {number}", 2, f"line 2\nValueError: no {number}")
        return Run(RunStatus.RAISED, error=error, time_ms=1.0)
    value = int(source.split("# answers ")[1].split()[0]) if "# answers " in source else 2 * number
    return Run(RunStatus.RETURNED, value=value, stdout="seen\n", time_ms=1.0, memory_mib=10.0)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        TRAINER_HOME=tmp_path / "home",
        TRAINER_SECRET_KEY="only for tests",
        TRAINER_RATE_LIMITS=False,
        TRAINER_LEASE_S=2,
        TRAINER_WARM_BOXES=0,
        TRAINER_WARM_DATA_BOXES=0,
        TRAINER_WARM_SERVICE_BOXES=0,
        DATABASE_URL="",
    )


@pytest.fixture
def app(config: Config, backend: StubBackend) -> Iterator[Flask]:
    """The application with the stub sandbox, its tables made, nothing running beside it."""
    config.home.mkdir()
    made = create_app(config, Sandbox(backend))
    made.testing = True
    with made.app_context():
        migrate.upgrade(db.engine)
    yield made
    with made.app_context():
        db.engine.dispose()


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
