"""People in PostgreSQL, known by their address."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg.rows import class_row

from people import Person

Connection = psycopg.Connection[Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS people (
    email text PRIMARY KEY,
    name text NOT NULL,
    town text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
"""

SAVE = """
INSERT INTO people (email, name, town) VALUES (%s, %s, %s)
ON CONFLICT (email) DO UPDATE SET name = excluded.name, town = excluded.town, changed_at = now()
"""


def connect() -> Connection:
    """One connection for one request. Leaving its block commits, an exception rolls back."""
    return psycopg.connect(os.environ["DATABASE_URL"])


def create_tables() -> None:
    with connect() as db:
        db.execute(SCHEMA)


def save(db: Connection, people: Iterable[Person]) -> None:
    """Add them; who is known is changed."""
    with db.cursor() as cursor:
        cursor.executemany(SAVE, [(person.email, person.name, person.town) for person in people])


def find(db: Connection, email: str) -> Person | None:
    with db.cursor(row_factory=class_row(Person)) as cursor:
        return cursor.execute("SELECT email, name, town FROM people WHERE email = %s", (email.lower(),)).fetchone()


def everybody(db: Connection) -> list[Person]:
    """All people, by address."""
    with db.cursor(row_factory=class_row(Person)) as cursor:
        return cursor.execute('SELECT email, name, town FROM people ORDER BY email COLLATE "C"').fetchall()


def remove(db: Connection, email: str) -> bool:
    """Was there such a person?"""
    return db.execute("DELETE FROM people WHERE email = %s", (email.lower(),)).rowcount == 1
