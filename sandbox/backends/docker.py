"""Boxes as containers of any Docker-compatible engine, reached through its socket."""

from __future__ import annotations

import logging
import socket
import threading
import time
import uuid
import weakref
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Literal

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.types import LogConfig, Ulimit
from docker.utils import kwargs_from_env, parse_host

from sandbox.backend import Box, BoxSpec
from sandbox.backends.attached import Attached, Hangup
from sandbox.backends.dialects import DOCKER, SCRATCH_FILES, Dialect, dialect_of
from sandbox.backends.owner import is_orphaned, owner_name
from sandbox.errors import (
    BoxBroken,
    BoxDied,
    BoxSilent,
    BoxUnfit,
    EngineUnavailable,
    ImageMissing,
    SandboxError,
)
from sandbox.harness.bounds import Bounds
from sandbox.images import image_name
from sandbox.protocol import HEAD_LIMIT, LENGTH, PROTOCOL, is_answer, over_frame, read_head

log = logging.getLogger(__name__)

LABEL, OWNER_LABEL = "trainer.box", "trainer.owner"
API_TIMEOUT_S = 60
PING_TIMEOUT_S = 5
READY_WITHIN_S, RENEWED_WITHIN_S = 30.0, 10.0
MOST_SUBMISSIONS, LONGEST_KEPT_S = 1_000, 3_600.0
"""How long a box is kept. What a new one costs is nothing then, and whatever might pile up in one ends."""
DEAD_WITHIN_S = 5
REMOVE_AGAIN_S = 0.1
KILLED = 128 + 9
SHARED_NETWORK = {"net.ipv4.tcp_max_tw_buckets": "0"}
"""A connection that is over leaves nothing: a service is started again on the port that the last one had."""

_names: set[str] = set()
"""Names of all containers that this process has and will remove itself, of every backend in it."""


class Client(docker.APIClient):
    """Asks the engine itself, never a proxy: to look for one, each request would walk through the environment.

    Such a walk fails when another thread sets or removes a variable meanwhile.
    """

    def merge_environment_settings(self, *args: Any, **kwargs: Any) -> Any:
        self.trust_env = False
        return super().merge_environment_settings(*args, **kwargs)


class DockerBackend:
    """Starts containers. `image_of` tells the full name of a spec's image.

    `base_url` None means DOCKER_HOST, or else the default socket. `boxes`: are they "kept", or does each serve a
    "single" submission; "auto" keeps them where the engine and the machine allow it.
    """

    def __init__(
        self,
        base_url: str | None = None,
        image_of: Callable[[str], str] = image_name,
        boxes: Literal["auto", "kept", "single"] = "auto",
    ) -> None:
        self._image_of = image_of
        self._base_url = base_url
        self._boxes = boxes
        self._why_single = "the settings ask for it" if boxes == "single" else ""
        self._has_kept = False
        self._dialect: Dialect = DOCKER
        self._client: docker.APIClient | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._owner = owner_name()

    @property
    def why_single(self) -> str:
        return self._why_single

    def start(self, spec: BoxSpec) -> Box:
        single = replace(spec, keep=False)
        if not spec.keep or self._why_single:
            return self._start(single, "none")
        try:
            box = self._start(spec, "none")
        except BoxUnfit as error:
            if self._boxes == "kept" or self._has_kept:
                raise
            box = self._start(single, "none")  # where this fails as well it is not the keeping that does not work
            self._why_single = str(error)
            log.warning("each box serves one submission, none is kept: %s", error)
        else:
            self._has_kept = True
        return box

    def _start(self, spec: BoxSpec, network: str) -> DockerBox:
        image = self._image_of(spec.image)
        name = f"trainer-box-{uuid.uuid4().hex[:16]}"
        _names.add(name)
        box = DockerBox(self, name, keep=spec.keep)
        try:
            with engine_trouble(f"the engine could not start a box of {image}"):
                self._create(box, image, spec, network)
            box.await_ready()
            box.guests = self._start_guests(spec, name)
        except BaseException:
            box.discard()
            raise
        return box

    def _start_guests(self, spec: BoxSpec, owner: str) -> tuple[Box, ...]:
        """All at once. Where one cannot be started the others are discarded, and its error is raised."""
        if not spec.guests:
            return ()
        with ThreadPoolExecutor(len(spec.guests)) as threads:
            starting = [threads.submit(self._start, guest, f"container:{owner}") for guest in spec.guests]
        failed = next((one.exception() for one in starting if one.exception()), None)
        if failed is not None:
            for one in starting:
                if one.exception() is None:
                    one.result().discard()
            raise failed
        return tuple(one.result() for one in starting)

    def ping(self) -> None:
        with engine_trouble("the engine answers with an error"):
            api = self.api()
            api.get(f"{api.base_url}/_ping", timeout=PING_TIMEOUT_S).raise_for_status()

    def sweep(self) -> int:
        with engine_trouble("the engine lists no boxes"):
            found = self.api().containers(all=True, filters={"label": f"{LABEL}=1"})
            return sum(self._sweep_one(container) for container in found)

    def close(self, boxes: Iterable[Box] = ()) -> None:
        for box in boxes:
            box.discard()
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client, self._closed = None, True

    def api(self) -> docker.APIClient:
        """The client, made when first needed: making it asks the engine for its version. Raises EngineUnavailable.

        DOCKER_TLS_VERIFY and DOCKER_CERT_PATH count whoever names the engine.
        """
        with self._lock:
            if self._closed:
                raise EngineUnavailable("the sandbox is closed")
            settings = kwargs_from_env() | ({"base_url": self._base_url} if self._base_url else {})
            probe(settings.get("base_url"))
            if self._client is None:
                client = Client(**settings, version="auto", timeout=PING_TIMEOUT_S)
                try:
                    self._dialect = dialect_of(client.version())
                except BaseException:
                    client.close()
                    raise
                client.timeout = API_TIMEOUT_S
                self._client = client
                weakref.finalize(self, self._client.close)
            return self._client

    def _create(self, box: DockerBox, image: str, spec: BoxSpec, network: str) -> None:
        api = self.api()
        try:
            labels = {LABEL: "1", OWNER_LABEL: self._owner}
            config = container_config(api, image, spec, labels, network, self._dialect)
            api.create_container_from_config(config, box.name)  # type: ignore[no-untyped-call]
            box.stream = Attached(api.attach_socket(box.name, {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}))
            api.start(box.name)
        except ImageNotFound as error:
            raise ImageMissing(f"image {image} is not built: run python -m sandbox build") from error
        except APIError as error:
            raise BoxUnfit(f"the engine starts no such box: {error.explanation or error}") from error

    def remove(self, name: str) -> None:
        """Never raises. Podman refuses while a container that is removed is just ending: it is asked again."""
        with suppress(DockerException, requests.RequestException, EngineUnavailable):
            for again in reversed(range(self._dialect.removals)):
                try:
                    self.api().remove_container(name, force=True, v=True)
                    return
                except APIError as error:
                    if not again or error.status_code == HTTPStatus.NOT_FOUND:
                        raise
                time.sleep(REMOVE_AGAIN_S)

    def _sweep_one(self, container: dict[str, Any]) -> int:
        owner = container["Labels"].get(OWNER_LABEL, "")
        lost = owner == self._owner and not _names.intersection(name.lstrip("/") for name in container["Names"])
        if not (lost or is_orphaned(owner)):
            return 0
        try:
            self.api().remove_container(container["Id"], force=True, v=True)
        except APIError as error:
            if error.status_code not in (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT):
                raise
            return 0  # somebody else has removed it, or is about to
        return 1


class DockerBox:
    """One container, attached."""

    def __init__(self, backend: DockerBackend, name: str, *, keep: bool = False) -> None:
        self._backend = backend
        self._keep = keep
        self._served = 0
        self._longest = HEAD_LIMIT + LENGTH.size
        self._started = time.monotonic()
        self.name = name
        self.stream: Attached | None = None
        self.guests: tuple[Box, ...] = ()

    @property
    def id(self) -> str:
        return self.name

    def alive(self) -> bool:
        return self.stream is not None and self.stream.is_quiet() and all(guest.alive() for guest in self.guests)

    def send(self, *frames: bytes) -> None:
        try:
            self._stream().send(*frames)
        except Hangup as error:
            raise self._autopsy() from error

    def receive(self, timeout_s: float, limit: int) -> bytes:
        self._longest = max(self._longest, limit)
        try:
            return self._stream().receive(timeout_s, limit)
        except Hangup as error:
            raise self._autopsy() from error

    @property
    def holds_inputs(self) -> bool:
        return self._keep

    @property
    def may_serve_again(self) -> bool:
        return self._keep and self._served < MOST_SUBMISSIONS and time.monotonic() - self._started < LONGEST_KEPT_S

    def renew(self) -> bool:
        self._served += 1
        if not self.may_serve_again:
            return False
        try:
            self.send(over_frame())
            self.await_ready(RENEWED_WITHIN_S)
        except SandboxError as error:
            log.info("a box that was kept is thrown away: %s", error)
            return False
        return True

    def discard(self) -> None:
        for guest in self.guests:
            guest.discard()
        stream, self.stream = self.stream, None
        if stream is not None:
            stream.close()
        self._backend.remove(self.name)
        _names.discard(self.name)  # what could not be removed is left to the sweep

    def await_ready(self, within_s: float = READY_WITHIN_S) -> None:
        """Wait for the harness's first word, past answers that nobody waits for any more.

        Raises BoxDied, BoxUnfit, EngineUnavailable.
        """
        deadline = time.monotonic() + within_s
        try:
            head, _ = read_head(self.receive(within_s, self._longest))
            while is_answer(head):
                head, _ = read_head(self.receive(max(0.0, deadline - time.monotonic()), self._longest))
        except (BoxSilent, BoxBroken) as error:
            raise BoxDied(f"the box never became ready: {error}") from error
        if head["event"] != "ready" or head.get("protocol") != PROTOCOL:
            raise BoxUnfit(f"the box is not fit for work: {str(head.get('message') or head)[:500]}")

    def _stream(self) -> Attached:
        if self.stream is None:
            raise BoxDied("the box was discarded")
        return self.stream

    def _autopsy(self) -> BoxDied:
        """Why the stream ended. Raises EngineUnavailable where it was the engine that did."""
        said = bytes(self.stream.stderr).decode("utf-8", "replace").strip() if self.stream else ""
        with engine_trouble("the engine does not tell how the box ended"):
            try:
                self._backend.api().wait(self.name, timeout=DEAD_WITHIN_S)
                state = self._backend.api().inspect_container(self.name)["State"]
            except NotFound:
                return BoxDied(f"the box was removed by somebody else. {said}")
        code = state.get("ExitCode")
        return BoxDied(
            f"the box ended with exit code {code}. {said}".strip(),
            exit_code=code,
            out_of_memory=bool(state.get("OOMKilled")) or code == KILLED,
        )


def container_config(
    api: docker.APIClient,
    image: str,
    spec: BoxSpec,
    labels: dict[str, str],
    network: str = "none",
    dialect: Dialect = DOCKER,
) -> dict[str, Any]:
    """All that bounds a box. README.md says what each part defends. `network` is none, or that of another box.

    The harness is told the bounds, and refuses to work where the engine did not give them.
    """
    memory = spec.memory_mib << 20
    pids = spec.pids + spec.keep  # the process that keeps the box beside the one that serves
    limit = SCRATCH_FILES if spec.keep else dialect.scratch_files  # of a box that is kept PID 1 mounts scratch itself
    bounds = Bounds(spec.memory_mib, spec.cpus, pids, spec.scratch_mib, limit, spec.keep, spec.programs_in_scratch)
    files = "" if dialect.scratch_files is None else f",nr_inodes={dialect.scratch_files}"
    rights = "exec" if spec.programs_in_scratch else "noexec"
    owns_network = network == "none" and spec.guests
    host = api.create_host_config(
        network_mode=network,
        read_only=True,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges"],
        tmpfs={"/tmp": f"size={spec.scratch_mib}m{files},mode=1777,{rights},nosuid,nodev", **dialect.tmpfs},
        ipc_mode="private",
        shm_size=8 << 20,
        mem_limit=memory,
        memswap_limit=memory,
        pids_limit=pids,
        nano_cpus=int(spec.cpus * 1e9),
        ulimits=[
            Ulimit(name="nofile", soft=spec.open_files, hard=spec.open_files),
            Ulimit(name="core", soft=0, hard=0),
            Ulimit(name="fsize", soft=spec.scratch_mib << 20, hard=spec.scratch_mib << 20),
            *dialect.ulimits,
        ],
        log_config=LogConfig(type="none"),
        sysctls=SHARED_NETWORK if owns_network else None,
        init=False,
    )
    if spec.keep:
        more = dialect.kept()
        host |= more | {"SecurityOpt": [*host["SecurityOpt"], *more["SecurityOpt"]]}
    return dict(
        api.create_container_config(
            image,
            [bounds.spoken()],
            hostname="box" if network == "none" else None,  # who joins a network has its owner's name
            user="65534:65534",
            stdin_open=True,
            tty=False,
            labels=labels,
            host_config=host,
        )
        | {"StdinOnce": True, "AttachStdin": True, "AttachStdout": True, "AttachStderr": True}
    )


def probe(base_url: str | None) -> None:
    """Raise EngineUnavailable where nobody listens at a socket of this host. The SDK would leave its own one open."""
    scheme, _, path = str(parse_host(base_url)).partition("://")
    if scheme != "http+unix":
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PING_TIMEOUT_S)
        try:
            line.connect(path)
        except OSError as error:
            raise EngineUnavailable(f"no Docker-compatible engine answers at {path}: {error.strerror}") from error


@contextmanager
def engine_trouble(what: str) -> Iterator[None]:
    """Name the SDK's exceptions as ours: no answer is EngineUnavailable, an answer of trouble BoxDied."""
    try:
        yield
    except APIError as error:
        raise BoxDied(f"{what}: {error.explanation or error}") from error
    except (requests.RequestException, DockerException, OSError) as error:
        raise EngineUnavailable(f"no Docker-compatible engine answers: {error}") from error
