"""The engine's images: what `sandbox.images` needs of a Docker-compatible engine, through its API.

No `docker` program is needed, so a socket is enough.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

import docker
from docker.errors import APIError, DockerException, ImageNotFound
from docker.utils import kwargs_from_env, parse_repository_tag
from requests.exceptions import RequestException

from sandbox.errors import EngineUnavailable, SandboxError

DEFAULT_URL = "unix:///var/run/docker.sock"
PULL_SILENCE_S = 12
"""A registry that cannot be reached says nothing at all; one that can says something every second or so."""

_SHORT_FRACTION = re.compile(r"(\.\d{6})\d+")


class ImageError(SandboxError):
    """The engine could not pull, import or build an image. The message is the engine's own."""


class _ImpatientClient(docker.APIClient):
    """Gives up a request when nothing is heard for `timeout`, also where the SDK would wait for ever."""

    def request(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["timeout"] = kwargs.get("timeout") or self.timeout
        return super().request(*args, **kwargs)


class ImageStore:
    """The images of the engine that DOCKER_HOST names, or of the default one."""

    def __init__(self, base_url: str | None = None, timeout_s: int = 60) -> None:
        """Raises EngineUnavailable where no engine answers within the time."""
        with _engine_trouble():
            self._settings = kwargs_from_env()
            self._settings.update({"base_url": base_url} if base_url else {})
            _knock(self._settings.get("base_url") or DEFAULT_URL, timeout_s)
            self._api = docker.APIClient(**self._settings, version="auto", timeout=timeout_s)

    def describe(self) -> str:
        """Name and version of the engine. Raises EngineUnavailable."""
        with _engine_trouble():
            facts = self._api.version()
        names = [str(component.get("Name")) for component in facts.get("Components") or []]
        platform = next(
            (name for name in names if name.startswith("Podman")), facts.get("Platform", {}).get("Name") or "Docker"
        )
        return f"{platform} {facts.get('Version', '')} at {self._settings.get('base_url') or DEFAULT_URL}"

    def has(self, name: str) -> bool:
        try:
            with _engine_trouble():
                self._inspect(name)
        except ImageNotFound:
            return False
        return True

    def pull(self, name: str, log: IO[bytes]) -> None:
        """Raises ImageError, after seconds where the registry cannot be reached."""
        with _engine_trouble():
            client = _ImpatientClient(**self._settings, version="auto", timeout=PULL_SILENCE_S)
        try:
            _follow(client.pull(name, stream=True, decode=True), log)
        except (DockerException, RequestException, ImageError) as error:
            raise ImageError(f"cannot pull {name}: {error}") from error
        finally:
            client.close()

    def import_root(self, name: str, tar: IO[bytes]) -> None:
        """Make an image of a root file system. Raises ImageError."""
        repository, tag = parse_repository_tag(name)
        try:
            said = self._api.import_image_from_stream(
                iter(lambda: tar.read(1 << 20), b""), repository=repository, tag=tag, changes=['CMD ["bash"]']
            )
        except (DockerException, RequestException) as error:
            raise ImageError(f"cannot import {name}: {error}") from error
        if "error" in str(said):
            raise ImageError(f"cannot import {name}: {said}")

    def build(
        self, name: str, context: IO[bytes], arguments: Mapping[str, str], labels: Mapping[str, str], log: IO[bytes]
    ) -> None:
        """Build a context (a tar) on the host's network. Raises ImageError; the log holds the engine's words."""
        try:
            words = self._api.build(
                fileobj=context,
                custom_context=True,
                tag=name,
                buildargs=dict(arguments),
                labels=dict(labels),
                network_mode="host",
                rm=True,
                forcerm=True,
                decode=True,
            )
            _follow(words, log)
        except (DockerException, RequestException, ImageError) as error:
            raise ImageError(f"cannot build {name}: {error}") from error

    def tags(self, repository: str) -> list[str]:
        """All our `repository:tag`s of one repository."""
        with _engine_trouble():
            images = self._api.images(name=repository)
        names = (_short(tag) for image in images for tag in image.get("RepoTags") or ())
        return [name for name in names if name.startswith(f"{repository}:")]

    def in_use(self) -> set[str]:
        """Names and ids of the images that containers were made from, stopped ones included."""
        with _engine_trouble():
            containers = self._api.containers(all=True)
        return {_short(one[key]) for one in containers for key in ("Image", "ImageID")}

    def id_of(self, name: str) -> str:
        with _engine_trouble():
            return str(self._inspect(name)["Id"])

    def created(self, name: str) -> float:
        """When it was built, in seconds since 1970."""
        with _engine_trouble():
            return datetime.fromisoformat(_SHORT_FRACTION.sub(r"\1", self._inspect(name)["Created"])).timestamp()

    def remove(self, name: str) -> None:
        """Take the name away, and the image where it was its last. One that is gone or needed by now stays so."""
        try:
            self._api.remove_image(name)
        except APIError as error:
            if error.status_code not in (404, 409):
                raise ImageError(f"cannot remove {name}: {error}") from error

    def _inspect(self, name: str) -> dict[str, Any]:
        facts: dict[str, Any] = self._api.inspect_image(name)  # type: ignore[no-untyped-call]  # the stubs lack it
        return facts

    def close(self) -> None:
        self._api.close()


def _short(name: str) -> str:
    """A name as we give it: Podman puts in front where an image might come from."""
    for prefix in ("localhost/", "docker.io/library/"):
        name = name.removeprefix(prefix)
    return name


def _knock(url: str, timeout_s: int) -> None:
    """Raises OSError where nobody listens at a local socket: the SDK would leave its own one open."""
    if url.startswith("unix:"):
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(timeout_s)
            door.connect(url.removeprefix("unix:").replace("//", "/", 1))


@contextmanager
def _engine_trouble() -> Iterator[None]:
    try:
        yield
    except APIError:
        raise
    except (DockerException, RequestException, OSError) as error:
        raise EngineUnavailable(f"no engine answers ({error}): `make engine` starts one, or says what to do") from error


def _follow(words: Iterable[dict[str, Any]], log: IO[bytes]) -> None:
    for word in words:
        if "error" in word:
            raise ImageError(str(word["error"]).strip())
        text = word.get("stream") or _status(word)
        log.write(text.encode())
        log.flush()


def _status(word: Mapping[str, Any]) -> str:
    if word.get("progressDetail"):
        return ""
    return f"{word.get('id', '')} {word.get('status', '')}\n".lstrip() if "status" in word else ""
