"""Fixtures that all tests share: a database, the application, a client, the engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy.orm import Session

from sandbox.backends.docker import DockerBackend
from sandbox.errors import EngineUnavailable
from trainer.db import Base
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


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hashing that is slow on purpose would make the tests slow, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield
