"""The scripted API that a service consumes."""

from __future__ import annotations

from typing import Any

import httpx

WITHIN_S = 5.0
URL = "http://127.0.0.1:9000"
NO_REUSE = httpx.Limits(max_keepalive_connections=0)


class Upstream:
    """Says what the other company's API answers, and what it was asked."""

    def __init__(self, secret: str) -> None:
        self._http = httpx.Client(
            base_url=URL, headers={"X-Control": secret}, trust_env=False, timeout=WITHIN_S, limits=NO_REUSE
        )

    def answers(self, path: str, *answers: dict[str, Any]) -> None:
        """Answer a path with these, one after the other, the last one for ever.

        Each is {"status": 200, "json": …} with, if wanted, "text", "headers", "delay_s", or "drop": True.
        """
        self._http.put("/_control", json={"path": path, "answers": list(answers)}).raise_for_status()

    def calls(self, path: str = "") -> list[dict[str, Any]]:
        """Requests so far, of one path or of all: method, path, headers, body, `at` in seconds of its own clock."""
        found: list[dict[str, Any]] = self._http.get("/_control").raise_for_status().json()["calls"]
        return [call for call in found if not path or call["path"].split("?")[0] == path]

    def forget(self) -> None:
        """Begin to count anew."""
        self._http.delete("/_control").raise_for_status()
