"""Another company's API, as a hidden suite wants it to be: slow, failing, wrong, or well.

The suite scripts it through /_control, with a secret that the service does not have: for a path a list of answers,
given one after the other, the last one for ever. Every request is noted.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PORT = 9000
MOST_CALLS = 2000
MOST_BODY = 64 << 10
LONGEST_DELAY_S = 20.0
UNKNOWN = {"status": 404, "json": {"error": "no such thing"}}


class _Script:
    """What to answer, by path, and what was asked."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.calls: list[dict[str, Any]] = []

    def next(self, path: str) -> dict[str, Any]:
        answers = self.answers.get(path) or [UNKNOWN]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def serve_upstream(secret: str) -> None:
    """Serve until the process is ended."""
    script = _Script()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def _answer(self) -> None:
            body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST_BODY))
            if self.path == "/_control":
                self._control(body)
                return
            path = self.path.split("?")[0]
            with script.lock:
                if len(script.calls) < MOST_CALLS:
                    script.calls.append(
                        {
                            "method": self.command,
                            "path": self.path,
                            "headers": {name.lower(): text for name, text in self.headers.items()},
                            "body": body.decode("utf-8", "replace"),
                            "at": time.monotonic(),
                        }
                    )
                answer = script.next(path)
            time.sleep(min(answer.get("delay_s", 0), LONGEST_DELAY_S))
            if answer.get("drop"):
                self.close_connection = True
                return
            self._write(answer)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

        def _control(self, body: bytes) -> None:
            if self.headers.get("X-Control") != secret:
                self._write(UNKNOWN)
                return
            with script.lock:
                if self.command == "PUT":
                    wanted = json.loads(body)
                    script.answers[wanted["path"]] = wanted["answers"]
                elif self.command == "DELETE":
                    script.calls.clear()
                calls = list(script.calls)
            self._write({"status": 200, "json": {"calls": calls, "now": time.monotonic()}})

        def _write(self, answer: dict[str, Any]) -> None:
            text = answer["text"].encode() if "text" in answer else json.dumps(answer.get("json")).encode()
            self.send_response(answer.get("status", 200))
            kind = "text/plain; charset=utf-8" if "text" in answer else "application/json"
            for name, value in ({"Content-Type": kind} | answer.get("headers", {})).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    Server(("127.0.0.1", PORT), Handler).serve_forever()
