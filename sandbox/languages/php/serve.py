"""The harness of PHP's box: each case is a fork that becomes PHP."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Iterator
from typing import Any

from sandbox.executables.run import Executable
from sandbox.harness.bounds import Bounds
from sandbox.harness.programs import Refused, serve_programs

PHP, RUNNER = "/usr/bin/php8.2", "/harness/runner.php"
BESIDE_VALUES_MIB = 48
"""Of a box's memory: what PHP itself and the harness take beside the values that PHP's own limit counts."""
SMALLEST, LARGEST = -(2**63), 2**63 - 1
EXTENSIONS = ("bcmath", "ctype", "mbstring", "posix")
"""What is loaded beside what is built in. The debugger's and the cache's take longer to start than they save."""
SETTINGS = {
    "display_errors": "stderr",
    "error_reporting": "-1",
    "html_errors": "0",
    "log_errors": "0",
    "short_open_tag": "0",
    "zend.assertions": "1",
}


def main() -> None:
    about = {"php": subprocess.check_output([PHP, "-n", "-r", "echo PHP_VERSION;"], text=True)}
    serve_programs(PHPLanguage(command), about=about)


def command(bounds: Bounds) -> tuple[str, ...]:
    """How a program is started: without Debian's settings, and with a limit that PHP itself tells of."""
    settings = {**SETTINGS, "memory_limit": f"{max(16, bounds.memory_mib - BESIDE_VALUES_MIB)}M"}
    given = [f"-d{name}={value}" for name, value in settings.items()]
    return PHP, "-n", *given, *(f"-dextension={name}" for name in EXTENSIONS), RUNNER


class PHPLanguage(Executable):
    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> bytes:
        """As JSON, with a list of what JSON has no numbers for: (where, which)."""
        values = fitting(signature, arguments)
        try:
            written, marks = json.dumps(values, allow_nan=False), "[]"
        except ValueError:
            marks = json.dumps([[where, str(value)] for where, value in _not_finite(values, [])])
            written = json.dumps(_finite(values))
        return f'{{"values": {written}, "marks": {marks}}}'.encode()


def fitting(signature: dict[str, Any], arguments: list[Any]) -> list[Any]:
    """Arguments as PHP has them: whole numbers are floats where those are wanted. Raises Refused beyond 64 bits."""
    if "constructor" not in signature:
        return [_fitting(value, spec) for value, (_, spec) in zip(arguments, signature["parameters"], strict=True)]
    functions = {one["name"]: one["parameters"] for one in (signature["constructor"], *signature["methods"])}
    return [
        [name, *(_fitting(value, spec) for value, (_, spec) in zip(given, functions[name], strict=True))]
        for name, *given in arguments
    ]


def _fitting(value: Any, spec: Any) -> Any:
    kind, part = spec if isinstance(spec, list) else (spec, "Json")
    if kind == "optional":
        return _fitting(value, part)
    if isinstance(value, list):
        return _items(value, part)
    if isinstance(value, dict):
        return {key: _fitting(item, part) for key, item in value.items()}
    if type(value) is int and kind == "float":
        return float(value)
    if type(value) is int and not SMALLEST <= value <= LARGEST:
        raise Refused(f"{value} does not fit into 64 bits")
    return value


def _items(items: list[Any], part: Any) -> list[Any]:
    """Lists of numbers and of texts may be long, and are not walked one by one in Python."""
    kinds: set[type] = set(map(type, items))
    if kinds <= {int, float} and part == "float":
        return list(map(float, items))
    if kinds <= {str, bool, float, type(None)} or (kinds == {int} and SMALLEST <= min(items) <= max(items) <= LARGEST):
        return items
    return [_fitting(item, part) for item in items]


def _not_finite(value: Any, where: list[Any]) -> Iterator[tuple[list[Any], float]]:
    inside = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for key, item in inside:
        yield from _not_finite(item, [*where, key])
    if isinstance(value, float) and not math.isfinite(value):
        yield where, value


def _finite(value: Any) -> Any:
    """The same with nothing in it that is no JSON."""
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value
