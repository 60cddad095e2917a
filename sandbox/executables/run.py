"""Runs programs of languages whose runtime is another executable, or that a compiler makes one of: a fork becomes it.

What a program is given lies in a file that has no name and that the runtime closes before the program begins: it is
gone then. Nothing of a case is an argument or a setting of the process, which every process of the box may read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from sandbox.executables.flat import encode_arguments
from sandbox.harness.bounds import Bounds
from sandbox.harness.child import CODE_FD, REPORT_FD, Load
from sandbox.harness.programs import Language

INPUT_FD, ARTIFACT_FD = 5, 6
"""Where a runner reads what it is to do, and what the compiler made. It reports as JSON at REPORT_FD."""
SCRATCH = "/tmp"
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": SCRATCH, "LC_ALL": "C.UTF-8"}

Command = Callable[[Bounds], tuple[str, ...]]
"""What is started in a box with these bounds, by its path."""


class Executable(Language):
    """A language whose programs another executable runs: `command`, and where there is a compiler `compiler`.

    Both find {"source", "signature"} at INPUT_FD, the first one with the "arguments" of a case. A compiler leaves what
    it made at CODE_FD, or reports at REPORT_FD what is wrong.
    """

    environment = ENVIRONMENT

    def __init__(self, command: Command, compiler: Command | None = None) -> None:
        self._command, self._compiler = command, compiler
        self._bounds: Bounds | None = None
        self.compiles = compiler is not None

    @property
    def bounds(self) -> Bounds:
        """Those of the box; known once the language is warm."""
        assert self._bounds is not None
        return self._bounds

    def warm(self) -> None:
        self._bounds = Bounds.heard(sys.argv[2])

    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> bytes:
        return json.dumps(arguments).encode()

    def compile(self, load: Load) -> None:
        assert self._compiler is not None
        kept = {REPORT_FD, CODE_FD, INPUT_FD}
        self._become(self._compiler(self.bounds), {INPUT_FD: told(load)}, kept)

    def run(self, load: Load, arguments: bytes) -> None:
        files = {INPUT_FD: told(load, arguments), ARTIFACT_FD: load.code}
        self._become(self._command(self.bounds), files, {REPORT_FD, *files})

    def _become(self, command: tuple[str, ...], files: dict[int, bytes], kept: set[int]) -> None:
        become(command, files, kept, self.environment)


class Compiled(Executable):
    """A language whose compiler writes a program's own reader of arguments: they are flat bytes at INPUT_FD.

    Where there is no command, what the compiler made is an executable, and is run itself.
    """

    def __init__(self, compiler: Command, command: Command | None = None) -> None:
        super().__init__(command or (lambda _: ()), compiler)

    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> bytes:
        return encode_arguments(signature, arguments)

    def run(self, load: Load, arguments: bytes) -> None:
        files = {INPUT_FD: arguments, ARTIFACT_FD: load.code}
        if command := self._command(self.bounds):
            self._become(command, files, {REPORT_FD, *files})
        else:
            become_artifact(files, {REPORT_FD, INPUT_FD}, self.environment)


def become(command: tuple[str, ...], files: dict[int, bytes], kept: set[int], environment: dict[str, str]) -> None:
    """Replace this process by a command, with these files at their descriptors and no others but `kept`."""
    for fd, data in files.items():
        _file_without_name(fd, data)
    _keep(kept)
    os.execve(command[0], command, environment)


def become_artifact(files: dict[int, bytes], kept: set[int], environment: dict[str, str]) -> None:
    """Replace this process by the executable that the compiler made, which no path leads to."""
    for fd, data in files.items():
        _file_without_name(fd, data)
    readable = os.open(f"/proc/self/fd/{ARTIFACT_FD}", os.O_RDONLY | os.O_CLOEXEC)
    _keep(kept)  # no file is executed while somebody may write to it
    os.execve(readable, ("solution",), environment)


def _keep(kept: set[int]) -> None:
    for fd in (REPORT_FD, CODE_FD, INPUT_FD, ARTIFACT_FD):
        if fd in kept:
            os.set_inheritable(fd, True)
        else:
            _close(fd)


def _close(fd: int) -> None:
    try:
        os.close(fd)
    except OSError:
        return  # nothing was there


def _file_without_name(fd: int, data: bytes) -> None:
    opened = os.open(SCRATCH, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o700)
    left = memoryview(data)
    while left:
        left = left[os.write(opened, left) :]
    os.lseek(opened, 0, os.SEEK_SET)
    if opened != fd:
        os.dup2(opened, fd)
        os.close(opened)


def told(load: Load, arguments: bytes = b"null") -> bytes:
    """What an executable is told of a program, and of a case, as JSON."""
    head = json.dumps({"source": load.source, "signature": load.signature}).encode()
    return head[:-1] + b', "arguments": ' + arguments + b"}"
