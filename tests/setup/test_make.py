"""The Makefile: what is done is not done again, what changed is, and Ctrl-C ends it without an error."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = "trainer/static/built/manifest.json"
CLIENTS = "tests/clients/node_modules/.complete"
INPUTS = (
    "requirements.lock", "requirements-dev.lock", "requirements-build.lock", "pyproject.toml",
    "trainer/frontend/src/editor.ts", "tests/clients/package-lock.json",
)  # fmt: skip

# Stands in for the environment's Python: writes down what it is asked for, and runs steps for real.
PYTHON = f"""#!/bin/sh
case "$*" in
  *sandbox/steps.py*) exec {sys.executable} "$@" ;;
esac
echo "$@" >>calls
case "$*" in *bundle.py*) mkdir -p trainer/static/built && touch {BUNDLE} ;; esac
case "$*" in *clients.packages*) mkdir -p tests/clients/node_modules && touch {CLIENTS} ;; esac
case "$*" in *sandbox.engine*) exit ${{ENGINE_EXIT:-0}} ;; esac
"""
VENV = """#!/bin/sh
mkdir -p "$1/bin" && cp python "$1/bin/python" && cp trainer-script "$1/bin/trainer"
"""
TRAINER = f"""#!{sys.executable}
import os, signal, sys, time

def make_waits():
    # Make gives up its handler when it has taken the signal, and waits. Who ends in that very moment is missed by it.
    status = dict(line.split(":", 1) for line in open(f"/proc/{{os.getppid()}}/status"))
    return not int(status["SigCgt"], 16) >> signal.SIGINT - 1 & 1 and status["State"].split()[0] == "S"

signal.pthread_sigmask(signal.SIG_BLOCK, {{signal.SIGINT}})  # one that comes before it is waited for waits, too
print("serving", *sys.argv[1:], flush=True)
signal.sigwait({{signal.SIGINT}})
while not make_waits():
    time.sleep(0.001)
print("stopped cleanly", flush=True)
"""


@dataclass
class Checkout:
    """A folder with our Makefile and programs that only write down that they were called."""

    folder: Path

    def make(self, *targets: str, **environment: str) -> str:
        """What make said. It must succeed."""
        done = subprocess.run(
            ["make", *targets],
            cwd=self.folder,
            env={**clean_environment(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def calls(self) -> list[str]:
        """What was called since the last time this was asked."""
        file = self.folder / "calls"
        said = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return said

    def change(self, name: str) -> None:
        """Make a file newer than everything that was made."""
        made = (self.folder / name).stat().st_mtime + 3600
        os.utime(self.folder / name, (made, made))

    def write(self, name: str, text: str = "") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)


def clean_environment() -> dict[str, str]:
    """Ours, without what a `make` that runs these tests hands down."""
    return {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    for name in INPUTS:
        made.write(name)
    made.write("python", PYTHON)
    made.write("trainer-script", TRAINER)
    made.write(".ci/venv", VENV)
    made.write("trainer/frontend/bundle.py")
    (tmp_path / "sandbox").mkdir()
    shutil.copy(ROOT / "sandbox" / "steps.py", tmp_path / "sandbox")
    shutil.copy(ROOT / "Makefile", tmp_path)
    return made


def test_the_second_time_nothing_is_done(checkout: Checkout) -> None:
    checkout.make(".venv/.dev", BUNDLE, CLIENTS)
    assert len(checkout.calls()) == 5  # two locks, the project, the bundle, what reads the API's description

    said = checkout.make(".venv/.dev", BUNDLE, CLIENTS)

    assert checkout.calls() == []
    assert "up to date" in said


@pytest.mark.parametrize(
    ("changed", "done"),
    [
        ("trainer/frontend/src/editor.ts", ["bundle.py"]),
        ("tests/clients/package-lock.json", ["clients.packages"]),
        ("requirements-dev.lock", ["requirements-dev.lock", "clients.packages"]),
        ("requirements-build.lock", ["bundle.py"]),
        (
            "requirements.lock",
            ["requirements.lock", "--editable", "requirements-dev.lock", "bundle.py", "clients.packages"],
        ),
    ],
)
def test_what_changed_is_done_again(checkout: Checkout, changed: str, done: list[str]) -> None:
    checkout.make(".venv/.dev", BUNDLE, CLIENTS)
    checkout.calls()

    checkout.change(changed)
    checkout.make(".venv/.dev", BUNDLE, CLIENTS)

    for call, part in zip(checkout.calls(), done, strict=True):
        assert part in call


def test_node_stays_with_who_develops_and_leaves_elsewhere(checkout: Checkout) -> None:
    checkout.make(".venv/.run", BUNDLE)
    assert checkout.calls()[-2:] == ["trainer/frontend/bundle.py", "trainer/frontend/bundle.py clear"]

    checkout.change("trainer/frontend/src/editor.ts")
    checkout.make(".venv/.dev", BUNDLE)
    assert checkout.calls()[-1] == "trainer/frontend/bundle.py"


def test_each_step_is_one_line_with_its_duration(checkout: Checkout) -> None:
    lines = checkout.make(".venv/.run").splitlines()
    assert [line.split(" … ")[0] for line in lines] == ["Installing locked packages", "Installing the trainer"]
    assert all(line.endswith(" s") for line in lines)


def test_packages_are_installed_with_their_hashes(checkout: Checkout) -> None:
    checkout.make(".venv/.run")
    assert "--require-hashes -r requirements.lock" in checkout.calls()[0]


@pytest.mark.parametrize("engine_exit", ["0", "1"])
def test_ctrl_c_stops_the_server_and_make_without_an_error(checkout: Checkout, engine_exit: str) -> None:
    checkout.make(".venv/.run", BUNDLE)
    with subprocess.Popen(
        ["make", "run"],
        cwd=checkout.folder,
        env={**clean_environment(), "ENGINE_EXIT": engine_exit},
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        assert running.stdout is not None
        before = [line for line in iter(running.stdout.readline, "serving run\n") if line]
        os.killpg(running.pid, signal.SIGINT)
        after = running.stdout.read()

    assert after == "stopped cleanly\n"
    assert running.returncode in (0, -signal.SIGINT)
    assert any("submissions wait" in line for line in before) == (engine_exit == "1")


def test_a_step_that_fails_shows_its_end_and_names_its_log(tmp_path: Path) -> None:
    step = [sys.executable, "-I", str(ROOT / "sandbox" / "steps.py")]
    command = [*step, "Trying", "sh", "-c", "echo the reason; exit 3"]
    done = subprocess.run(
        command, env={"SETUP_LOG": str(tmp_path / "log")}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == "Trying … failed\n"
    assert "ended with 3:\n    the reason\n" in done.stderr
    assert f"All of it: {tmp_path / 'log'}" in done.stderr


def test_help_lists_the_commands(checkout: Checkout) -> None:
    said = checkout.make("help")
    assert {line.split()[0] for line in said.splitlines()} == {
        "run", "engine", "images", "test", "chaos", "lint", "bench", "wheel", "lock", "prove", "clean", "help",
    }  # fmt: skip


def test_a_build_machine_tests_as_ci_without_standard_input(tmp_path: Path) -> None:
    fake = tmp_path / "make"
    fake.write_text('#!/bin/sh\necho "$PWD $CI $* $(cat | wc -c)"\n')
    fake.chmod(0o755)
    done = subprocess.run(
        [ROOT / ".ci" / "run"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        input="never read",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{ROOT} true test 0\n"
