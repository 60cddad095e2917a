"""The same served trainer, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import Live, Person, person_maker, serving
from tests.postgres import PostgresServer


@pytest.fixture(scope="package")
def postgres_url(postgres: PostgresServer) -> str:
    """A database that is as empty as a new one."""
    return postgres.fresh(migrated=False)


@pytest.fixture(scope="package")
def live(
    engine: None, built: None, small_bank: Path, postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Live]:
    with serving(small_bank, tmp_path_factory.mktemp("home"), postgres_url) as served:
        yield served


@pytest.fixture(scope="package")
def make_person(live: Live) -> Callable[..., Person]:
    return person_maker(live)
