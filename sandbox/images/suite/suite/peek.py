"""Looks into the service's database, through a role that only the suite knows and that writes nothing."""

from __future__ import annotations

import json
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from suite.expectations import Mismatch

COLUMNS = """
SELECT nspname, relname AS name, attname FROM pg_catalog.pg_attribute
JOIN pg_catalog.pg_class ON pg_class.oid = attrelid JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'm') AND attnum > 0 AND NOT attisdropped
AND nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
ORDER BY relname, attname
"""


class Peek:
    """Asks PostgreSQL. Each question is a transaction of its own."""

    def __init__(self, url: str) -> None:
        self._url = url

    def rows(self, query: str | sql.Composed, *values: Any) -> list[dict[str, Any]]:
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
        """Where a text stands in the database, as table.column: for what must not be stored.

        Every column is read as text, whatever its type, and so are large objects.
        """
        columns = [
            f"{column['name']}.{column['attname']}"
            for column in self.rows(COLUMNS)
            if self._holds(column["nspname"], column["name"], column["attname"], text)
        ]
        objects = self.rows("SELECT number FROM peek.large_objects_with(%s) AS number ORDER BY 1", text.encode())
        return columns + [f"large object {found['number']}" for found in objects]

    def _holds(self, schema: str, table: str, column: str, text: str) -> bool:
        """Bytes are written as hexadecimal digits, and JSON has escapes: the text is looked for in these forms, too.

        `format` writes a value as it is; a cast could be one that the service has made.
        """
        query = sql.SQL(
            "SELECT 1 AS found FROM (SELECT format('%%s', {column}) FROM {table}) AS cells (held)"
            " WHERE position(%s IN held) > 0 OR position(%s IN held) > 0 OR position(%s IN held) > 0 LIMIT 1"
        ).format(table=sql.Identifier(schema, table), column=sql.Identifier(table, column))
        return bool(self.rows(query, text, text.encode().hex(), json.dumps(text)[1:-1]))
