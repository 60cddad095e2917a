"""Runs programs of languages whose runtime is another executable: the fork becomes it.

Source, signature and arguments lie in a file that has no name and that the runtime closes before the program begins:
it is gone then. Nothing of a case is an argument or a setting of the process, which every process of the box may read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from sandbox.harness.bounds import Bounds
from sandbox.harness.child import CODE_FD, REPORT_FD, Load
from sandbox.harness.programs import Language

INPUT_FD, ARTIFACT_FD = 5, 6
"""Where a runner reads what it is to do, as JSON, and what the compiler made. It reports at REPORT_FD."""
SCRATCH = "/tmp"
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": SCRATCH, "LC_ALL": "C.UTF-8"}

Command = Callable[[Bounds], tuple[str, ...]]
"""What is started in a box with these bounds, by its path."""


class Executable(Language):
    """A language whose programs another executable runs: `command`, and where there is a compiler `compiler`.

    Both find {"source", "signature"} at INPUT_FD, the first one with the "arguments" of a case.
    """

    def __init__(self, command: Command, compiler: Command | None = None) -> None:
        self._command, self._compiler = command, compiler
        self._bounds: Bounds | None = None
        self.compiles = compiler is not None

    def warm(self) -> None:
        self._bounds = Bounds.heard(sys.argv[2])

    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> bytes:
        return json.dumps(arguments).encode()

    def compile(self, load: Load) -> None:
        self._become(self._compiler, _input(load), b"", {REPORT_FD, CODE_FD, INPUT_FD})

    def run(self, load: Load, arguments: bytes) -> None:
        self._become(self._command, _input(load, arguments), load.code, {REPORT_FD, INPUT_FD, ARTIFACT_FD})

    def _become(self, command: Command | None, given: bytes, artifact: bytes, kept: set[int]) -> None:
        assert command is not None
        assert self._bounds is not None
        become(command(self._bounds), given, artifact, kept)


def become(command: tuple[str, ...], given: bytes, artifact: bytes, kept: set[int]) -> None:
    """Replace this process by a command, with these files at INPUT_FD and ARTIFACT_FD and no descriptor but `kept`."""
    for fd, data in ((INPUT_FD, given), (ARTIFACT_FD, artifact)):
        _file_without_name(fd, data)
    for fd in (REPORT_FD, CODE_FD, INPUT_FD, ARTIFACT_FD):
        if fd in kept:
            os.set_inheritable(fd, True)
        else:
            os.close(fd)
    os.execve(command[0], command, ENVIRONMENT)


def _file_without_name(fd: int, data: bytes) -> None:
    opened = os.open(SCRATCH, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
    left = memoryview(data)
    while left:
        left = left[os.write(opened, left) :]
    os.lseek(opened, 0, os.SEEK_SET)
    if opened != fd:
        os.dup2(opened, fd)
        os.close(opened)


def _input(load: Load, arguments: bytes = b"null") -> bytes:
    head = json.dumps({"source": load.source, "signature": load.signature}).encode()
    return head[:-1] + b', "arguments": ' + arguments + b"}"
