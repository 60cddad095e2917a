"""The board's table. Ids are random, so `place` keeps the order in which tasks were made."""

import re
import uuid
from contextlib import contextmanager

import psycopg
from problem import Problem
from psycopg.rows import dict_row

TABLE = """
CREATE TABLE IF NOT EXISTS board (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    title text NOT NULL,
    status text NOT NULL,
    priority smallint NOT NULL,
    assignee text
)
"""
FIELDS = ("title", "status", "priority", "assignee")


class Board:
    def __init__(self, url):
        self._url = url

    def prepare(self):
        with self._open() as db:
            db.execute(TABLE)

    def add(self, task):
        with self._open() as db:
            row = db.execute(
                "INSERT INTO board (id, title, status, priority, assignee) VALUES (%s, %s, %s, %s, %s) RETURNING *",
                [uuid.uuid4().hex, *(task[name] for name in FIELDS)],
            ).fetchone()
        return shown(row)

    def get(self, key):
        with self._open() as db:
            return shown(self._find(db, key, "SELECT * FROM board WHERE id = %s"))

    def change(self, key, fields):
        """Lock the row, then write it whole: a parallel change waits and sees this one."""
        with self._open() as db:
            task = self._find(db, key, "SELECT * FROM board WHERE id = %s FOR UPDATE") | fields
            db.execute(
                "UPDATE board SET title = %s, status = %s, priority = %s, assignee = %s WHERE id = %s",
                [*(task[name] for name in FIELDS), key],
            )
        return shown(task)

    def delete(self, key):
        with self._open() as db:
            self._find(db, key, "DELETE FROM board WHERE id = %s RETURNING *")

    def page(self, wanted):
        conditions, values = ["place > %s"], [wanted["after"]]
        for name in ("status", "assignee"):
            if wanted[name] is not None:
                conditions.append(f"{name} = %s")
                values.append(wanted[name])
        if wanted["q"] is not None:
            conditions.append("title ILIKE %s")
            values.append("%" + re.sub(r"([\\%_])", r"\\\1", wanted["q"]) + "%")
        query = f"SELECT * FROM board WHERE {' AND '.join(conditions)} ORDER BY place LIMIT %s"
        with self._open() as db:
            rows = db.execute(query, [*values, wanted["limit"] + 1]).fetchall()
        items = rows[: wanted["limit"]]
        following = f"p{items[-1]['place']}" if len(rows) > len(items) else None
        return {"items": [shown(row) for row in items], "next": following}

    @contextmanager
    def _open(self):
        with psycopg.connect(self._url, row_factory=dict_row) as db:
            yield db

    def _find(self, db, key, query):
        row = db.execute(query, [key]).fetchone()
        if row is None:
            raise Problem(404, "not_found")
        return row


def shown(row):
    return {name: value for name, value in row.items() if name != "place"}
