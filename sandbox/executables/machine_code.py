"""For languages whose compiler makes an executable: the compile step, and what a student is told where it fails.

The step runs in the fork itself, which starts the compiler's parts one after the other in scratch. What they say is
never passed on as it is: of each complaint only place and sentence are taken, where the place is in the student's own
file, and the line is shown from what the student sent. So no other file is quoted, whatever a program includes.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sandbox.executables.run import SCRATCH, Compiled
from sandbox.harness.child import CODE_FD, REPORT_FD, Load, write_out

MOST_SAID = 1 << 18
MOST_COMPLAINTS, MOST_MESSAGE, MOST_LINE = 8, 600, 300
SAID = "said-by-the-compiler"


@dataclass(frozen=True)
class Complaint:
    """What a compiler says of a program. `line` and `column` count from 1, the column in bytes of UTF-8."""

    message: str
    line: int | None = None
    column: int | None = None


class NotCompiled(Exception):
    """The program is none. `kind` is the type of the error that is told."""

    def __init__(self, complaints: Sequence[Complaint], kind: str = "CompileError") -> None:
        super().__init__(kind)
        self.complaints, self.kind = complaints, kind


class MachineCode(Compiled):
    """A language whose programs become executables. `file` is what a program's source is called."""

    file = ""
    most_code_bytes = 16 << 20

    def __init__(self) -> None:
        super().__init__(lambda _: ())  # `compile` starts what is needed itself

    def build(self, load: Load) -> str:
        """In the fork, with scratch as its folder: make an executable. Its path. Raises NotCompiled."""
        raise NotImplementedError

    def compile(self, load: Load) -> None:
        os.chdir(SCRATCH)
        load = replace(load, source=load.source.encode("utf-8", "replace").decode())
        try:
            made = self.build(load)
        except NotCompiled as error:
            write_out(REPORT_FD, told_of(error, load.source, self.file))
            return
        with open(made, "rb") as file:
            while chunk := file.read(1 << 20):
                write_out(CODE_FD, chunk)


def write_files(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        with open(name, "w", encoding="utf-8", newline="") as file:
            file.write(text)


def run_tool(command: Sequence[str], environment: Mapping[str, str]) -> tuple[bool, str]:
    """Whether a part of a compiler succeeded, and what it said, from its beginning on."""
    with open(SAID, "wb+") as said:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)
        said.seek(0)
        return done.returncode == 0, said.read(MOST_SAID).decode("utf-8", "replace")


def told_of(error: NotCompiled, source: str, file: str) -> bytes:
    """The report of what is wrong, each complaint with its line and a mark below the place."""
    shown = list(dict.fromkeys(error.complaints))[:MOST_COMPLAINTS]
    first = next((one for one in shown if one.line is not None), shown[0])
    lines = source.split("\n")
    trace = "\n".join(line for one in shown for line in _shown(one, lines, file))
    found = {"type": error.kind, "message": first.message[:MOST_MESSAGE], "line": first.line, "trace": trace}
    return json.dumps({"status": "not compiled", "error": found}).encode()


def _shown(complaint: Complaint, lines: Sequence[str], file: str) -> Iterable[str]:
    message = complaint.message[:MOST_MESSAGE]
    if complaint.line is None:
        yield message
        return
    column = complaint.column
    yield f"{file}:{complaint.line}:{f'{column}:' if column else ''} {message}"
    if not 1 <= complaint.line <= len(lines):
        return
    line = lines[complaint.line - 1].rstrip("\r")
    yield f"    {line[:MOST_LINE]}"
    before = line.encode()[: (column or 1) - 1].decode("utf-8", "ignore")
    if column and len(before) < MOST_LINE:
        yield "    " + "".join("\t" if sign == "\t" else " " for sign in before) + "^"
