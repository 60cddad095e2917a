"""What has arrived of a request so far, and whether that is all of it. Knows no socket and no clock.

The real parser reads the same bytes afterwards and refuses what is malformed; here that counts as whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

HEAD_LIMIT = 64 * 1024  # bytes
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9a-f]{1,16})[^\r\n]*\r\n", re.IGNORECASE)


class Incoming:
    """The bytes of one request. `body_limit` tells of an address how large a body its view reads at all."""

    def __init__(self, body_limit: Callable[[str], int]) -> None:
        self.data = bytearray()
        self.path = ""
        self.length = 0
        """Bytes of the body, as far as they are known."""
        self.is_whole = False
        """It can be handed to a thread, which then need not wait for anything."""
        self.is_too_large = False
        """More comes than the view reads: it answers without the rest."""
        self.expects_word = False
        """The client waits for "100 Continue" before it sends the body."""
        self._body_limit = body_limit
        self._limit = 0
        self._searched = 0
        self._chunk_at = 0
        self._head_end = 0
        self._is_chunked = False

    def add(self, data: bytes) -> None:
        self.data += data
        if not self._head_end:
            self._look_for_head()
        self.is_whole = self._is_all_here()

    @property
    def has_head(self) -> bool:
        return self._head_end > 0

    @property
    def is_head_too_large(self) -> bool:
        return not self._head_end and len(self.data) > HEAD_LIMIT

    def _is_all_here(self) -> bool:
        if not self._head_end:
            return False
        if self.is_too_large:
            return True
        if self._is_chunked:
            return self._has_last_chunk()
        return len(self.data) >= self._head_end + self.length

    def _look_for_head(self) -> None:
        end = self.data.find(b"\r\n\r\n", max(0, self._searched - 3))
        self._searched = len(self.data)
        if end >= 0:
            self._head_end = self._chunk_at = end + 4
            self._read_head(bytes(self.data[: end + 2]))

    def _read_head(self, head: bytes) -> None:
        words = head.split(b"\r\n", 1)[0].split(b" ")
        self.path = words[1].split(b"?")[0].decode("latin-1") if len(words) > 1 else ""
        self._limit = self._body_limit(self.path)
        self._is_chunked = _CHUNKED.search(head) is not None
        found = _LENGTH.search(head)
        self.length = int(found[1]) if found and not self._is_chunked else 0
        self.is_too_large = self.length > self._limit
        self.expects_word = _CONTINUE.search(head) is not None

    def _has_last_chunk(self) -> bool:
        """Walk over the chunks that have arrived, each once."""
        while True:
            found = _CHUNK.match(self.data, self._chunk_at)
            if found is None:
                return self._is_no_chunk()
            size = int(found[1], 16)
            if size == 0:
                return self._has_end_of_trailers(found.end())
            end = found.end() + size + 2
            self.is_too_large = end - self._head_end > self._limit
            if len(self.data) < end or self.is_too_large:
                return self.is_too_large
            self._chunk_at = end

    def _is_no_chunk(self) -> bool:
        """A line that is none will never become one: whoever parses it refuses it."""
        rest = self.data[self._chunk_at : self._chunk_at + HEAD_LIMIT]
        return b"\n" in rest or len(rest) > 1024

    def _has_end_of_trailers(self, start: int) -> bool:
        trailers = self.data[start:]
        return trailers.startswith(b"\r\n") or b"\r\n\r\n" in trailers or len(trailers) > HEAD_LIMIT
