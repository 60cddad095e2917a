"""The harness of Go's box: a program is compiled and linked once, and each case runs what came of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

from sandbox.executables.machine_code import Complaint, MachineCode, NotCompiled, run_tool, write_files
from sandbox.executables.run import ENVIRONMENT
from sandbox.harness.child import Load
from sandbox.harness.programs import Ended, serve_programs
from sandbox.languages.go.faults import seen_as
from sandbox.languages.go.program import MAIN, Program, program_of

HARNESS = "/harness"
COMPILE, LINK = f"{HARNESS}/tools/compile", f"{HARNESS}/tools/link"
FILE = "solution.go"
TOOLS_ENVIRONMENT = {**ENVIRONMENT, "GOMAXPROCS": "1", "GOROOT_FINAL": "/usr/lib/go"}
BESIDE_PROGRAM_MIB = 48
"""Of a box's memory: what the harness, the program's text and its goroutines' stacks may take beside the heap."""
_PLACE = re.compile(r"^(?:.*/)?(solution|runner)\.go:(\d+)(?::(\d+))?: (.*)$")
_FOUND = re.compile(r"cannot use \S+ \((?:value|variable) of type (.+)\) as (?:type )?func")
_MISSING = re.compile(r"undefined: |has no field or method ")
_IMPORT = re.compile(r"could not import (\S+) \(.*")


def main() -> None:
    version = subprocess.check_output([COMPILE, "-V"], text=True).split()[2]
    serve_programs(Go(), about={"go": version})


class Go(MachineCode):
    file = FILE

    def warm(self) -> None:
        """The collector works harder before memory runs out, and there is one processor to run on."""
        super().warm()
        limit = max(16, self.bounds.memory_mib - BESIDE_PROGRAM_MIB)
        self.environment = {**ENVIRONMENT, "GOMAXPROCS": "1", "GOMEMLIMIT": f"{limit}MiB"}

    def build(self, load: Load) -> str:
        program = program_of(load.source, load.signature)
        write_files({FILE: program.source, "runner.go": program.runner, "main.go": MAIN})
        complaints = compiled("solution", "imports.cfg", "runner.go", FILE)
        if complaints is not None:
            raise not_compiled(complaints, program)
        if (complaints := compiled("main", "all.cfg", "main.go")) is not None:
            raise NotCompiled([Complaint(complaints)])
        command = [LINK, "-s", "-w", "-buildid=", "-importcfg", f"{HARNESS}/all.cfg", "-o", "solution", "main.a"]
        done, said = run_tool(command, TOOLS_ENVIRONMENT)
        if not done:
            raise NotCompiled([Complaint(f"The linker refused the program: {said.strip()}")])
        return "solution"

    def seen(self, ended: Ended) -> Ended:
        return seen_as(ended)


def compiled(package: str, imports: str, *files: str) -> str | None:
    """Compile a package in scratch. None, or what the compiler complains of."""
    command = [COMPILE, "-pack", "-complete", "-c=1", "-trimpath", "/tmp=>", "-p", package]
    command += ["-importcfg", f"{HARNESS}/{imports}", "-o", f"{package}.a", *files]
    done, said = run_tool(command, TOOLS_ENVIRONMENT)
    return None if done else said


def not_compiled(said: str, program: Program) -> NotCompiled:
    """What is told of a compiler's complaints: those of the student's file, else what does not fit the signature."""
    own, wanted, missing = [], [], False
    for file, line, column, message in complaints_of(said):
        if file == "solution":
            own.append(Complaint(message, line, column))
        elif (declared := program.wanted.get(line)) is not None:
            told = f"The problem asks for `{declared}`"
            if _MISSING.search(message):
                told, missing = f"{told}, which is not defined", True
            elif found := _FOUND.match(message):
                told += f"; it is {found[1].replace('solution.', '')}"
            wanted.append(Complaint(f"{told}."))
    if own:
        return NotCompiled(own)
    if wanted:
        return NotCompiled(wanted, "NotDefined" if missing else "CompileError")
    return NotCompiled([Complaint("The compiler refused the program.")])


def complaints_of(said: str) -> Iterator[tuple[str, int, int | None, str]]:
    """File, line, column and sentence of each complaint."""
    for line in said.splitlines():
        if (found := _PLACE.match(line)) and not line.startswith("\t"):
            message = _IMPORT.sub(_no_import, found[4])
            yield found[1], int(found[2]), int(found[3]) if found[3] else None, message


def _no_import(found: re.Match[str]) -> str:
    return f"could not import {found[1]}: only packages of the standard library are here"
