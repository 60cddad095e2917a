"""Have a container engine: use the one that answers, else install and start Debian's, else say what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sandbox import apt
from sandbox.backends.image_store import ImageStore
from sandbox.engine.daemon import Daemon, start, wait
from sandbox.errors import EngineUnavailable
from sandbox.steps import Steps

SOCKET = Path("/var/run/docker.sock")
SYSTEMD = Path("/run/systemd/system")
ANSWER_LIMIT_S = 5
ADVICE = """No container engine answers at {socket}. Any of these fixes it:
  - on Debian or Ubuntu run `make engine` as root: it installs and starts docker.io
  - install Docker or Podman yourself and start it
  - where one listens elsewhere, name its socket: DOCKER_HOST=unix:///path/to/its.sock"""


def ensure_engine(steps: Steps) -> None:
    """Return when an engine answers. Raises SetupImpossible with what to install, StepFailed."""
    if engine := answering():
        steps.say(f"Engine: {engine}")
        return
    refuse_what_is_not_ours()
    steps.say("No container engine answers: having Debian's docker.io, which runs the boxes")
    if shutil.which("dockerd", path=apt.environment()["PATH"]) is None:
        apt.install(steps, "docker.io")
    start_default(steps)
    steps.say(f"Engine: {answering()}")


def answering() -> str | None:
    """Name and version of the engine that answers, or None."""
    try:
        store = ImageStore(timeout_s=ANSWER_LIMIT_S)
    except EngineUnavailable:
        return None
    try:
        return store.describe()
    finally:
        store.close()


def refuse_what_is_not_ours() -> None:
    """Raises SetupImpossible where an engine is somebody else's to start."""
    if host := os.environ.get("DOCKER_HOST"):
        raise apt.SetupImpossible(f"DOCKER_HOST is {host}, and nothing answers there: start that engine, or unset it")
    if SOCKET.exists() and not os.access(SOCKET, os.R_OK | os.W_OK):
        raise apt.SetupImpossible(f"{SOCKET} is not yours to use: `sudo usermod -aG docker $USER`, then sign in anew")
    if not apt.can_install():
        raise apt.SetupImpossible(ADVICE.format(socket=SOCKET))


def start_default(steps: Steps) -> None:
    """Through the service manager where there is one. Raises StepFailed."""
    if not SYSTEMD.exists():
        start(Daemon(), lambda: answering() is not None, steps)
        return
    with steps.step("Starting docker.service") as log:
        steps.call(["systemctl", "start", "docker"], log)
        wait(lambda: answering() is not None, lambda: True, "docker.service does not answer: `systemctl status docker`")
