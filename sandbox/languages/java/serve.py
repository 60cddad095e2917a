"""The harness of Java's box: the compiler is a fork that becomes Java's virtual machine, and so is each case."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox.executables.run import INPUT_FD, Compiled
from sandbox.harness.bounds import Bounds
from sandbox.harness.child import CODE_FD, REPORT_FD, Load
from sandbox.harness.programs import serve_programs
from sandbox.languages.java.names import spell

JAVA = os.path.realpath("/usr/bin/java")
HOME = "/harness"
BESIDE_HEAP_MIB = 160
"""Of a box's memory: what Java takes beside the heap that its limit counts, 64 MiB of stack, and the harness."""
LEAST_HEAP_MIB = 16
COMPILERS_OWN_MIB = 112
"""What Java and the harness take beside the heap while a program is compiled."""
USUAL = (
    "-XX:+UseG1GC",  # the only collector that takes objects from an archive: half of what a start takes
    "-XX:TieredStopAtLevel=1",  # where there is one processor, the second compiler takes more than programs gain
    "-XX:-UsePerfData",  # no files in scratch
    "-XX:-UseContainerSupport",  # what it would find out is said here
    "-XX:ActiveProcessorCount=1",
    "-XX:+DisableAttachMechanism",
    "-XX:+SuppressFatalErrorMessage",  # what Java itself says goes to stdout
    "-Xlog:disable",
    "-Xlog:all=off",
    "-Djava.security.manager=disallow",
)
SCALING = "-XX:CompileThresholdScaling=3"
"""Three times as many calls as usual before a method is compiled: most cases end before."""
MOST_CODE_BYTES = 8 << 20
"""Classes of a program of 1 MiB, and its text, which traces show."""


def main() -> None:
    serve_programs(Java(compiler, command), about={"java": version()})


def version() -> str:
    """As the folder of Java's says it, for starting it would take longer than all else that a box does first."""
    release = (Path(JAVA).parent.parent / "release").read_text()
    found = re.search(r'^JAVA_VERSION="([^"]+)"', release, re.MULTILINE)
    return f"OpenJDK {found[1]}" if found else "OpenJDK"


def command(bounds: Bounds) -> tuple[str, ...]:
    heap = max(LEAST_HEAP_MIB, bounds.memory_mib - BESIDE_HEAP_MIB)
    return JAVA, f"-Xmx{heap}m", f"-Xms{min(heap, 64)}m", SCALING, *USUAL, *main_class("Run")


def compiler(bounds: Bounds) -> tuple[str, ...]:
    heap = bounds.memory_mib - COMPILERS_OWN_MIB
    return JAVA, f"-Xmx{heap}m", f"-Xms{min(heap, 64)}m", *USUAL, *main_class("Compile")


def main_class(name: str) -> tuple[str, ...]:
    """A program of the harness. Its archive holds classes as the virtual machine has them in memory."""
    return f"-XX:SharedArchiveFile={HOME}/{name}.jsa", "-cp", f"{HOME}/harness.jar", f"harness.{name}"


class Java(Compiled):
    most_code_bytes = MOST_CODE_BYTES

    def compile(self, load: Load) -> None:
        given = described(load.signature, load.source)
        self._become(compiler(self.bounds), {INPUT_FD: given}, {REPORT_FD, CODE_FD, INPUT_FD})


def described(signature: dict[str, Any], source: str) -> bytes:
    """What the compiler reads: lines of the signature, an empty one, the program. Cases find both in what it made."""
    functions = [signature["constructor"], *signature["methods"]] if "methods" in signature else [signature]
    head = ["class" if "methods" in signature else "function", *map(_line, functions)]
    return ("\n".join(head) + "\n\n" + source).encode()


def _line(function: dict[str, Any]) -> str:
    """Name, the same as Java spells it, number of the parameter that is the answer, what is returned, parameters."""
    names = [name for name, _ in function["parameters"]]
    place = names.index(function["in_place"]) if function["in_place"] else -1
    parameters = [word for name, spec in function["parameters"] for word in (spell(name), _type(spec))]
    told = (function["name"], spell(function["name"]), str(place), _type(function["returns"]), *parameters)
    return "\t".join(told)


def _type(spec: Any) -> str:
    return " ".join(_words(spec))


def _words(spec: Any) -> Iterator[str]:
    """A type as its names from the outermost one on: "list optional int"."""
    while not isinstance(spec, str):
        kind, spec = spec
        yield kind
    yield spec
