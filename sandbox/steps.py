"""Says what a long step does and how long it took, and keeps what it said itself in a log.

Standard library only: the Makefile runs this file by its path before anything is installed,
`python3 sandbox/steps.py "Title" command …`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TextIO

SIGN_OF_LIFE_S = 15.0
TAIL_LINES = 15


class StepFailed(Exception):
    """A command of a step failed. The message holds the end of what it said and names the log."""


def default_log() -> Path:
    """Where long output goes: SETUP_LOG, or a file of this user's in the temporary folder."""
    return Path(os.environ.get("SETUP_LOG") or Path(tempfile.gettempdir(), f"trainer-setup-{os.getuid()}.log"))


@dataclass
class Steps:
    """Prints one line a step to `stream`; everything else goes to the file `log`."""

    stream: TextIO = field(default_factory=lambda: sys.stdout)
    log: Path = field(default_factory=default_log)

    def say(self, line: str) -> None:
        """One line for people."""
        print(line, file=self.stream, flush=True)

    @contextmanager
    def step(self, title: str) -> Iterator[IO[bytes]]:
        """Print the title at once and the duration at the end. Yields the log, open for the step's own output."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._write(f"{title} … ")
        started = time.monotonic()
        with self.log.open("ab") as log, self._signs_of_life(started):
            log.write(f"\n== {time.strftime('%Y-%m-%d %H:%M:%S')} {title}\n".encode())
            log.flush()
            try:
                yield log
            except BaseException:
                self.say("failed")
                raise
        self.say(f"{time.monotonic() - started:.1f} s")

    def run(self, title: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        """Run a command as a step, without standard input. Raises StepFailed."""
        with self.step(title) as log:
            self.call(command, log, env)

    def call(self, command: Sequence[str], log: IO[bytes], env: Mapping[str, str] | None = None) -> None:
        """Run a command inside a step. Raises StepFailed."""
        log.write(f"$ {' '.join(command)}\n".encode())
        log.flush()
        begin = log.tell()
        code = run_quietly(command, log, env)
        if code:
            raise StepFailed(f"`{' '.join(command)}` ended with {code}:\n{self.tail(begin)}\nAll of it: {self.log}")

    def tail(self, begin: int = 0) -> str:
        """The last lines that the log holds after `begin`, indented."""
        lines = self.log.read_bytes()[begin:].decode(errors="replace").rstrip().splitlines()
        return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])

    @contextmanager
    def _signs_of_life(self, started: float) -> Iterator[None]:
        over = threading.Event()

        def tell() -> None:
            while not over.wait(SIGN_OF_LIFE_S):
                self._write(f"{time.monotonic() - started:.0f} s … ")

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        try:
            yield
        finally:
            over.set()
            teller.join()

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def run_quietly(command: Sequence[str], log: IO[bytes], env: Mapping[str, str] | None) -> int:
    """The command's exit code; 127 where there is no such program."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=env, check=False
        )
    except FileNotFoundError as error:
        log.write(f"{error}\n".encode())
        log.flush()
        return 127
    return done.returncode


def main(title: str, *command: str) -> None:
    try:
        Steps().run(title, command)
    except StepFailed as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(*sys.argv[1:])
