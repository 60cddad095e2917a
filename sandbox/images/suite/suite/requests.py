"""What a request says on the wire: what the step says, and nothing else."""

from __future__ import annotations

import json as json_
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

DEFAULTS = {"User-Agent": "suite", "Accept-Encoding": "identity", "Accept": "application/json"}
WITH_LENGTH = ("POST", "PUT", "PATCH")
"""Methods that say their length also where it is 0: some servers refuse them without one."""
_OWN_ORIGIN = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?(?=[/?#]|$)", re.IGNORECASE)
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_AS_IT_IS = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True)
class Request:
    """`headers` are those that are sent, `given` those among them that the step asked for."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    given: list[tuple[str, str]]
    content: bytes


def made(
    method: str,
    path: str,
    host: str,
    *,
    json: Any = None,
    body: str | bytes | None = None,
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    token: str | None = None,
) -> Request:
    """Raises ValueError where the path leads to another host, or nowhere."""
    given = {str(name): str(text).strip() for name, text in (headers or {}).items()}
    if token is not None:
        given["Authorization"] = f"Bearer {token}".strip()
    if json is not None:
        body = json_.dumps(json)
        _add(given, "Content-Type", "application/json")
    content = body.encode() if isinstance(body, str) else body or b""
    sent = {"Host": host, **DEFAULTS}
    for name, text in given.items():
        _replace(sent, name, text)
    if (content or method in WITH_LENGTH) and not _has(sent, "Transfer-Encoding"):
        _add(sent, "Content-Length", str(len(content)))
    return Request(method, target_of(path, params), list(sent.items()), list(given.items()), content)


def target_of(path: str, params: Mapping[str, Any] | None = None) -> str:
    """The path as it is written; what cannot be sent so, such as blanks and letters beyond ASCII, is percent-encoded.

    A Location that names this service's own address leads to its path. Raises ValueError.
    """
    own = _OWN_ORIGIN.match(path)
    if own:
        path = path[own.end() :].split("#")[0]
        path = path if path.startswith("/") else f"/{path}"
    if not path.startswith("/") and path != "*":
        raise ValueError(f"{path[:200]!r} {'leads to another host' if _ORIGIN.match(path) else 'begins without a /'}")
    target = quote(path, safe=_AS_IT_IS)
    if params:
        target += ("&" if "?" in target else "?") + urlencode(_plain(params), doseq=True, quote_via=quote, safe="")
    return target


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [_word(one) for one in value] if isinstance(value, list | tuple) else _word(value)
        for name, value in params.items()
    }


def _word(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _has(headers: dict[str, str], name: str) -> bool:
    """However its letters are written."""
    return name.lower() in {known.lower() for known in headers}


def _add(headers: dict[str, str], name: str, text: str) -> None:
    if not _has(headers, name):
        headers[name] = text


def _replace(headers: dict[str, str], name: str, text: str) -> None:
    for known in [known for known in headers if known.lower() == name.lower()]:
        del headers[known]
    headers[name] = text
