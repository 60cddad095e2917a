"""Which icon stands for what, by the label that a kind gives its problems."""

from __future__ import annotations

_ICONS = {
    "function": "code",
    "class": "class",
    "sql": "sql",
    "quiz": "talk",
    "service": "service",
    "debug": "debug",
}


def icon_of(label: str) -> str:
    """Its name among the icons of pages."""
    return _ICONS.get(label, "code")
