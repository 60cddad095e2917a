"""Firefox and WebKit in front of the served trainer."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.journeys.conftest import Live
from tests.journeys.engines.webdriver import ENGINES, Remote, missing
from tests.journeys.engines.window import Window


@pytest.fixture(scope="package", params=list(ENGINES))
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="package")
def remote(engine_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """The browser: skipped at home where it is missing, failed in CI."""
    if lacking := missing(engine_name):
        if os.environ.get("CI"):
            pytest.fail(f"{', '.join(lacking)} missing: `make test` installs it")
        pytest.skip(f"NO {engine_name.upper()}: no journey is tested in it. `make test` installs it.")
    with ENGINES[engine_name](tmp_path_factory.mktemp(engine_name)) as launched:
        yield launched


@pytest.fixture
def window(remote: Remote, live: Live) -> Window:
    """A window that knows nothing of who was there before."""
    opened = Window(remote, live.url)
    opened.empty()
    return opened
