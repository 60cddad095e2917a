"""Looks into the service's database, through a role that only the suite knows and that writes nothing."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from suite.expectations import Mismatch

TEXT_TYPES = ("text", "character varying", "character", "json", "jsonb", "bytea")


class Peek:
    """Asks PostgreSQL. Each question is a transaction of its own."""

    def __init__(self, url: str) -> None:
        self._url = url

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Raises Mismatch where the service has no such table or column."""
        try:
            with psycopg.connect(self._url, row_factory=dict_row, connect_timeout=5) as line:
                return line.execute(query, values).fetchall()  # type: ignore[arg-type]
        except psycopg.Error as error:
            raise Mismatch("rows in the database", str(error).splitlines()[0]) from None

    def value(self, query: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.rows(query, *values)
        return next(iter(found[0].values())) if found else None

    def tables(self) -> list[str]:
        """Tables that the service made."""
        found = self.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'app' ORDER BY 1")
        return [row["name"] for row in found]

    def find(self, text: str) -> list[str]:
        """Where a text stands in any column that can hold one, as table.column: for what must not be stored."""
        columns = self.rows(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'app' AND data_type = ANY(%s) ORDER BY 1, 2",
            list(TEXT_TYPES),
        )
        return [
            f"{column['table_name']}.{column['column_name']}"
            for column in columns
            if self._holds(column["table_name"], column["column_name"], text)
        ]

    def _holds(self, table: str, column: str, text: str) -> bool:
        """Bytes are written as hexadecimal digits: the text is looked for in this form, too."""
        held = sql.SQL("{}::text").format(sql.Identifier(column))
        query = sql.SQL("SELECT 1 FROM app.{} WHERE position(%s IN {}) > 0 OR position(%s IN {}) > 0 LIMIT 1").format(
            sql.Identifier(table), held, held
        )
        with psycopg.connect(self._url, connect_timeout=5) as line:
            return line.execute(query, (text, text.encode().hex())).fetchone() is not None
