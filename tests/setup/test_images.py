"""Images are built from whatever base can be had, only when their inputs changed, and old ones go away."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest

from sandbox.backends import image_store
from sandbox.backends.image_store import ImageError, ImageStore
from sandbox.images import build, image_name
from sandbox.images.base import ensure_base, pull
from sandbox.images.build import build_recipe
from sandbox.images.inputs import Recipe
from tests.ports import free_port
from tests.setup.conftest import PrivateEngine, quiet_steps, said

pytestmark = pytest.mark.engine

EMPTY_BASE = "trainer-test-base:1"
WHEELS = Path(__file__).parent / "wheels"
REGISTRY_CONFIG = """
version: 0.1
storage: {{filesystem: {{rootdirectory: {folder}}}}}
http: {{addr: "{address}"}}
"""


@pytest.fixture
def store(empty_engine: PrivateEngine) -> Iterator[ImageStore]:
    opened = ImageStore(empty_engine.url)
    yield opened
    opened.close()


@pytest.fixture
def api(empty_engine: PrivateEngine) -> Iterator[docker.APIClient]:
    opened = docker.APIClient(empty_engine.url, version="auto")
    yield opened
    opened.close()


def import_tiny(store: ImageStore, name: str) -> None:
    """An image of one file."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("hello"))
    file.seek(0)
    store.import_root(name, file)


@pytest.fixture
def tiny(tmp_path: Path, store: ImageStore) -> Recipe:
    """A language whose image is two files, on a base that is there."""
    import_tiny(store, EMPTY_BASE)
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "Dockerfile").write_text("ARG BASE\nFROM ${BASE}\nCOPY *.py /harness/\nCMD nothing\n")
    (folder / "harness.py").write_text("print(1)\n")
    return Recipe("tiny", folder)


def test_an_image_is_built_once(tiny: Recipe, store: ImageStore, tmp_path: Path) -> None:
    first, second = quiet_steps(tmp_path), quiet_steps(tmp_path)
    name = build_recipe(tiny, first, store, EMPTY_BASE)
    assert said(first).startswith(f"Building {name} … ")

    assert build_recipe(tiny, second, store, EMPTY_BASE) == name
    assert said(second) == ""


def test_changed_inputs_have_another_name_and_texts_are_no_input(tiny: Recipe) -> None:
    name = tiny.name()
    (tiny.folder / "README.md").write_text("Words.")
    (tiny.folder / "__pycache__").mkdir()
    (tiny.folder / "__pycache__" / "harness.pyc").write_bytes(b"1")
    assert tiny.name() == name

    (tiny.folder / "harness.py").rename(tiny.folder / "other.py")
    assert tiny.name() != name


def test_old_images_go_unless_a_container_needs_them_or_they_are_of_today(
    tiny: Recipe, store: ImageStore, api: docker.APIClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rebuild(text: str) -> str:
        (tiny.folder / "harness.py").write_text(text)
        return build_recipe(tiny, quiet_steps(tmp_path), store, EMPTY_BASE)

    used = rebuild("2")
    container = api.create_container(used)
    unused = rebuild("3")
    assert set(store.tags(tiny.repository)) >= {used, unused}

    tomorrow = time.time() + 25 * 3600
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    current = rebuild("4")

    assert set(store.tags(tiny.repository)) == {used, current}
    api.remove_container(container)


def test_a_build_that_fails_says_why_and_names_the_log(tiny: Recipe, store: ImageStore, tmp_path: Path) -> None:
    (tiny.folder / "Dockerfile").write_text("ARG BASE\nFROM ${BASE}\nCOPY missing.txt /\n")
    with pytest.raises(ImageError, match=r"(?s)cannot build.*missing\.txt.*All of it: .*setup\.log"):
        build_recipe(tiny, quiet_steps(tmp_path), store, EMPTY_BASE)


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[str]:
    """Address of Debian's registry, on loopback, which engines trust without TLS."""
    program = shutil.which("docker-registry")
    assert program, "docker-registry is missing: `make test` installs it"
    address = f"127.0.0.1:{free_port()}"
    config = tmp_path / "registry.yml"
    config.write_text(REGISTRY_CONFIG.format(folder=tmp_path / "registry", address=address))
    with subprocess.Popen([program, "serve", config], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        assert server.stderr is not None
        while b"listening on" not in (line := server.stderr.readline()):
            assert line, "docker-registry ended"
        yield address
        server.terminate()


def test_the_base_is_pulled_where_a_registry_has_it(
    registry: str, store: ImageStore, api: docker.APIClient, tmp_path: Path
) -> None:
    base = f"{registry}/debian:bookworm-slim"
    import_tiny(store, base)
    api.push(base)
    api.remove_image(base)
    steps = quiet_steps(tmp_path)

    ensure_base(store, steps, base)

    assert store.has(base)
    assert said(steps).startswith(f"Pulling {base} … ")
    assert "debootstrap" not in said(steps)


def test_a_registry_that_says_nothing_costs_seconds(
    store: ImageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_store, "PULL_SILENCE_S", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        assert not pull(store, quiet_steps(tmp_path), f"127.0.0.1:{silent.getsockname()[1]}/debian:bookworm-slim")
        assert time.monotonic() - began < 10


def test_without_a_registry_everything_is_made_from_packages(
    store: ImageStore, api: docker.APIClient, empty_engine: PrivateEngine, tmp_path: Path
) -> None:
    """The whole way: debootstrap, import, Python's image on it, and wheels that were fetched on the host."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        base = f"127.0.0.1:{closed.getsockname()[1]}/debian:bookworm-slim"
        steps = quiet_steps(tmp_path)
        name = build("python", steps, store, base)

    assert name == image_name("python")
    assert "Making Debian bookworm with debootstrap" in said(steps)
    assert run(api, name, "import sys; print(sys.version_info[:2])") == "(3, 11)\n"
    assert run(api, name, "import os; print(os.getuid(), os.path.exists('/harness/serve.py'))") == "10001 True\n"

    wheels = build_recipe(Recipe("wheels", WHEELS), steps, store, name)
    assert "Fetching wheels for wheels" in said(steps)
    assert run(api, wheels, "import iniconfig; print(iniconfig.__name__)") == "iniconfig\n"


def run(api: docker.APIClient, image: str, code: str) -> str:
    """What a line of Python prints in a container of this image."""
    made = api.create_container(image, entrypoint=["python3", "-c", code], network_disabled=True)
    try:
        api.start(made)
        assert api.wait(made)["StatusCode"] == 0
        return str(api.logs(made).decode())
    finally:
        api.remove_container(made)
