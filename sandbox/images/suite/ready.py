"""Finds out whether the service is ready: it listens, and it has answered one whole request.

Nothing connects before something listens, and no connection is made without a whole request on it. A request is not
given up while the service may still answer it. The service may write them into its log, so transcripts show them.
"""

from __future__ import annotations

import select
import socket
import time
from typing import Any

import h11

from sandbox.harness.ports import listens
from sandbox.harness.sentences import sentence

ADDRESS = ("127.0.0.1", 8000)
METHODS = ("OPTIONS", "GET", "OPTIONS", "GET")
"""Asked one after the other, of /, until one is answered: both are safe, and the first is made for such a question."""
PATIENCE_S, PAUSE_S, FINISH_S = 5.0, 0.5, 2.0
LOOK_S, WAIT_S = 0.005, 0.1
MOST_BODY, MOST_SHOWN, MOST_HEADERS, LONGEST_HEADER = 1 << 20, 2000, 20, 300
CHUNK = 1 << 16
HEADERS = [("Host", "127.0.0.1:8000"), ("User-Agent", "suite-readiness-check"), ("Accept", "application/json")]
READ_ERRORS = (h11.RemoteProtocolError, OSError)


class Probe:
    """One request on a connection of its own. `answered`: an answer has begun; `over`: nothing more is to come."""

    def __init__(self, method: str) -> None:
        self._method = method
        self._parser = h11.Connection(h11.CLIENT)
        request = h11.Request(method=method, target="/", headers=HEADERS)
        self._unsent = (self._parser.send(request) or b"") + (self._parser.send(h11.EndOfMessage()) or b"")
        self._answer: h11.Response | None = None
        self._body = bytearray()
        self._began = time.monotonic()
        self._answered_at = float("inf")
        self._why = "the time was over"
        self.over = False
        self.line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.line.setblocking(False)
        self.line.connect_ex(ADDRESS)

    @property
    def answered(self) -> bool:
        return self._answer is not None

    @property
    def is_done(self) -> bool:
        """It is answered, whole or as far as is waited for."""
        return self.answered and (self.over or time.monotonic() - self._answered_at > FINISH_S)

    @property
    def age_s(self) -> float:
        return time.monotonic() - self._began

    @property
    def awaits(self) -> int:
        return select.POLLOUT if self._unsent else select.POLLIN

    def go_on(self) -> None:
        """Send or read what can be sent or read now."""
        try:
            if self._unsent:
                self._unsent = self._unsent[self.line.send(self._unsent) :]
            else:
                self._parser.receive_data(self.line.recv(CHUNK))
                self._read()
        except BlockingIOError:
            return
        except READ_ERRORS as error:
            self._end(str(error))

    def exchange(self) -> dict[str, Any]:
        """The request and its answer, as transcripts show them."""
        answer = self._answer
        headers = [] if answer is None else [[n.decode("latin-1"), v.decode("latin-1")] for n, v in answer.headers]
        return {
            "method": self._method,
            "path": "/",
            "request_headers": [list(pair) for pair in HEADERS],
            "request_body": "",
            "status": 0 if answer is None else answer.status_code,
            "headers": [[part[:LONGEST_HEADER] for part in pair] for pair in headers[:MOST_HEADERS]],
            "body": self._body[: 4 * MOST_SHOWN].decode("utf-8", "replace")[:MOST_SHOWN],
            "ms": round(self.age_s * 1000),
            "note": "" if answer is not None else sentence("no answer:", self._why),
        }

    def close(self) -> None:
        """Hang up first, where the service has not."""
        self.over = True
        self.line.close()

    def _read(self) -> None:
        while True:
            event = self._parser.next_event()
            match event:
                case h11.Response():
                    self._answer, self._answered_at = event, time.monotonic()
                case h11.Data():
                    self._body += event.data
                    if len(self._body) > MOST_BODY:
                        return self.close()
                case h11.EndOfMessage() | h11.ConnectionClosed() | h11.PAUSED:
                    return self._end("the connection was closed")
                case h11.NEED_DATA:
                    return None

    def _end(self, why: str) -> None:
        self._why = why[:200]
        self.close()


class Readiness:
    """What has been asked of one start of the service, and whether it is ready."""

    def __init__(self) -> None:
        self._left = list(METHODS)
        self._open: list[Probe] = []
        self._done: list[Probe] = []
        self._next_at = 0.0

    def look(self, within_s: float) -> bool:
        """Is it ready, at the latest after so many seconds? A service that only hangs up is as ready as it will be."""
        until = time.monotonic() + within_s
        while (left := until - time.monotonic()) > 0:
            if self._is_over():
                return True
            self._ask()
            if self._open:
                self._wait(min(left, WAIT_S))
            else:
                time.sleep(min(left, LOOK_S))
        return self._is_over()

    def exchanges(self) -> list[dict[str, Any]]:
        """All that was asked so far."""
        return [probe.exchange() for probe in (*self._done, *self._open)]

    def close(self) -> None:
        for probe in self._open:
            probe.close()
        self._done += self._open
        self._open.clear()

    def _is_over(self) -> bool:
        """An answer has come whole, or as much of it as is waited for; or nothing is left to be asked."""
        if any(probe.is_done for probe in (*self._done, *self._open)):
            self.close()
            return True
        return not self._left and not self._open

    def _ask(self) -> None:
        """Begin the next request: at once, or when the one before was closed or is long without an answer."""
        now = time.monotonic()
        waiting = [probe for probe in self._open if probe.answered or probe.age_s < PATIENCE_S]
        if self._left and not waiting and len(self._open) < 2 and now >= self._next_at and listens(ADDRESS[1]):
            self._open.append(Probe(self._left.pop(0)))

    def _wait(self, within_s: float) -> None:
        poller = select.poll()
        by_fd = {probe.line.fileno(): probe for probe in self._open}
        for fd, probe in by_fd.items():
            poller.register(fd, probe.awaits)
        for fd, _ in poller.poll(within_s * 1000):
            by_fd[fd].go_on()
        over = [probe for probe in self._open if probe.over]
        if over:
            self._next_at = time.monotonic() + PAUSE_S
        self._done += over
        self._open = [probe for probe in self._open if not probe.over]
