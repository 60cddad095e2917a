"""What open event streams cost: memory of the server, and the time that others wait for an answer."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from typing import Any

from trainer.bench.client import Client
from trainer.bench.memory import tree_mib
from trainer.bench.served import Served, served, slug
from trainer.bench.timing import measure
from trainer.bench.yardsticks import SOURCE

STREAMS, EACH = 1000, 5
"""So many are open, so many of them one student's. Nobody judges what they wait for."""
CASES, TIMES = 20, 100
SETTLE_S = 5.0


def measure_streams() -> dict[str, Any]:
    """Memory and the answers to others, before and while `STREAMS` streams are open."""
    with served((CASES,), STREAMS // EACH, judges=0) as server:
        sent = [Client(server.port, token).submit(slug(CASES), SOURCE) for token in server.tokens]
        before = _beside(server)
        with ExitStack() as stack:
            began = time.monotonic()
            for token, submission in zip(server.tokens, sent, strict=True):
                for _ in range(EACH):
                    _open(server, stack, submission["events"], token)
            opening_s = time.monotonic() - began
            beside = _beside(server)
    return {
        "open": STREAMS,
        "opened_in_s": round(opening_s, 2),
        "more_mib": round(beside["app_mib"] - before["app_mib"], 1),
        "answers_before": before["answers"],
        "answers_beside": beside["answers"],
        "ratio": round(beside["answers"]["median_ms"] / before["answers"]["median_ms"], 3),
    }


def _beside(server: Served) -> dict[str, Any]:
    client = Client(server.port, server.tokens[0])
    answers = measure(lambda: client.problems(), TIMES, warm=20)
    time.sleep(SETTLE_S)
    return {"answers": answers, "app_mib": tree_mib(server.pid)}


def _open(server: Served, stack: ExitStack, events: str, token: str) -> None:
    """Open a stream, and leave it open with its first event read."""
    line = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
    line.sendall(f"GET {events} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    found = b""
    while b"event: state" not in found:
        piece = line.recv(4096)
        if not piece or b" 200 " not in (found + piece).split(b"\r\n")[0]:
            raise RuntimeError(f"GET {events}: {found + piece!r}")
        found += piece
