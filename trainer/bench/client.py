"""A student as a program: submits by the API and waits for the verdict, as the page does."""

from __future__ import annotations

import http.client
import json
from typing import Any


class Client:
    """One student with one connection at a time. Not for several threads."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def judged(self, slug: str, source: str) -> dict[str, Any]:
        """Submit, follow the events until the verdict is there, and read it."""
        body = {"language": "python", "source": source}
        sent = self._call("POST", f"/api/v1/problems/{slug}/submissions", body)
        self._follow(sent["events"])
        state = self._call("GET", sent["url"])
        self._connection.close()  # the server would, after two idle seconds
        assert state["status"] == "judged", state
        return state

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        self._connection.request(method, path, json.dumps(body) if body else None, self._headers)
        response = self._connection.getresponse()
        answer = json.loads(response.read())
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {answer}")
        found: dict[str, Any] = answer
        return found

    def _follow(self, events: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        connection.request("GET", events, headers=self._headers)
        with connection.getresponse() as response:
            if response.status != 200:
                raise RuntimeError(f"GET {events}: {response.status}")
            for line in response:
                if line.startswith(b"event: judged"):
                    break
        connection.close()
