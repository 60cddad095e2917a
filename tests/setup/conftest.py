"""An engine of the tests' own, which they may kill: it has its own folders and disturbs no other."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sandbox.apt import environment
from sandbox.backends.image_store import ImageStore
from sandbox.engine.daemon import Daemon, start
from sandbox.errors import EngineUnavailable
from sandbox.steps import Steps

NEEDS = "NO PRIVATE ENGINE: these tests start engines of their own, which needs root and dockerd (`make engine`)."


def quiet_steps(folder: Path) -> Steps:
    """Steps whose lines a test can read from `stream`."""
    return Steps(io.StringIO(), folder / "setup.log")


def said(steps: Steps) -> str:
    assert isinstance(steps.stream, io.StringIO)
    return steps.stream.getvalue()


@dataclass
class PrivateEngine:
    """A dockerd below one folder, and what a test may do to it."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"unix://{self.folder}/docker.sock"

    @property
    def daemon(self) -> Daemon:
        settings = self.folder / "daemon.json"  # not this machine's, which may contradict the options
        settings.write_text("{}")
        here = {"data-root": "data", "exec-root": "exec", "pidfile": "docker.pid"}
        options = [f"--{option}={self.folder / name}" for option, name in here.items()]
        options += [f"--config-file={settings}", f"--host={self.url}", "--iptables=false", "--bridge=none"]
        return Daemon(self.folder / "docker.pid", self.folder / "exec", self.folder / "log", tuple(options))

    def answers(self) -> bool:
        try:
            ImageStore(self.url, timeout_s=5).close()
        except EngineUnavailable:
            return False
        return True

    def start(self, steps: Steps, daemon: Daemon | None = None) -> subprocess.Popen[bytes] | None:
        process = start(daemon or self.daemon, self.answers, steps)
        if process is not None:
            self.processes.append(process)
        return process

    def kill(self) -> int:
        """End it at once, and leave it a zombie. Its pid."""
        pid = self.processes[-1].pid
        os.kill(pid, 9)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        return pid

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
            process.wait(timeout=30)
        mounts = Path("/proc/mounts").read_text().splitlines()
        for target in reversed([line.split()[1] for line in mounts if line.split()[1].startswith(f"{self.folder}/")]):
            subprocess.run(["umount", target], check=True)


@contextmanager
def private_engine() -> Iterator[PrivateEngine]:
    if os.geteuid() != 0 or shutil.which("dockerd", path=environment()["PATH"]) is None:
        pytest.fail(NEEDS) if os.environ.get("CI") else pytest.skip(NEEDS)
    with tempfile.TemporaryDirectory(prefix="engine-", dir="/tmp") as folder:
        engine = PrivateEngine(Path(folder))
        try:
            yield engine
        finally:
            engine.stop()


@pytest.fixture
def own_engine() -> Iterator[PrivateEngine]:
    """Not started yet."""
    with private_engine() as engine:
        yield engine


@pytest.fixture(scope="module")
def empty_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateEngine]:
    """Started, without any image. A module's tests share it."""
    with private_engine() as engine:
        engine.start(quiet_steps(tmp_path_factory.mktemp("engine")))
        yield engine
