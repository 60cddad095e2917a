"""What engines and killed processes do to boxes: nothing is left, nothing is lost, no restart is needed."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import docker
import pytest

from sandbox import Case, EngineUnavailable, Job, Limits, Sandbox, Verdict, parse_signature, pool
from sandbox.backend import usual_spec
from sandbox.backends.docker import LABEL, OWNER_LABEL, DockerBackend
from sandbox.errors import BoxDied, ImageMissing
from sandbox.images import image_name
from tests.sandbox.private_engine import PrivateEngine
from tests.sandbox.test_pool import until

pytestmark = [
    pytest.mark.engine,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SWEEPERS = 6
"""So many find the same boxes: each process with a sandbox looks for them."""
SPEC = usual_spec("python")
SIGNATURE = parse_signature("f(n: int) -> int")
JOB = Job("python", "def f(n):\n    return n\n", SIGNATURE, tuple(Case(str(n), (n,), n) for n in range(3)))
OWNER = """
import sys
from sandbox import SandboxSettings, open_sandbox
sandbox = open_sandbox(SandboxSettings(warm={"python": 2}))
sandbox.start()
while sandbox.status().warm < 2:
    pass
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def sockets_collected() -> Iterator[None]:
    """The SDK leaves a socket to the garbage collector where an engine dies between question and connection."""
    yield
    gc.collect()


class Unwalkable(dict[str, str]):
    """Variables of the environment, of which another thread sets one whenever somebody walks through them."""

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("the environment changed meanwhile")

    items = keys = values = __iter__  # type: ignore[assignment]


def test_no_box_depends_on_variables_that_other_threads_set(images: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", Unwalkable(os.environ))
    with pytest.raises(RuntimeError):
        list(os.environ.items())
    with Sandbox(DockerBackend()) as sandbox:
        assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED


def test_a_pool_of_real_boxes_is_filled_used_and_drained(images: None, own_boxes: Callable[[], list[str]]) -> None:
    with Sandbox(DockerBackend(), {SPEC: 2}) as sandbox:
        until(lambda: sandbox.status().warm == 2, within_s=60)
        before = set(own_boxes())
        assert sandbox.judge(replace(JOB, single_box=True)).verdict is Verdict.ACCEPTED
        until(lambda: sandbox.status().warm == 2 and len(own_boxes()) == 2, within_s=60)
        assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED
        until(lambda: sandbox.status().warm == 2 and set(own_boxes()) == before, within_s=60)
    assert own_boxes() == []


def test_boxes_of_a_killed_process_are_removed_and_no_others(
    images: None, api: docker.APIClient, own_boxes: Callable[[], list[str]]
) -> None:
    process = subprocess.Popen([sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        theirs = {c["Id"] for c in boxes(api) if f":{process.pid}:" in c["Labels"][OWNER_LABEL]}
        assert len(theirs) >= 2
        backend = DockerBackend()
        assert theirs <= {c["Id"] for c in boxes(api)}, "a living process keeps its boxes"
        mine = backend.start(SPEC)
        backend.sweep()
        assert theirs <= {c["Id"] for c in boxes(api)}

        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with ThreadPoolExecutor(SWEEPERS) as threads:
            list(threads.map(lambda _: backend.sweep(), range(SWEEPERS)))
    until(lambda: theirs.isdisjoint({c["Id"] for c in boxes(api)}))
    assert mine.alive()
    backend.close([mine])
    assert own_boxes() == []


def test_a_process_that_lives_on_removes_the_boxes_of_one_that_is_killed_beside_it(
    images: None, api: docker.APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "SWEEP_EVERY_S", 0.1)
    process = subprocess.Popen([sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process, Sandbox(DockerBackend(), {SPEC: 1}) as sandbox:
        until(lambda: sandbox.status().warm == 1, within_s=60)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        theirs = {c["Id"] for c in boxes(api) if f":{process.pid}:" in c["Labels"][OWNER_LABEL]}
        assert len(theirs) >= 2
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        until(lambda: theirs.isdisjoint({c["Id"] for c in boxes(api)}), within_s=60)
        assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED


def boxes(api: docker.APIClient) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = api.containers(all=True, filters={"label": f"{LABEL}=1"})
    return found


def test_a_box_that_is_killed_is_dead(images: None, api: docker.APIClient) -> None:
    backend = DockerBackend()
    box = backend.start(SPEC)
    api.kill(box.id)
    with pytest.raises(BoxDied, match="exit code 137") as error:
        box.receive(30, 100)
    assert error.value.out_of_memory
    assert not box.alive()
    box.discard()
    box.discard()
    backend.close()


def test_without_an_engine_that_is_said() -> None:
    backend = DockerBackend("unix:///nowhere/docker.sock")
    with pytest.raises(EngineUnavailable, match="no Docker-compatible engine"):
        backend.ping()
    with pytest.raises(EngineUnavailable):
        Sandbox(backend).judge(JOB)
    backend.close()


def test_without_an_image_the_fix_is_said(engine: None) -> None:
    backend = DockerBackend(image_of=lambda language: f"trainer-box-{language}:nobody-built-this")
    with pytest.raises(ImageMissing, match="python -m sandbox build"):
        backend.start(SPEC)
    backend.close()


def test_an_honest_program_beside_four_burners_is_in_time(images: None) -> None:
    """Its limit is three times what it needs alone, as the bank asks of every problem."""
    source = "def f(n):\n    total = 0\n    for k in range(n):\n        total += k * k % 7\n    return total\n"
    job = Job("python", source, SIGNATURE, (Case("work", (2_000_000,), judged=False),))
    burner = Job(
        "python", "def f(n):\n    while n: pass\n    return n\n", SIGNATURE, JOB.cases, Limits(time_limit_s=60)
    )
    sandbox = Sandbox(DockerBackend(), max_boxes=5)
    alone = max((sandbox.run(job)[0] for _ in range(3)), key=lambda run: run.time_ms)
    limits = Limits(time_limit_s=3 * alone.time_ms / 1000)
    burning = threading.Barrier(5)
    workers = [threading.Thread(target=burn, args=(sandbox, burner, burning)) for _ in range(4)]
    for worker in workers:
        worker.start()
    burning.wait(120)
    beside = sandbox.run(Job("python", source, SIGNATURE, job.cases, limits))[0]
    sandbox.close()
    for worker in workers:
        worker.join()
    assert beside.status == alone.status == "returned"
    assert beside.value == alone.value


def wait_once(burning: threading.Barrier, done: int) -> None:
    """The first case returns at once; the second burns."""
    if done == 1:
        burning.wait(120)


def burn(sandbox: Sandbox, job: Job, burning: threading.Barrier) -> None:
    with suppress(EngineUnavailable):  # the sandbox closes under it
        sandbox.judge(job, lambda done, total: wait_once(burning, done))


@pytest.fixture
def private_engine(images: None, api: docker.APIClient) -> Iterator[PrivateEngine]:
    if not PrivateEngine.possible():
        if os.environ.get("CI"):
            pytest.fail("NO PRIVATE ENGINE: dockerd and root are needed to kill one")
        pytest.skip("NO PRIVATE ENGINE: dockerd and root are needed to kill one")
    engine = PrivateEngine()
    try:
        engine.start()
        engine.take_image(api, image_name("python"))
        yield engine
    finally:
        engine.remove()


# The SDK does not close a socket that it could not connect, when the engine dies in just that moment.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored in.*socket:pytest.PytestUnraisableExceptionWarning")
def test_the_pool_heals_when_its_engine_was_killed(private_engine: PrivateEngine) -> None:
    with Sandbox(DockerBackend(private_engine.url), {SPEC: 1}) as sandbox:
        until(lambda: sandbox.status().warm == 1, within_s=60)
        assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED

        private_engine.kill()
        with pytest.raises(EngineUnavailable):
            sandbox.judge(JOB)
        until(lambda: not sandbox.status().available, within_s=60)
        assert "no Docker-compatible engine answers" in sandbox.status().message

        private_engine.start()
        until(lambda: sandbox.status().warm == 1, within_s=120)
        assert sandbox.status().available
        assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED
    client = docker.APIClient(private_engine.url, version="auto")
    assert boxes(client) == []
    client.close()
