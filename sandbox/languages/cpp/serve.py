"""The harness of C++'s box: a program is compiled once, and each case runs what came of it."""

from __future__ import annotations

import re
import resource
import subprocess
from collections.abc import Iterator

from sandbox.executables.machine_code import Complaint, MachineCode, NotCompiled, run_tool, write_files
from sandbox.executables.run import ENVIRONMENT
from sandbox.harness.child import Load
from sandbox.harness.programs import serve_programs
from sandbox.languages.cpp.program import RUNNER, Program, program_of

COMPILER = "/usr/bin/g++"
FILE = "solution.cpp"
FLAGS = ("-O2", "-std=c++20", "-w")
"""The precompiled header was made with the same ones."""
TOLD = (
    "-fmax-errors=10",
    "-fno-diagnostics-show-caret",
    "-fno-diagnostics-show-option",
    "-fdiagnostics-color=never",
    "-fdiagnostics-column-unit=byte",
)
BESIDE_PROGRAM_MIB = 256
"""Of a box's memory: what the compiler needs, and a program does not get."""

_PLACE = re.compile(r"^([^\s:][^:]*):(\d+):(?:(\d+):)? +(?:fatal )?(error|note|required from here)(?:: |$)(.*)$")
_INCLUDED = re.compile(r"^(?:In file included| {17}) from (?:\./)?solution\.cpp:(\d+)")
_LINKED = re.compile(r"(undefined reference to .*|multiple definition of [^;]*)")
_ASSEMBLED = re.compile(r"^\{standard input\}:\d+: Error: (.*)$")
_MISSING = re.compile(r"has not been declared|was not declared|is not a member of|does not name a type")
_PRIVATE = re.compile(r"is (?:private|protected) within this context")


def main() -> None:
    version = subprocess.check_output([COMPILER, "-dumpfullversion"], text=True).strip()
    serve_programs(Cpp(), about={"cpp": f"GCC {version}"})


class Cpp(MachineCode):
    file = FILE

    def build(self, load: Load) -> str:
        program = program_of(load.source, load.signature)
        write_files({FILE: load.source, "main.cpp": program.text})
        command = [COMPILER, *FLAGS, *TOLD, "-pipe", "-include", "/harness/harness.h", "main.cpp", "/harness/runner.o"]
        done, said = run_tool([*command, "-s", "-fuse-ld=gold", "-o", "solution"], ENVIRONMENT)
        if not done:
            raise not_compiled(said, program)
        return "solution"

    def run(self, load: Load, arguments: bytes) -> None:
        """A program gets as much as the problem allows, and finds out itself where it asks for more."""
        most = max(16, self.bounds.memory_mib - BESIDE_PROGRAM_MIB) << 20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        super().run(load, arguments)


def not_compiled(said: str, program: Program) -> NotCompiled:
    """What is told of a compiler's complaints: those of the student's file, else what does not fit the signature."""
    own, wanted, missing = [], [], False
    for file, line, column, message in complaints_of(said):
        if file == FILE or not file:
            own.append(Complaint(message, line, column))
        elif file == RUNNER and line is not None and (declared := program.wanted.get(line)) is not None:
            told = f"The problem asks for `{declared}`"
            if _MISSING.search(message):
                told, missing = f"{told}, which is not defined", True
            wanted.append(Complaint(f"{told}: {message}." if _PRIVATE.search(message) else f"{told}."))
    if own:
        return NotCompiled(own)
    if wanted:
        return NotCompiled(wanted, "NotDefined" if missing else "CompileError")
    return NotCompiled([Complaint("The compiler refused the program.")])


def complaints_of(said: str) -> Iterator[tuple[str, int | None, int | None, str]]:
    """File, line, column and sentence of each error. One in a library is told where the program caused it."""
    cause: tuple[str, int | None, int | None] | None = None
    open_brace = False
    for line in said.splitlines():
        if found := _INCLUDED.match(line):
            cause = FILE, int(found[1]), None
        elif found := _PLACE.match(line):
            file, kind, message = found[1].removeprefix("./"), found[4], found[5]
            place = file, int(found[2]), int(found[3]) if found[3] else None
            if kind == "required from here":
                cause = place
            elif kind == "note":
                if open_brace and file == FILE and message.startswith("to match this"):
                    yield *place, "this brace is not closed"
                open_brace = False
            elif file in (FILE, RUNNER):
                open_brace = message.endswith("at end of input")
                if not open_brace or file == FILE:
                    yield *place, message
                cause = None
            elif cause is not None:
                yield (
                    *cause,
                    f"{message} (in what is used here)" if file.startswith("/usr/") else "no C++ is included here",
                )
                cause = None
        elif found := _LINKED.search(line) or _ASSEMBLED.match(line):
            yield "", None, None, found[1]
