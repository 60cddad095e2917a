"""Cookies as browsers keep them for a service on the same machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from suite.client import Client
from suite.cookies import Jar

from tests.sandbox.suite_library.raw import Line, Service, serving

COOKIE = b"Set-Cookie: session=x; HttpOnly; Secure; SameSite=Lax; Path=/\r\n"
PAST, FUTURE = "Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 09 Jun 2038 10:18:14 GMT"


def after(*headers: str, path: str = "/login", host: str = "127.0.0.1") -> Jar:
    jar = Jar(host)
    jar.take(list(headers), path)
    return jar


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize(
    "said",
    [
        "s=x",
        "s=x; HttpOnly; Secure; SameSite=Lax",
        "s=x;secure;SAMESITE=strict;Path=/",
        "s=x; SameSite=None; Secure",
        "s=x; Path=",
        "s=x; Path=nonsense",
        f"s=x; Expires={FUTURE}",
        "s=x; Expires=nonsense",
        "s=x; Max-Age=60",
        "s=x; Max-Age=nonsense",
        f"s=x; Max-Age=60; Expires={PAST}",
        "s=x; Partitioned; Priority=High",
        "s = x ",
        "a=b; junk",
    ],
)
def test_kept(said: str, host: str) -> None:
    name = said[0]
    assert after(said, host=host).header("/me") == f"{name}={'b' if name == 'a' else 'x'}"


@pytest.mark.parametrize(
    "said",
    [
        "s",
        "=x",
        "s=x; Max-Age=0",
        "s=x; Max-Age=-1",
        f"s=x; Max-Age=0; Expires={FUTURE}",
        f"s=x; Expires={PAST}",
        "s=x; Expires=Thu, 01-Jan-1970 00:00:00 GMT",
        "s=x; SameSite=None",
        "s=x; Domain=example.org",
        "s=x; Domain=0.0.1",
        "s=x\x01",
        f"s={'x' * 4096}",
    ],
)
def test_not_kept(said: str) -> None:
    assert after(said).header("/me") == ""


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("__Host-s=x; Secure; Path=/", True),
        ("__Host-s=x; Secure; Path=/; HttpOnly; SameSite=Strict", True),
        ("__host-s=x; Path=/", False),
        ("__Host-s=x; Secure", False),
        ("__Host-s=x; Secure; Path=/app", False),
        ("__Host-s=x; Secure; Path=/; Domain=127.0.0.1", False),
        ("__Secure-s=x; Secure", True),
        ("__Secure-s=x", False),
    ],
)
def test_prefixes(said: str, kept: bool) -> None:
    assert bool(after(said, path="/").header("/")) is kept


@pytest.mark.parametrize(
    ("said", "path"), [("s=", "/login"), ("s=gone; Max-Age=0", "/x"), (f"s=; Expires={PAST}; Path=/", "/deep/er")]
)
def test_deleted_or_emptied(said: str, path: str) -> None:
    jar = after("s=x; Secure; Path=/", "other=1; Path=/")
    jar.take([said], path)
    assert jar.values().get("s", "") == ""


def test_a_cookie_of_another_path_is_another_cookie() -> None:
    jar = after("s=root; Path=/", "s=app; Path=/app")
    jar.take(["s=; Max-Age=0; Path=/app"], "/")
    assert jar.header("/app/x") == "s=root"


@pytest.mark.parametrize(
    ("path", "asked", "sent"),
    [
        ("/app", "/app", True),
        ("/app", "/app/x?y=/", True),
        ("/app", "/app?x", True),
        ("/app", "/apple", False),
        ("/app", "/", False),
        ("/app/", "/app", False),
        ("/app/", "/app/x", True),
        ("/", "//odd", True),
    ],
)
def test_paths(path: str, asked: str, sent: bool) -> None:
    assert bool(after(f"s=x; Path={path}").header(asked)) is sent


@pytest.mark.parametrize(("set_at", "folder"), [("/login", "/"), ("/app/login?next=/a/b", "/app"), ("/app/", "/app")])
def test_without_a_path_a_cookie_is_of_its_folder(set_at: str, folder: str) -> None:
    jar = after("s=x", path=set_at)
    assert jar.header(folder) == "s=x"
    assert (jar.header("/other") == "s=x") is (folder == "/")


def test_longer_paths_come_first_then_older_cookies() -> None:
    jar = after("a=1; Path=/", "b=2; Path=/app", "c=3; Path=/app", "d=4; Path=/")
    jar.take(["a=5; Path=/"], "/")
    assert jar.header("/app") == "b=2; c=3; a=5; d=4"


def test_a_cookie_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr("suite.cookies.time.time", lambda: now)
    jar = after("s=x; Max-Age=10")
    now += 9
    assert jar.header("/") == "s=x"
    now += 2
    assert (jar.header("/"), jar.values()) == ("", {})


def logs_in(line: Line) -> None:
    """Sets a cookie for TLS alone, and tells who has it."""
    while line.hear():
        knows = b"cookie: session=x" in line.head.lower()
        given = COOKIE if b" /login " in line.head else b""
        line.say(b"HTTP/1.1 ", b"200 OK" if knows or given else b"401 X", b"\r\n", given, b"Content-Length: 0\r\n\r\n")


def test_a_secure_cookie_is_sent_back(client_of: Callable[[Service], Client]) -> None:
    with serving(logs_in) as service:
        client = client_of(service)
        client.get("/me").status_is(401)
        client.post("/login").status_is(200)
        client.get("/me").status_is(200)
        client.fresh().get("/me").status_is(401)


def test_a_cookie_header_of_the_step_is_sent_alone(client_of: Callable[[Service], Client]) -> None:
    with serving(logs_in) as service:
        client = client_of(service)
        client.post("/login")
        client.get("/me", headers={"cookie": "session=y"}).status_is(401)
        assert service.heads[-1].lower().count(b"cookie:") == 1
