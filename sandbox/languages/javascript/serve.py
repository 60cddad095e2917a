"""The harness of JavaScript's box: a program is looked at once, and each case is a fork that becomes Node.js."""

from __future__ import annotations

from sandbox.executables.node import NODE, RUNNER, NodeProgram, command, version
from sandbox.harness.bounds import Bounds
from sandbox.harness.programs import serve_programs


def main() -> None:
    serve_programs(NodeProgram(command, compiler), about={"javascript": version()})


def compiler(bounds: Bounds) -> tuple[str, ...]:
    """It only reads the program, and says what is no JavaScript."""
    return NODE, RUNNER, "compile"
