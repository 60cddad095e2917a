"""A request of the student's own goes where it should, or its reason is in words."""

from __future__ import annotations

from typing import Any

import pytest
from suite.client import Transcript

from sandbox.images.suite.plugin import request_once
from tests.sandbox.suite_library.raw import kept, serving


def asked(path: str, **more: Any) -> dict[str, Any]:
    return request_once(Transcript(), {"method": "GET", "path": path, "headers": [], "body": "", **more})


@pytest.mark.parametrize(
    ("path", "target"), [("notes", "/notes"), ("", "/"), ("//a b", "//a%20b"), ("http://localhost:8000/x", "/x")]
)
def test_it_is_sent_from_the_root(path: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(kept(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as service:
        monkeypatch.setattr("suite.client.Client.__init__.__defaults__", (service.url,))
        found = asked(path)
        assert (found["outcome"], service.first_lines()) == ("passed", [f"GET {target} HTTP/1.1"])


@pytest.mark.parametrize("more", [{"path": "http://example.org/"}, {"path": "/", "method": "G T"}])
def test_what_cannot_be_sent_says_why(more: dict[str, Any]) -> None:
    found = asked(**more)
    assert found["outcome"] == "failed"
    assert found["reason"].startswith("The request could not be sent: ")
