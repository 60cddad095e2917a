"""The harness of TypeScript's box: types are checked and JavaScript is made once, and each case is Node.js anew."""

from __future__ import annotations

import json

from sandbox.executables.node import NODE, NodeProgram, command, version
from sandbox.harness.bounds import Bounds
from sandbox.harness.programs import serve_programs

COMPILER = "/harness/compiler.blob"
PACKAGE = "/usr/share/nodejs/typescript/package.json"
OPTIONS = ("--max-old-space-size=192", "--stack-size=16000")
"""A heap that is enough for valid programs twice over, and a stack for deep ones. The image's Dockerfile names the same
ones: Node.js begins with a snapshot only under the options that it was made with."""


def main() -> None:
    with open(PACKAGE) as file:
        typescript = json.load(file)["version"]
    serve_programs(TypeScript(command, compiler), about={"typescript": typescript, "javascript": version()})


def compiler(bounds: Bounds) -> tuple[str, ...]:
    return NODE, *OPTIONS, "--snapshot-blob", COMPILER, "-"


class TypeScript(NodeProgram):
    most_code_bytes = 4 << 20
