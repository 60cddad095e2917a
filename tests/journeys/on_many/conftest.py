"""The same trainer, served by two web servers and judged by two workers, behind a proxy that takes turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox import SandboxSettings, open_sandbox
from tests import topology
from tests.conftest import ending
from tests.journeys.conftest import Live, Person, person_maker
from tests.postgres import PostgresServer
from tests.rabbitmq import RabbitServer
from tests.topology import Topology
from trainer.app import create_app
from trainer.config import Config
from trainer.db import db
from trainer.web.runtime import KEY


@pytest.fixture(scope="package")
def many_url(postgres: PostgresServer) -> str:
    """A database that is as empty as a new one."""
    return postgres.fresh(migrated=False)


@pytest.fixture(scope="package")
def many(
    engine: None,
    built: None,
    small_bank: Path,
    many_url: str,
    rabbitmq: RabbitServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Topology]:
    home = tmp_path_factory.mktemp("many")
    broker_url = rabbitmq.emptied().url
    with topology.started(home, small_bank, many_url, broker_url, TRAINER_INTERVIEW_MINUTE_S="10") as running:
        yield running


@pytest.fixture(scope="package")
def live(many: Topology, many_url: str, small_bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The address of the proxy, and an application of the tests' own to write into the database."""
    config = Config(
        TRAINER_HOME=tmp_path_factory.mktemp("home"),
        TRAINER_SECRET_KEY=topology.KEY,
        TRAINER_PROBLEMS=small_bank,
        TRAINER_JUDGES=0,
        DATABASE_URL=many_url,
    )
    app = create_app(config, open_sandbox(SandboxSettings(backend="stub", warm={})))
    with app.app_context():
        engine = db.engine
    with ending(engine):
        yield Live(many.url, app, app.extensions[KEY])


@pytest.fixture(scope="package")
def make_person(live: Live) -> Callable[..., Person]:
    return person_maker(live)
