"""The cookies of a client, kept and sent back as browsers do it: RFC 6265 and its successor, for one host.

The service is on this machine. Browsers trust such a connection as they trust TLS, so `Secure` cookies are kept and
sent over plain HTTP.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from http.cookiejar import http2time

MOST_TEXT = 4096
"""Characters of a name and its value. Browsers drop larger cookies."""
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True)
class Cookie:
    """One Set-Cookie header. `attributes` have their names in small letters; one without a value has an empty one."""

    name: str
    value: str
    attributes: dict[str, str] = field(default_factory=dict)

    def expires_at(self, now: float) -> float | None:
        """Seconds since 1970, or None for as long as the client lives. Max-Age counts before Expires."""
        age = self.attributes.get("max-age", "")
        if re.fullmatch(r"-?[0-9]+", age):
            return now + int(age) if int(age) > 0 else 0.0
        return http2time(self.attributes.get("expires", ""))


def parsed(header: str) -> Cookie | None:
    """What a Set-Cookie header says, or None where it says nothing that a browser takes."""
    if _CONTROLS.search(header):
        return None
    pair, *rest = header.split(";")
    name, equals, value = pair.partition("=")
    attributes = {}
    for part in rest:
        key, _, text = part.partition("=")
        attributes[key.strip().lower()] = text.strip()
    name, value = name.strip(), value.strip()
    return Cookie(name, value, attributes) if equals and name and len(name + value) <= MOST_TEXT else None


@dataclass
class _Kept:
    value: str
    path: str
    expires_at: float | None


class Jar:
    """Cookies by name and path, in the order in which they came."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._kept: dict[tuple[str, str], _Kept] = {}

    def take(self, headers: list[str], request_path: str) -> None:
        """Keep what an answer's Set-Cookie headers say; an end in the past deletes."""
        for header in headers:
            cookie = parsed(header)
            if cookie and self._is_welcome(cookie):
                self._keep(cookie, request_path)

    def header(self, request_path: str) -> str:
        """What the Cookie header of a request says, or an empty text: longer paths first, then older cookies."""
        now = time.time()
        fitting = [
            (name, kept)
            for (name, _), kept in self._kept.items()
            if _covers(kept.path, request_path) and _lives(kept, now)
        ]
        fitting.sort(key=lambda pair: -len(pair[1].path))
        return "; ".join(f"{name}={kept.value}" for name, kept in fitting)

    def values(self) -> dict[str, str]:
        """Every cookie that lives, by its name."""
        now = time.time()
        return {name: kept.value for (name, _), kept in self._kept.items() if _lives(kept, now)}

    def _is_welcome(self, cookie: Cookie) -> bool:
        said = cookie.attributes
        secure, domain, name = "secure" in said, said.get("domain", "").lstrip(".").lower(), cookie.name.lower()
        if domain and domain != self._host:
            return False
        if name.startswith("__host-"):
            return secure and said.get("path") == "/" and "domain" not in said
        if name.startswith("__secure-") or said.get("samesite", "").lower() == "none":
            return secure
        return True

    def _keep(self, cookie: Cookie, request_path: str) -> None:
        now = time.time()
        path = cookie.attributes.get("path", "")
        path = path if path.startswith("/") else _folder_of(request_path)
        kept = _Kept(cookie.value, path, cookie.expires_at(now))
        if _lives(kept, now):
            self._kept[cookie.name, path] = kept
        else:
            self._kept.pop((cookie.name, path), None)


def _lives(kept: _Kept, now: float) -> bool:
    return kept.expires_at is None or kept.expires_at > now


def _folder_of(request_path: str) -> str:
    """The path of a cookie that names none: the request's, up to its last slash."""
    path = request_path.split("?")[0]
    return path[: path.rfind("/")] or "/" if path.startswith("/") else "/"


def _covers(path: str, request_path: str) -> bool:
    asked = request_path.split("?")[0]
    return asked == path or (asked.startswith(path) and (path.endswith("/") or asked[len(path)] == "/"))
