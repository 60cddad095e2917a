"""Podman, run by root: the self-test holds in both sorts of boxes, each kind is judged, and nothing stays behind."""

from __future__ import annotations

import os
from collections.abc import Iterator

import docker
import pytest

from sandbox import Sandbox, Verdict
from sandbox.backends.docker import LABEL, DockerBackend
from sandbox.backends.image_store import ImageStore
from sandbox.images import image_name
from sandbox.images import images as all_images
from sandbox.selftest import run_selftest
from tests.sandbox.private_podman import PrivatePodman
from tests.sandbox.test_services import HONEST, job

pytestmark = [pytest.mark.engine, pytest.mark.slow]

ALL = all_images()


@pytest.fixture(scope="module")
def podman(images: None, api: docker.APIClient) -> Iterator[PrivatePodman]:
    if not PrivatePodman.possible():
        if os.environ.get("CI"):
            pytest.fail("NO PODMAN: Debian's package and root are needed")
        pytest.skip("NO PODMAN: Debian's package and root are needed")
    engine = PrivatePodman()
    try:
        engine.start()
        engine.take_images(api, [image_name(name) for name in ALL])
        yield engine
    finally:
        engine.stop()


@pytest.mark.parametrize("boxes", ["kept", "single"])
def test_the_self_test_holds(podman: PrivatePodman, boxes: str) -> None:
    with Sandbox(DockerBackend(podman.url, boxes=boxes)) as sandbox:  # type: ignore[arg-type]
        outcomes = list(run_selftest(sandbox))
        assert (sandbox.status().why_single == "") is (boxes == "kept")
    failed = {outcome.proof.name: outcome.complaints for outcome in outcomes if outcome.complaints}
    assert failed == {}
    assert {outcome.language for outcome in outcomes} >= {"python", "data"}


def test_a_service_is_judged(podman: PrivatePodman) -> None:
    with Sandbox(DockerBackend(podman.url)) as sandbox:
        assert sandbox.judge(job(HONEST)).verdict is Verdict.ACCEPTED
        wrong = HONEST.replace("201", "200")
        assert wrong != HONEST
        assert sandbox.judge(job(wrong)).verdict is Verdict.WRONG_ANSWER


def test_nothing_stays_behind(podman: PrivatePodman) -> None:
    with Sandbox(DockerBackend(podman.url)) as sandbox:
        assert sandbox.judge(job(HONEST)).verdict is Verdict.ACCEPTED
    client = docker.APIClient(podman.url, version="auto")
    assert client.containers(all=True, filters={"label": f"{LABEL}=1"}) == []
    client.close()


def test_its_images_are_known_by_our_names(podman: PrivatePodman) -> None:
    store = ImageStore(podman.url)
    name = image_name("python")
    assert store.has(name)
    assert name in store.tags(name.partition(":")[0])
    assert store.describe().startswith("Podman Engine 4.")
    store.close()
