"""Frames between host and harness: four bytes of length (big endian), then the body."""

from __future__ import annotations

import json
import os
import struct
from typing import Any

LENGTH = struct.Struct(">I")


class Closed(Exception):
    """The host is gone."""


def read_frame(fd: int) -> Any:
    """The next frame, as JSON. Raises Closed when the host has hung up."""
    (length,) = LENGTH.unpack(_read_exactly(fd, LENGTH.size))
    return json.loads(_read_exactly(fd, length))


def write_frame(fd: int, head: dict[str, Any], *parts: bytes) -> None:
    """Write one frame: the head's length, the head as JSON, then the parts, whose lengths the head tells."""
    text = json.dumps(head).encode()
    body = b"".join((LENGTH.pack(len(text)), text, *parts))
    write_all(fd, LENGTH.pack(len(body)) + body)


def write_all(fd: int, data: bytes) -> None:
    """Raises Closed when nobody reads there."""
    left = memoryview(data)
    while left:
        try:
            left = left[os.write(fd, left) :]
        except BrokenPipeError as error:
            raise Closed from error


def _read_exactly(fd: int, length: int) -> bytes:
    chunks = []
    while length:
        chunk = os.read(fd, min(length, 1 << 20))
        if not chunk:
            raise Closed
        chunks.append(chunk)
        length -= len(chunk)
    return b"".join(chunks)
