"""Published versions as they are stored: what a package said, parsed once, for ever.

A version never changes, though the rules for packages do. So it is not read from its files again: its content is
stored as JSON with the number of its format, and each number has a reader that stays. Whoever changes
`trainer.bank.problem` so that an older content cannot be read writes a new format, and makes the older reader
translate.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.signature import Class, Function
from trainer.bank.codec import CodecError, build, plain
from trainer.bank.formats.function import starters_of
from trainer.bank.problem import Problem
from trainer.errors import Unreadable

FORMAT = 1
"""Format of what is stored now."""
MOST_BYTES = 256 * 1024 * 1024
"""Of one content when it is unpacked; a package has 20 MiB."""


def _first(values: Any) -> Problem:
    return build(Problem, values)


READERS: Mapping[int, Callable[[Any], Problem]] = {1: _first}
"""What reads each format that was ever stored. None is ever taken out."""


def write(problem: Problem) -> bytes:
    """The content in the present format: the same content, the same bytes."""
    return zlib.compress(json.dumps(plain(problem), separators=(",", ":")).encode(), level=6)


def read(format: int, data: bytes) -> Problem:
    """What was stored in this format. Raises Unreadable, in words that follow "it cannot be read: "."""
    reader = READERS.get(format)
    if reader is None:
        known = ", ".join(map(str, READERS))
        raise Unreadable(f"it is stored in format {format}, and this release reads {known}")
    try:
        return _in_languages_of_today(reader(json.loads(_unpacked(data))))
    except (zlib.error, CodecError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(f"what is stored of it is damaged ({str(error)[:200]}). Publish the package again") from error


def _in_languages_of_today(problem: Problem) -> Problem:
    """A function problem can be answered in languages that came after it: its starters there are generated."""
    if not isinstance(problem.signature, Function | Class):
        return problem
    return dataclasses.replace(problem, starters=starters_of(problem.signature, problem.starters))


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(data, MOST_BYTES)
    if not unpacker.eof:
        raise ValueError("its end is missing")
    return unpacked
