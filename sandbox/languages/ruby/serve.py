"""The harness of Ruby's box: each case is a fork that becomes Ruby."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox.executables.run import ENVIRONMENT, INPUT_FD, Executable
from sandbox.harness.bounds import Bounds
from sandbox.harness.child import REPORT_FD, Load
from sandbox.harness.programs import serve_programs
from sandbox.languages.ruby import dump

RUBY, RUNNER = "/usr/bin/ruby", "/harness/runner.rb"
CALLS_BYTES = 40 << 20
"""Of the 64 MiB that the harness gives a stack: the frames of Ruby's methods, which lie in it. Blocks take the rest."""
LIBRARIES = "/usr/lib/ruby/gems"
BUNDLED = ("prime", "matrix")
"""Libraries that Ruby ships as gems. They are found without RubyGems, which takes twice as long to start as Ruby."""


def main() -> None:
    about = {"ruby": subprocess.check_output([RUBY, "--version"], text=True).strip()}
    paths = tuple(bundled())
    serve_programs(Ruby(lambda bounds: command(bounds, paths)), about=about)


def bundled(libraries: str = LIBRARIES) -> Iterator[str]:
    """Arguments that let those libraries be found."""
    for name in BUNDLED:
        for folder in sorted(Path(libraries).glob(f"*/gems/{name}-*/lib")):
            yield f"-I{folder}"


def command(bounds: Bounds, paths: tuple[str, ...] = ()) -> tuple[str, ...]:
    return RUBY, "--disable-gems", "--disable-rubyopt", *paths, RUNNER


class Ruby(Executable):
    environment = ENVIRONMENT | {"RUBY_THREAD_VM_STACK_SIZE": str(CALLS_BYTES)}

    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> bytes:
        """As Ruby's Marshal reads them, which knows all numbers."""
        if "constructor" not in signature:
            specs = [spec for _, spec in signature["parameters"]]
            return dump.items([dump.argument(*pair) for pair in zip(arguments, specs, strict=True)])
        functions = {one["name"]: one for one in (signature["constructor"], *signature["methods"])}
        return dump.items([_call(name, given, functions[name]["parameters"]) for name, *given in arguments])

    def run(self, load: Load, arguments: bytes) -> None:
        files = {INPUT_FD: dump.program(load.source, load.signature, arguments)}
        self._become(self._command(self.bounds), files, {REPORT_FD, INPUT_FD})


def _call(name: str, given: list[Any], parameters: list[Any]) -> bytes:
    written = [dump.argument(value, spec) for value, (_, spec) in zip(given, parameters, strict=True)]
    return dump.items([dump.value(name, "str"), *written])
