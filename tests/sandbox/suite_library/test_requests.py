"""A request says what its step says: path, query, length, type, cookies, untouched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from suite.client import Client
from suite.requests import target_of

from tests.sandbox.suite_library.raw import Service, kept, serving

ClientOf = Callable[[Service], Client]
FINE = kept(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize(
    ("path", "params", "target"),
    [
        ("//items", None, "//items"),
        ("/a/../items/./b", None, "/a/../items/./b"),
        ("/items/", None, "/items/"),
        ("/items/a%2Fb%zz;[x]?q=%41&&r#s", None, "/items/a%2Fb%zz;[x]?q=%41&&r#s"),
        ("/items/a b/é", None, "/items/a%20b/%C3%A9"),
        ("/q?x=1", {"y": 2}, "/q?x=1&y=2"),
        ("/q", {"y": "a b+c&d=é%"}, "/q?y=a%20b%2Bc%26d%3D%C3%A9%25"),
        ("/q", {"y": ["1", 2], "on": True, "off": False, "none": None}, "/q?y=1&y=2&on=true&off=false&none="),
        ("/q", {}, "/q"),
        ("*", None, "*"),
        ("http://127.0.0.1:8000/reports/7", None, "/reports/7"),
        ("http://localhost/reports/7?x=1#here", None, "/reports/7?x=1"),
        ("http://LOCALHOST:8000", None, "/"),
        ("https://127.0.0.1?x", None, "/?x"),
    ],
)
def test_a_path_is_sent_as_it_is_written(
    path: str, params: dict[str, Any] | None, target: str, client_of: ClientOf
) -> None:
    with serving(FINE) as service:
        client_of(service).send("GET", path, params=params).status_is(200)
        assert service.first_lines() == [f"GET {target} HTTP/1.1"]


@pytest.mark.parametrize("path", ["items", "", "http://example.org/items", "http://127.0.0.1.example.org/", "ftp://x/"])
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"leads to another host|begins without a /"):
        target_of(path)


def heads_of(client_of: ClientOf, method: str, **options: Any) -> dict[str, str]:
    with serving(FINE) as service:
        client_of(service).send(method, "/", **options).status_is(200)
        lines = service.heads[0].decode().split("\r\n")[1:]
    return {name.lower(): text for name, text in (line.split(": ", 1) for line in lines)}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_what_may_have_a_body_says_its_length(method: str, client_of: ClientOf) -> None:
    head = heads_of(client_of, method)
    assert head["content-length"] == "0"
    assert "content-type" not in head
    head = heads_of(client_of, method, body="é")
    assert head["content-length"] == "2"
    assert "content-type" not in head


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "OPTIONS", "BREW"])
def test_what_has_no_body_says_nothing_of_one(method: str, client_of: ClientOf) -> None:
    assert not {"content-length", "content-type", "transfer-encoding", "expect"} & set(heads_of(client_of, method))


def test_json_has_its_type_and_length(client_of: ClientOf) -> None:
    head = heads_of(client_of, "DELETE", json={"a": 1})
    assert (head["content-type"], head["content-length"]) == ("application/json", "8")
    head = heads_of(client_of, "POST", json=[], headers={"content-type": "text/plain", "ACCEPT": "text/html"})
    assert (head["content-type"], head["accept"]) == ("text/plain", "text/html")


def test_headers_keep_their_letters_and_are_sent_once(client_of: ClientOf) -> None:
    with serving(FINE) as service:
        client_of(service).get("/", headers={"user-AGENT": "me", "X_Odd": "ü"}, token="t")
        lines = service.heads[0].split(b"\r\n")
    assert b"user-AGENT: me" in lines
    assert "X_Odd: ü".encode() in lines
    assert b"Authorization: Bearer t" in lines
    assert sum(line.lower().startswith(b"user-agent") for line in lines) == 1
    assert not any(line.lower().startswith(b"connection") for line in lines)


@pytest.mark.parametrize(
    "options", [{"method": "GET "}, {"headers": {"X": "a\r\nY: b"}}, {"headers": {"a b": "c"}}, {"headers": {"": "c"}}]
)
def test_what_is_no_request_is_said_to_be_none(options: dict[str, Any], client_of: ClientOf) -> None:
    with serving(FINE) as service:
        with pytest.raises(ValueError, match="no HTTP request"):
            client_of(service).send(**{"method": "GET", "path": "/", **options})
        assert service.heads == []


def test_servers_that_ask_for_a_length_or_mind_a_type_are_content(client_of: ClientOf) -> None:
    """WEBrick wants a length with each POST, Fastify refuses a type without a body."""

    def answer_to(head: bytes) -> bytes:
        lines = {line.split(b":")[0].lower() for line in head.split(b"\r\n")[1:]}
        if head.startswith(b"POST") and b"content-length" not in lines:
            return b"411 Length Required"
        return b"400 Bad Request" if b"content-type" in lines and b"content-length" not in lines else b"200 OK"

    def behave(line: Any) -> None:
        while line.hear():
            line.say(b"HTTP/1.1 ", answer_to(line.head), b"\r\nContent-Length: 0\r\n\r\n")

    with serving(behave) as service:
        client = client_of(service)
        client.post("/logout").status_is(200)
        client.delete("/items/1").status_is(200)
        client.post("/items", json={}).status_is(200)


def test_a_console_may_expect_to_go_on(client_of: ClientOf) -> None:
    with serving(kept(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")) as service:
        client_of(service).post("/", json={}, headers={"Expect": "100-continue"}).status_is(201)
