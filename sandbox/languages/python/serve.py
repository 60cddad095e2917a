"""The harness of Python's box: an interpreter that is warm forks for each case, and the fork runs the program itself.

A program is compiled in its first case: before any of it runs, the fork hands what the compiler made to PID 1, through
a pipe that is closed then, and the forks of later cases begin with it. PID 1 never looks into it.
"""

from __future__ import annotations

import importlib
import marshal
import os
import random
import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

from sandbox.harness.child import CODE_FD, MOST_CODE_BYTES, REPORT_FD, Load, write_out
from sandbox.harness.programs import Ended, Language, serve_programs
from sandbox.languages.python.program import observe
from sandbox.languages.python.values import decoder_of

SEED = 1
WARM = """
    __future__ abc array bisect calendar collections collections.abc copy csv dataclasses datetime decimal enum
    fractions functools graphlib heapq io itertools json math operator random re statistics string
    textwrap time traceback types typing urllib.parse uuid
"""
"""What students import. Read here once, so that no case pays for it."""


def main() -> None:
    serve_programs(Python(), about={"python": sys.version.split()[0]})


class Python(Language):
    """Programs run in the fork itself: nothing is started anew."""

    def warm(self) -> None:
        for name in WARM.split():
            importlib.import_module(name)
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # prints of a killed case are kept

    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> list[Any]:
        """Build the arguments. Of a class they are calls: [name, argument, …]."""
        if "constructor" not in signature:
            return _builder(signature)(arguments)
        builders = {method["name"]: _builder(method) for method in (signature["constructor"], *signature["methods"])}
        return [[name, *builders[name](given)] for name, *given in arguments]

    def run(self, load: Load, arguments: list[Any]) -> None:
        random.seed(SEED)  # a program that draws gets the same verdict each time; os.urandom and `secrets` stay random
        born = os.getpid()
        code = marshal.loads(load.code) if load.code else None
        if code is not None:
            os.close(CODE_FD)
        report = observe(load.source, load.signature, arguments, code, _pass_on)
        if os.getpid() == born:  # a copy that the student forked never answers in its place
            _flush()
            write_out(REPORT_FD, report)

    def code_of(self, load: Load, ended: Ended) -> bytes:
        """Code is kept whole or not at all: a case that a limit ended may have been handing it over.

        A program that writes to its standard error may have been warned by the compiler, and is compiled, and warned,
        each time.
        """
        return ended.code if ended.end == "ended" and ended.code and not ended.stderr else load.code


def _builder(function: dict[str, Any]) -> Callable[[list[Any]], list[Any]]:
    """What builds the arguments of one function: a class is called thousands of times, its types are read once."""
    decoders = [decoder_of(spec) for _, spec in function["parameters"]]
    if not any(decoders):
        return list

    def build(given: list[Any]) -> list[Any]:
        pairs = zip(given, decoders, strict=True)
        return [value if decode is None else decode(value) for value, decode in pairs]

    return build


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        try:
            stream.flush()  # type: ignore[union-attr]
        except Exception:
            continue


def _pass_on(code: CodeType) -> None:
    """Let later cases have what the compiler made of the program, where that can be written down."""
    try:
        data = marshal.dumps(code)
    except (ValueError, MemoryError):
        data = b""
    if len(data) <= MOST_CODE_BYTES:
        write_out(CODE_FD, data)
    os.close(CODE_FD)
