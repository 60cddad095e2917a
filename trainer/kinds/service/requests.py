"""A request of the student's own, as the console sends it: method, path, headers a line each, body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trainer.errors import InputError

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
FIELDS = {"method": "POST", "path": "/items", "headers": "Authorization: Bearer …", "body": '{"name": "…"}'}
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}")
_PATH = re.compile(r"/[\x21-\x7e]{0,1999}")
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
MOST_HEADERS = 30


def read_request(texts: Mapping[str, str]) -> dict[str, Any]:
    """The request. Raises InputError, which names the field and how to fix it."""
    for name in texts:
        if name not in FIELDS:
            raise InputError(f"A request has no field {name[:40]!r}: it has {', '.join(FIELDS)}.", name[:40])
    method = texts.get("method", "GET").strip().upper()
    if method not in METHODS:
        raise InputError(f"{method[:20]!r} is no method. Take one of: {', '.join(METHODS)}.", "method")
    path = texts.get("path", "").strip()
    if not _PATH.fullmatch(path):
        raise InputError("A path begins with / and has no blanks: /items?page=2.", "path")
    body = texts.get("body", "")
    if _UNSENDABLE.search(body):
        raise InputError("The body holds a character that cannot be sent: NUL, or half a character.", "body")
    headers = _headers(texts.get("headers", ""))
    if body.strip() and not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(["Content-Type", "application/json"])
    return {"method": method, "path": path, "headers": headers, "body": body}


def _headers(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_HEADERS:
        raise InputError(f"A request takes at most {MOST_HEADERS} headers.", "headers")
    found = []
    for number, line in enumerate(lines, 1):
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name.strip()) or not value.strip().isprintable():
            raise InputError(f"Line {number} of the headers is none. Write 'Name: text' on each line.", "headers")
        if not value.isascii():
            raise InputError(f"Line {number} of the headers has letters that headers cannot carry.", "headers")
        found.append([name.strip(), value.strip()])
    return found
