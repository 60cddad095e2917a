"""How a browser asks: for a whole page, or for the piece of it that a script puts in place."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request


def wants_fragment() -> bool:
    return "X-Fragment" in request.headers


def safe_next(address: str | None, fallback: str) -> str:
    """Where to go on, if the address is one of ours: nobody is sent elsewhere by a link."""
    if not address or "\\" in address or any(ord(c) < 32 for c in address):
        return fallback
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not address.startswith("//")
    return address if ours else fallback
