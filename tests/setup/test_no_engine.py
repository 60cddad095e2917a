"""Where no engine can be had, `make engine` says what to do, ends with an error, and installs nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox import apt
from sandbox import engine as setup
from sandbox.apt import SetupImpossible
from sandbox.engine.processes import find, is_alive
from tests.setup.conftest import quiet_steps


def test_a_docker_host_that_does_not_answer_is_named(tmp_path: Path) -> None:
    host = f"unix://{tmp_path}/nobody.sock"
    done = subprocess.run(
        [sys.executable, "-m", "sandbox.engine"],
        env={**os.environ, "DOCKER_HOST": host, "SETUP_LOG": str(tmp_path / "log")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == f"DOCKER_HOST is {host}, and nothing answers there: start that engine, or unset it\n"


@pytest.fixture
def nothing_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The socket that is asked in vain."""
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setattr(setup, "answering", lambda: None)
    monkeypatch.setattr(setup, "SOCKET", tmp_path / "docker.sock")
    return tmp_path / "docker.sock"


def test_who_is_not_root_is_told_what_to_install(
    nothing_answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupImpossible, match=rf"No container engine answers at {nothing_answers}[^$]*`make engine`"):
        setup.ensure_engine(quiet_steps(tmp_path))


def test_who_may_not_use_the_socket_is_told_how(
    nothing_answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_answers.touch()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SetupImpossible, match="usermod -aG docker"):
        setup.ensure_engine(quiet_steps(tmp_path))


def test_without_root_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupImpossible, match="apt-get install no-such-package"):
        apt.install(quiet_steps(tmp_path), "no-such-package")


def test_a_process_is_known_by_what_it_runs_and_not_by_its_pid() -> None:
    with subprocess.Popen(["sleep", "60"]) as sleeper:
        try:
            assert is_alive(sleeper.pid, "sleep")
            assert sleeper.pid in find("sleep")
            assert not is_alive(sleeper.pid, "dockerd")
        finally:
            sleeper.kill()
            os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
        assert not is_alive(sleeper.pid, "sleep"), "a zombie is no living process"
    assert not is_alive(sleeper.pid, "sleep")
