"""Reads many rows without holding them all: a few at a time, and the cursor is closed whatever ends the reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

AT_ONCE = 20
"""Rows that are in memory at a time: some are hundreds of kilobytes."""


def rows(session: Session, query: sa.Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """The rows of a query, in its order."""
    with session.execute(query.execution_options(yield_per=AT_ONCE)) as found:
        yield from found
