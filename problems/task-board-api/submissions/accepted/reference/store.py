"""Tasks in PostgreSQL. Each function is one statement, so each is one transaction."""

import os

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

TABLE = """
CREATE TABLE IF NOT EXISTS tasks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    status text NOT NULL,
    priority integer NOT NULL,
    assignee text
)
"""
ADD = """
INSERT INTO tasks (title, status, priority, assignee)
VALUES (%(title)s, %(status)s, %(priority)s, %(assignee)s)
RETURNING *
"""
CHANGE = "UPDATE tasks SET {changes} WHERE id = {id} RETURNING *"
DELETE = "DELETE FROM tasks WHERE id = %s RETURNING *"
PAGE = """
SELECT * FROM tasks
WHERE id > %(after)s
  AND (%(status)s::text IS NULL OR status = %(status)s)
  AND (%(assignee)s::text IS NULL OR assignee = %(assignee)s)
  AND (%(q)s::text IS NULL OR position(lower(%(q)s) IN lower(title)) > 0)
ORDER BY id
LIMIT %(limit)s + 1
"""


def connect():
    """A connection of one request's own. Left without an error, it commits."""
    return psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row)


def make_tables():
    with connect() as db:
        db.execute(TABLE)


def add(task):
    with connect() as db:
        return db.execute(ADD, task).fetchone()


def get(task_id):
    with connect() as db:
        return db.execute("SELECT * FROM tasks WHERE id = %s", [task_id]).fetchone()


def change(task_id, fields):
    """The task with these fields changed, or None. Other columns are not touched, so parallel changes hold."""
    if not fields:
        return get(task_id)
    changes = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in fields
    )
    query = sql.SQL(CHANGE).format(changes=changes, id=sql.Placeholder("id"))
    with connect() as db:
        return db.execute(query, {**fields, "id": task_id}).fetchone()


def delete(task_id):
    """The task that was deleted, or None. Of several callers at once one gets it."""
    with connect() as db:
        return db.execute(DELETE, [task_id]).fetchone()


def page(after, limit, **filters):
    """The tasks of a page, and where the next one begins. One row more is read to know whether there is one."""
    with connect() as db:
        rows = db.execute(PAGE, {"after": after, "limit": limit, **filters}).fetchall()
    items = rows[:limit]
    return items, str(items[-1]["id"]) if len(rows) > limit else None
