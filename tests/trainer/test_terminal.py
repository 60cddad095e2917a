"""The `trainer` command in a terminal: a bar on standard error and nowhere else, and Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from trainer.bank.template import new_package

ROOT = Path(__file__).parents[2]
ENDLESS = "def longest_outage(checks, retries):\n    while True:\n        pass\n"
STOPS_S = 60
"""Removing boxes takes a second or two. So long it takes on no machine."""
COLOUR, ERASED = "\x1b[3", "\x1b[2K"


class Started:
    """A `trainer` whose standard error is a terminal. Its standard output is a pipe."""

    def __init__(self, *words: str) -> None:
        self._terminal, there = pty.openpty()
        self.seen = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "trainer", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=there, text=True
        )
        os.close(there)

    def see(self, words: str) -> None:
        """Read the terminal until these words stand there."""
        while words not in self.seen and (more := self._read()):
            self.seen += more
        assert words in self.seen, self.seen

    def end(self, within_s: float | None = None) -> tuple[int, str]:
        """Its exit code, and what it wrote to standard output. One that takes longer than it may is killed."""
        killer = threading.Timer(within_s, self.process.kill) if within_s else None
        if killer:
            killer.start()
        while more := self._read():
            self.seen += more
        if killer:
            killer.cancel()
        os.close(self._terminal)
        output, _ = self.process.communicate()
        return self.process.returncode, output

    def _read(self) -> str:
        try:
            return os.read(self._terminal, 65536).decode(errors="replace")
        except OSError:  # so a terminal says that nobody writes to it any more
            return ""


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank with a quiz, whose check needs no engine, and a function."""
    for kind in ("quiz", "function"):
        for path, content in new_package(f"my-{kind}", kind).items():
            target = tmp_path / f"my-{kind}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    (tmp_path / "topics.yaml").write_bytes((ROOT / "problems" / "topics.yaml").read_bytes())
    settings = {"TRAINER_PROBLEMS": str(tmp_path), "TERM": "xterm", "COLUMNS": "100"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_bar_stands_on_the_terminal_and_lines_go_to_standard_output(bank: Path) -> None:
    started = Started("bank", "check", "my-quiz", "--json")
    code, output = started.end()
    assert code == 0
    assert json.loads(output)["passed"]
    assert "1/1" in started.seen
    assert "Checking packages" in started.seen
    assert COLOUR in started.seen
    assert started.seen.endswith(ERASED)  # nothing of it is left


def test_without_colours_where_nobody_wants_them(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    started = Started("bank", "check", "my-quiz")
    assert started.end()[0] == 0
    assert "1/1" in started.seen
    assert COLOUR not in started.seen


def test_without_a_terminal_there_is_no_bar(bank: Path) -> None:
    command = [sys.executable, "-m", "trainer", "bank", "check", "my-quiz"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.startswith("my-quiz: passed\n")
    assert "\x1b" not in done.stdout


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    "words", [("judge", "my-function", "endless.py"), ("bank", "check", "my-function")], ids=" ".join
)
def test_ctrl_c_ends_it_soon_in_a_line_and_leaves_no_box(bank: Path, words: tuple[str, ...]) -> None:
    (bank / "endless.py").write_text(ENDLESS)
    started = Started(*(str(bank / word) if word.endswith(".py") else word for word in words))
    started.see("0/22" if words[0] == "judge" else "my-function: verdicts")
    started.process.send_signal(signal.SIGINT)
    code, output = started.end(within_s=STOPS_S)
    assert (code, output) == (130, "")
    assert started.seen.split(ERASED)[-1] == "Stopped.\r\n"
    assert boxes_of(started.process.pid) == []


def boxes_of(pid: int) -> list[str]:
    listed = subprocess.run(
        ["docker", "ps", "-a", "--filter", "label=trainer.box=1", "--format", '{{.Label "trainer.owner"}}'],
        check=True,
        capture_output=True,
        text=True,
    )
    return [owner for owner in listed.stdout.split() if owner.split(":")[1] == str(pid)]
