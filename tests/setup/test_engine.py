"""`make engine`: an engine is used, started, started again after it was killed, and outlives its starter's Ctrl-C."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox import engine as setup
from sandbox.apt import environment
from sandbox.engine.daemon import WITHOUT_NETWORK
from sandbox.steps import StepFailed
from tests.setup.conftest import PrivateEngine, quiet_steps, said

pytestmark = pytest.mark.engine


def test_a_killed_engine_whose_pid_is_a_zombie_is_started_again(own_engine: PrivateEngine, tmp_path: Path) -> None:
    steps = quiet_steps(tmp_path)
    own_engine.start(steps)
    pid = own_engine.kill()
    assert own_engine.daemon.pid_file.read_text() == str(pid)

    own_engine.start(steps)

    assert own_engine.answers()
    assert f"Removed {own_engine.daemon.pid_file}" in said(steps)


def test_a_containerd_that_ends_while_the_engine_starts_is_no_obstacle(
    own_engine: PrivateEngine, tmp_path: Path
) -> None:
    """It was the killed engine's: the new one waits for it in vain, and is started once more."""
    file = own_engine.daemon.containerd_pid_file
    file.parent.mkdir(parents=True)
    dying = shutil.copy(shutil.which("sleep") or "sleep", tmp_path / "containerd")
    steps = quiet_steps(tmp_path)
    with subprocess.Popen([dying, "5"]) as process:
        file.write_text(str(process.pid))
        own_engine.start(steps)

    assert own_engine.answers()
    assert f"Removed {file}" in said(steps)


def test_pid_files_that_name_somebody_else_are_no_obstacle(own_engine: PrivateEngine, tmp_path: Path) -> None:
    daemon = own_engine.daemon
    daemon.containerd_pid_file.parent.mkdir(parents=True)
    daemon.pid_file.write_text(str(os.getpid()))
    daemon.containerd_pid_file.write_text("1")

    own_engine.start(quiet_steps(tmp_path))

    assert own_engine.answers()


def test_a_living_engine_keeps_its_pid_files_and_is_waited_for(own_engine: PrivateEngine, tmp_path: Path) -> None:
    steps = quiet_steps(tmp_path)
    first = own_engine.start(steps)

    second = own_engine.start(steps)

    assert first is not None
    assert second is None
    assert own_engine.daemon.clear_stale_pid_files() == []
    assert f"Waiting for dockerd (pid {first.pid})" in said(steps)


STARTER = """
import signal, sys, time
from pathlib import Path
from tests.setup.conftest import PrivateEngine, quiet_steps
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
folder = Path(sys.argv[1])
process = PrivateEngine(folder).start(quiet_steps(folder))
print(process.pid, flush=True)
time.sleep(60)
"""


def test_ctrl_c_does_not_reach_the_engine(own_engine: PrivateEngine) -> None:
    command = [sys.executable, "-c", STARTER, str(own_engine.folder)]
    with subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        os.killpg(starter.pid, signal.SIGINT)
        assert starter.wait(timeout=10) != 0

    try:
        assert own_engine.answers()
        assert os.getsid(pid) == pid
    finally:
        ended = os.pidfd_open(pid)
        os.kill(pid, signal.SIGTERM)
        wait_for_end(ended)


def wait_for_end(process: int) -> None:
    """Of a process that is no child of ours, by its descriptor."""
    poll = select.poll()
    poll.register(process, select.POLLIN)
    ended = poll.poll(30_000)
    os.close(process)
    assert ended


NO_IPTABLES = """#!/bin/sh
case "$*" in *--iptables=false*) exec "$REAL_DOCKERD" "$@" ;; esac
echo 'failed to start daemon: Error initializing network controller: iptables failed: Permission denied' >&2
exit 1
"""


def test_an_engine_that_may_make_no_bridge_is_started_without(
    own_engine: PrivateEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("dockerd", path=environment()["PATH"])
    assert real is not None
    program = tmp_path / "dockerd"
    program.write_text(NO_IPTABLES)
    program.chmod(0o755)
    monkeypatch.setenv("REAL_DOCKERD", real)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    daemon = own_engine.daemon
    steps = quiet_steps(tmp_path)

    own_engine.start(steps, replace(daemon, options=tuple(o for o in daemon.options if o not in WITHOUT_NETWORK)))

    assert own_engine.answers()
    assert "make no bridge: starting it without" in said(steps)


def test_an_engine_that_ends_at_once_is_an_error_with_its_last_words(own_engine: PrivateEngine, tmp_path: Path) -> None:
    daemon = replace(own_engine.daemon, options=(*own_engine.daemon.options, "--storage-driver=nonsense"))
    with pytest.raises(StepFailed, match=r"(?s)did not start.*nonsense.*All of it: .*log"):
        own_engine.start(quiet_steps(tmp_path), daemon)


def test_the_engine_of_docker_host_is_used(
    own_engine: PrivateEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_engine.start(quiet_steps(tmp_path))
    monkeypatch.setenv("DOCKER_HOST", own_engine.url)
    steps = quiet_steps(tmp_path)

    setup.ensure_engine(steps)

    assert re.fullmatch(rf"Engine: \S+ \S+ at \S*{re.escape(str(own_engine.folder))}/docker.sock\n", said(steps))
