"""Stands between the host and the PID 1 of one submission, and holds the inputs that wait for their turn.

The host sends inputs ahead, so that no case waits for the engine. They must not lie where a program could look, so they
stay here until the case before has ended: in a process that forks no program, that a program's namespaces do not show,
and that ends with the submission. Answers that come quickly one after the other go out together.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from sandbox.harness.frames import LENGTH, Closed, write_all
from sandbox.harness.host import Host

CHUNK = 1 << 16
GATHER_S = 0.03
"""An answer is kept back so long at most."""
OVER = b'{"over": true}'
"""No more of this submission. Anything else that the host sends is a frame for the PID 1."""


@dataclass(frozen=True)
class Line:
    """Two pipes between a holder and a PID 1; each field is a descriptor."""

    requests: int
    ask: int
    answers: int
    answer: int

    @classmethod
    def open(cls) -> Line:
        return cls(*os.pipe(), *os.pipe())

    def keep_inside(self, host: Host) -> None:
        """In the PID 1: let these pipes be its line to the host."""
        os.close(self.ask)
        os.close(self.answers)
        host.move(self.requests, self.answer)

    def keep_outside(self) -> None:
        os.close(self.requests)
        os.close(self.answer)

    def close(self) -> None:
        """Outside, when the host has gone: the PID 1 meets an end whether it reads a request or writes an answer."""
        os.close(self.ask)
        os.close(self.answers)


@dataclass
class Frames:
    """Bytes as they come, cut into frames, each with its length in front."""

    data: bytearray = field(default_factory=bytearray)

    def take(self) -> bytes | None:
        """The next whole frame, if it is there."""
        if len(self.data) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack_from(self.data)[0]
        if len(self.data) < end:
            return None
        frame = bytes(self.data[:end])
        del self.data[:end]
        return frame


class Holder:
    """Serves one submission. `inside` is its PID 1, as the caller sees it."""

    def __init__(self, host: Host, line: Line, inside: int) -> None:
        self._host = host
        self._line = line
        self._inside = inside
        self._asked, self._answered = Frames(), Frames()
        self._held: deque[bytes] = deque()
        self._busy = False
        self._kept_back = bytearray()
        self._since = 0.0

    def hold(self) -> bool:
        """Relay until it is over: True where the host says so, False where the PID 1 has ended. Raises Closed.

        A case that is under way when the host wants no more is ended, with all that runs beside it.
        """
        poller = select.poll()
        poller.register(self._host.requests, select.POLLIN)
        poller.register(self._line.answers, select.POLLIN)
        while True:
            ready = [fd for fd, _ in poller.poll(self._wait_ms())]
            if self._line.answers in ready and not self._gather():
                self._send()
                return False
            if self._host.requests in ready and self._hear():
                self._stop()
                return True
            self._hand_on()
            if not self._busy or self._wait_ms() == 0:
                self._send()

    def _hear(self) -> bool:
        """Take what the host has sent. True where it is over: what waits for its turn is dropped."""
        chunk = os.read(self._host.requests, CHUNK)
        if not chunk:
            raise Closed
        self._asked.data += chunk
        while frame := self._asked.take():
            if frame[LENGTH.size :] == OVER:
                return True
            self._held.append(frame)
        return False

    def _hand_on(self) -> None:
        while self._held and not self._busy:
            self._busy = True
            with suppress(Closed):  # it has ended, which the next reading tells
                write_all(self._line.ask, self._held.popleft())

    def _gather(self) -> bool:
        """Take what the PID 1 has answered. False where it has ended."""
        chunk = os.read(self._line.answers, CHUNK)
        self._answered.data += chunk
        while frame := self._answered.take():
            self._busy = False
            self._since = self._since if self._kept_back else time.monotonic()
            self._kept_back += frame
        return bool(chunk)

    def _wait_ms(self) -> float | None:
        """How long the answers that are kept back may wait."""
        if not self._kept_back:
            return None
        if len(self._kept_back) > CHUNK:
            return 0
        return max(0.0, 1000 * (self._since + GATHER_S - time.monotonic()))

    def _send(self) -> None:
        if self._kept_back:
            self._host.pass_on(bytes(self._kept_back))
            self._kept_back.clear()

    def _stop(self) -> None:
        if self._busy:
            os.kill(self._inside, signal.SIGKILL)
        os.close(self._line.ask)
