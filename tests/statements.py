"""Listens to what is sent to a database: which statements, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass(frozen=True)
class Statement:
    """As the driver got it."""

    text: str
    parameters: Any


@contextmanager
def heard(engine: sa.Engine) -> Iterator[list[Statement]]:
    """Every statement of the block, in order. Those that begin or end something are not among them."""
    found: list[Statement] = []

    def hear(_line: Any, _cursor: Any, text: str, parameters: Any, _context: Any, many: bool) -> None:
        found.append(Statement(text, parameters[0] if many else parameters))

    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)
