"""An engine of a test's own, which may be killed and started again without anybody noticing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import docker

from sandbox.backends.docker import DockerBackend
from sandbox.errors import EngineUnavailable

WITHIN_S = 60


class PrivateEngine:
    """A dockerd with its own data, socket and containerd, and no network."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="private-engine-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._folder}/docker.sock"

    @property
    def folder(self) -> Path:
        """Where all lies that it keeps."""
        return self._folder

    @staticmethod
    def possible() -> bool:
        return os.geteuid() == 0 and shutil.which("dockerd") is not None

    def start(self) -> None:
        folder = self._folder
        command = ["dockerd", "--data-root", f"{folder}/data", "--exec-root", f"{folder}/exec", "-H", self.url]
        command += ["--pidfile", f"{folder}/pid", "--bridge=none", "--iptables=false"]
        with (folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + WITHIN_S
        while not self._answers():
            assert self._process.poll() is None, (folder / "log").read_text()[-2000:]
            assert time.monotonic() < deadline, "the private engine never answered"
            time.sleep(0.1)

    def kill(self) -> None:
        """As a crash would: nothing is tidied up. Its containerd goes too, and may stay a zombie where nobody reaps."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stale in ("pid", "exec/containerd/containerd.pid"):
            (self._folder / stale).unlink(missing_ok=True)

    def remove(self) -> None:
        """Stop it, and take away what a killed engine leaves mounted."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(WITHIN_S)
        for pid in self._left_over():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        mounted = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
        for place in reversed(mounted):
            if Path(place).is_relative_to(self._folder):
                subprocess.run(["umount", "--lazy", place], check=True)
        shutil.rmtree(self._folder)

    def _left_over(self) -> list[int]:
        """The shims of containers that ran when the engine was killed: they name its folder."""
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if self._is_named_in(path)]

    def _is_named_in(self, path: Path) -> bool:
        try:
            return os.fsencode(self._folder) in path.read_bytes()
        except OSError:  # it has ended meanwhile
            return False

    def take_image(self, source: docker.APIClient, name: str) -> None:
        """Copy an image from another engine."""
        client = docker.APIClient(self.url, version="auto", timeout=300)
        try:
            for word in client.load_image(b"".join(source.get_image(name))):
                assert "error" not in word, word
        finally:
            client.close()

    def _answers(self) -> bool:
        backend = DockerBackend(self.url)
        try:
            backend.ping()
        except EngineUnavailable:
            return False
        finally:
            backend.close()
        return True
