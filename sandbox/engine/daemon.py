"""Starts Debian's `dockerd` where no service manager does, also after it was killed and left its pid files behind."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sandbox import apt
from sandbox.engine.processes import command_line, find, is_alive, pid_in
from sandbox.steps import StepFailed, Steps

START_LIMIT_S = 60.0
POLL_S = 0.1
WITHOUT_NETWORK = ("--bridge=none", "--iptables=false")
NETWORK_TROUBLE = re.compile(rb"iptables|nf_tables|bridge", re.IGNORECASE)
OWN_PLACE = ("--pidfile", "-p", "--data-root", "-g", "--exec-root", "--host", "-H")


class NoNetwork(StepFailed):
    """dockerd ended because it may make no bridge or no rule of a firewall here."""


@dataclass(frozen=True, slots=True)
class Daemon:
    """One dockerd: where its files are, and the options that put them there."""

    pid_file: Path = Path("/var/run/docker.pid")
    exec_root: Path = Path("/var/run/docker")
    log: Path = Path("/var/log/trainer-dockerd.log")
    options: tuple[str, ...] = ()

    @property
    def is_default(self) -> bool:
        return not self.options

    @property
    def containerd_pid_file(self) -> Path:
        return self.exec_root / "containerd" / "containerd.pid"

    def running(self) -> int | None:
        """The pid of the dockerd that lives already, whether or not it answers."""
        pid = pid_in(self.pid_file)
        if pid is not None and is_alive(pid, "dockerd"):
            return pid
        others = (pid for pid in find("dockerd") if self.is_default and not _has_own_place(pid))
        return next(others, None)

    def clear_stale_pid_files(self) -> list[Path]:
        """Remove the pid files whose process is no such daemon, or no process any more. Which they were."""
        owners = {self.pid_file: "dockerd", self.containerd_pid_file: "containerd"}
        stale = [file for file, program in owners.items() if file.exists() and not _owns(file, program)]
        for file in stale:
            file.unlink()
        return stale

    def spawn(self, log: IO[bytes], extra: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        """Start it in a session of its own: what ends our caller, Ctrl-C or a closed terminal, does not reach it."""
        environment = apt.environment()
        program = shutil.which("dockerd", path=environment["PATH"]) or "dockerd"
        return subprocess.Popen(
            [program, *self.options, *extra],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=environment,
            start_new_session=True,
        )


def start(daemon: Daemon, answers: Callable[[], bool], steps: Steps) -> subprocess.Popen[bytes] | None:
    """Start it, or wait for the one that is starting, until it answers. What was started. Raises StepFailed."""
    if (pid := daemon.running()) is not None:
        with steps.step(f"Waiting for dockerd (pid {pid})"):
            wait(answers, lambda: is_alive(pid, "dockerd"), f"dockerd (pid {pid}) runs, but does not answer")
        return None
    _clear(daemon, steps)
    try:
        return start_with(daemon, answers, steps)
    except NoNetwork:
        steps.say("This machine lets dockerd make no bridge: starting it without; boxes have no network anyway")
        return start_with(daemon, answers, steps, WITHOUT_NETWORK)
    except StepFailed:
        # The containerd of a dockerd that was killed may outlive it for a moment, in which the new one trusts it.
        if not _clear(daemon, steps):
            raise
    return start_with(daemon, answers, steps)


def _clear(daemon: Daemon, steps: Steps) -> bool:
    """Whether there were pid files that name nobody."""
    stale = daemon.clear_stale_pid_files()
    for file in stale:
        steps.say(f"Removed {file}: its process is gone")
    return bool(stale)


def start_with(
    daemon: Daemon, answers: Callable[[], bool], steps: Steps, extra: tuple[str, ...] = ()
) -> subprocess.Popen[bytes]:
    """Start it and wait until it answers. Raises NoNetwork, StepFailed."""
    with steps.step("Starting dockerd"), daemon.log.open("ab") as log:
        begin = log.tell()
        process = daemon.spawn(log, extra)
        try:
            wait(answers, lambda: process.poll() is None, "dockerd did not start")
        except StepFailed as error:
            said = daemon.log.read_bytes()[begin:]
            kind = NoNetwork if process.returncode and not extra and NETWORK_TROUBLE.search(said) else StepFailed
            raise kind(f"{error}:\n{said[-2000:].decode(errors='replace')}\nAll of it: {daemon.log}") from error
    return process


def wait(answers: Callable[[], bool], lives: Callable[[], bool], trouble: str) -> None:
    """Until it answers. Raises StepFailed with these words where it ends before that, or takes a minute."""
    deadline = time.monotonic() + START_LIMIT_S
    while not answers():
        if not lives() or time.monotonic() > deadline:
            raise StepFailed(trouble)
        time.sleep(POLL_S)


def _owns(file: Path, program: str) -> bool:
    pid = pid_in(file)
    return pid is not None and is_alive(pid, program)


def _has_own_place(pid: int) -> bool:
    """Whether a dockerd was told to live elsewhere, so that it is not the one of the default socket."""
    return any(word.startswith(OWN_PLACE) for word in command_line(pid))
