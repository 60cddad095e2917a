"""JSON that is written piece by piece, so that a large answer never stands in memory as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

STEP = "  "


def pieces(value: Any, margin: str = "") -> Iterator[str]:
    """The text of a JSON value, indented. Iterators become lists, and are read one item at a time."""
    if isinstance(value, Mapping):
        pairs = ((f"{json.dumps(str(key), ensure_ascii=False)}: ", item) for key, item in value.items())
        yield from _inside("{", pairs, "}", margin)
    elif isinstance(value, list | tuple | Iterator):
        yield from _inside("[", (("", item) for item in value), "]", margin)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _inside(opening: str, items: Iterable[tuple[str, Any]], closing: str, margin: str) -> Iterator[str]:
    within, any_yet = margin + STEP, False
    yield opening
    for label, item in items:
        yield (",\n" if any_yet else "\n") + within + label
        yield from pieces(item, within)
        any_yet = True
    yield f"\n{margin}{closing}" if any_yet else closing
