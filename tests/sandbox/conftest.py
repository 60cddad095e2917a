"""A sandbox on the real engine, with the image of the languages as they stand in the repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest

from sandbox import Sandbox
from sandbox.backends.docker import LABEL, OWNER_LABEL, DockerBackend
from sandbox.backends.image_store import ImageStore
from sandbox.backends.owner import owner_name
from sandbox.images import build_all
from sandbox.steps import Steps


@pytest.fixture(scope="session")
def images(engine: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Boxes are started from what the repository holds now."""
    store = ImageStore()
    build_all(Steps(log=Path(tmp_path_factory.mktemp("images"), "build.log")), store)
    store.close()


@pytest.fixture(scope="session")
def sandbox(images: None) -> Iterator[Sandbox]:
    """Without a pool: each job starts its own box, and has removed it when it returns."""
    opened = Sandbox(DockerBackend(boxes="single"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def api(engine: None) -> Iterator[docker.APIClient]:
    client = docker.APIClient(**docker.utils.kwargs_from_env(), version="auto")
    yield client
    client.close()


@pytest.fixture
def own_boxes(api: docker.APIClient) -> Callable[[], list[str]]:
    """Asks the engine for the names of all boxes that this process has now."""
    filters = {"label": [f"{LABEL}=1", f"{OWNER_LABEL}={owner_name()}"]}
    return lambda: sorted(found["Names"][0] for found in api.containers(all=True, filters=filters))
