"""The two-way stream to a container's standard input and output, as the engine's attach call gives it.

The engine mixes the container's two output streams: eight bytes of head (stream, length), then the content.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from contextlib import suppress
from typing import Any

from sandbox.errors import BoxBroken, BoxSilent

HEAD = struct.Struct(">BxxxL")
LENGTH = struct.Struct(">I")
STDOUT = 1
CHUNK = 1 << 18
MOST_STDERR = 4 << 10
SEND_WITHIN_S = 30.0


class Hangup(Exception):
    """The engine closed the stream: the container ended, or the engine did."""


class Attached:
    """Frames over an attached stream."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream  # keeps the response alive, and with it the connection
        self._socket: socket.socket = getattr(stream, "_sock", stream)
        self._raw = bytearray()  # as the engine sends it
        self._stdout = bytearray()  # what the container wrote
        self.stderr = bytearray()

    def is_quiet(self) -> bool:
        """Nothing to read: no end either. True of a live stream while nobody is asked anything."""
        poller = select.poll()
        try:
            poller.register(self._socket, select.POLLIN)
            return not self._raw and not self._stdout and not poller.poll(0)
        except (OSError, ValueError):
            return False

    def send(self, *frames: bytes) -> None:
        """Raises Hangup."""
        try:
            self._socket.settimeout(SEND_WITHIN_S)
            self._socket.sendall(b"".join(LENGTH.pack(len(frame)) + frame for frame in frames))
        except OSError as error:
            raise Hangup(str(error)) from error

    def receive(self, timeout_s: float, limit: int) -> bytes:
        """One frame of at most `limit` bytes. Raises Hangup, BoxSilent, BoxBroken."""
        deadline = time.monotonic() + timeout_s
        self._read_until(LENGTH.size, deadline)
        (length,) = LENGTH.unpack_from(self._stdout)
        if length > limit:
            raise BoxBroken(f"the box announced a frame of {length} bytes where {limit} are the most")
        self._read_until(LENGTH.size + length, deadline)
        frame = bytes(self._stdout[LENGTH.size : LENGTH.size + length])
        del self._stdout[: LENGTH.size + length]
        return frame

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        response = getattr(self._stream, "_response", None)
        for part in (response, self._stream, self._socket):
            if part is not None:
                part.close()

    def _read_until(self, size: int, deadline: float) -> None:
        while len(self._stdout) < size:
            self._fill(deadline)
            while self._take_part():
                pass

    def _fill(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise BoxSilent("the box did not answer in time")
        try:
            self._socket.settimeout(left)
            chunk = self._socket.recv(CHUNK)
        except TimeoutError as error:
            raise BoxSilent("the box did not answer in time") from error
        except OSError as error:
            raise Hangup(str(error)) from error
        if not chunk:
            raise Hangup("the engine closed the stream")
        self._raw += chunk

    def _take_part(self) -> bool:
        """Move one part from the engine's mix to the stream that it belongs to."""
        if len(self._raw) < HEAD.size:
            return False
        stream, length = HEAD.unpack_from(self._raw)
        end = HEAD.size + length
        if len(self._raw) < end:
            return False
        content = self._raw[HEAD.size : end]
        if stream == STDOUT:
            self._stdout += content
        else:
            self.stderr += content[: MOST_STDERR - len(self.stderr)]
        del self._raw[:end]
        return True
