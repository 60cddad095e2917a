"""A Podman of the tests' own: its storage, its socket, and nothing of the machine's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import docker

from sandbox.backends.docker import DockerBackend
from sandbox.errors import EngineUnavailable

WITHIN_S = 60


class PrivatePodman:
    """`podman system service`, run by root."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="private-podman-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._folder}/podman.sock"

    @staticmethod
    def possible() -> bool:
        return os.geteuid() == 0 and shutil.which("podman") is not None

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            command = self._podman("system", "service", "--time", "0", self.url)
            # conmon writes a file called oom into the folder that it is started in
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        deadline = time.monotonic() + WITHIN_S
        while not self._answers():
            assert self._process.poll() is None, (self._folder / "log").read_text()[-2000:]
            assert time.monotonic() < deadline, "Podman never answered"
            time.sleep(0.1)

    def take_images(self, api: docker.APIClient, names: list[str]) -> None:
        """Copy images of another engine, layers that they share once."""
        client = docker.APIClient(self.url, version="auto", timeout=600)
        with tempfile.TemporaryFile() as file:
            with api.get(f"{api.base_url}/images/get", params={"names": names}, stream=True) as response:
                response.raise_for_status()
                for chunk in response.iter_content(1 << 20):
                    file.write(chunk)
            file.seek(0)
            for _ in client.load_image(file):
                pass
        client.close()

    def stop(self) -> None:
        """End it, and take its storage away."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(WITHIN_S)
        subprocess.run(self._podman("system", "reset", "--force"), check=False, capture_output=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _podman(self, *words: str) -> list[str]:
        folder = self._folder
        places = ["--root", f"{folder}/root", "--runroot", f"{folder}/run", "--tmpdir", f"{folder}/tmp"]
        return ["podman", *places, "--cgroup-manager", "cgroupfs", "--events-backend", "file", *words]

    def _answers(self) -> bool:
        backend = DockerBackend(self.url)
        try:
            backend.ping()
        except EngineUnavailable:
            return False
        finally:
            backend.close()
        return True
