"""A student as a program: submits by the API and waits for the verdict, as the page does."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Client:
    """One student. Each call has its own connection: the server closes those that idle while a verdict is made."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def judged(self, slug: str, source: str, language: str = "python") -> dict[str, Any]:
        """Submit, follow the events until the verdict is there, and read it."""
        sent = self.submit(slug, source, language)
        self._follow(sent["events"])
        state = self._call("GET", sent["url"])
        assert state["status"] == "judged", state
        return state

    def submit(self, slug: str, source: str, language: str = "python") -> dict[str, Any]:
        return self._call("POST", f"/api/v1/problems/{slug}/submissions", {"language": language, "source": source})

    def problems(self) -> dict[str, Any]:
        """The list of problems: what an ordinary request costs."""
        return self._call("GET", "/api/v1/problems")

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        with self._ask(method, path, json.dumps(body) if body else None) as response:
            answer = json.loads(response.read())
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {answer}")
        found: dict[str, Any] = answer
        return found

    def _follow(self, events: str) -> None:
        with self._ask("GET", events) as response:
            if response.status != 200:
                raise RuntimeError(f"GET {events}: {response.status}")
            for line in response:
                if line.startswith(b"event: judged"):
                    break

    @contextmanager
    def _ask(self, method: str, path: str, body: str | None = None) -> Iterator[http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, body, self._headers)
            yield connection.getresponse()
        finally:
            connection.close()
