"""PostgreSQL, with a count of what was asked and how long it took."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import psycopg
from psycopg.rows import dict_row

TIMEOUT_MS = 3000


class Database:
    """One connection for one request. Leaving the block commits, an exception rolls back."""

    def __init__(self, timeout_ms: int = TIMEOUT_MS) -> None:
        began = time.monotonic()
        self._line = psycopg.connect(
            os.environ["DATABASE_URL"], row_factory=dict_row, options=f"-c statement_timeout={timeout_ms}"
        )
        self.connect_ms = _ms_since(began)
        self.queries = 0
        self.query_ms = 0

    def __enter__(self) -> Database:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._line.__exit__(kind, error, at)

    def rows(self, query: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        return self._ask(query, values).fetchall()

    def row(self, query: str, values: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        return self._ask(query, values).fetchone()

    def run(self, query: str, values: Mapping[str, Any] | None = None) -> None:
        self._ask(query, values)

    def _ask(self, query: str, values: Mapping[str, Any] | None) -> psycopg.Cursor[dict[str, Any]]:
        began = time.monotonic()
        try:
            return self._line.execute(query, values)
        finally:
            self.queries += 1
            self.query_ms += _ms_since(began)


def _ms_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
