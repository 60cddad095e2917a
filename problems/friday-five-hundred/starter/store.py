"""Courts and bookings in PostgreSQL."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from errors import Refused

Connection = psycopg.Connection[dict[str, Any]]

SCHEMA = """
CREATE TABLE IF NOT EXISTS courts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE IF NOT EXISTS bookings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    court_id bigint NOT NULL REFERENCES courts,
    member text NOT NULL,
    starts_at timestamp NOT NULL,
    ends_at timestamp NOT NULL,
    CHECK (ends_at > starts_at)
);
CREATE INDEX IF NOT EXISTS bookings_by_court ON bookings (court_id, starts_at);
"""


def connect() -> Connection:
    """One connection for one request. Leaving its block commits, an exception rolls back."""
    return psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row, options="-c timezone=UTC")


def create_tables() -> None:
    with connect() as db:
        db.execute(SCHEMA)


def add_court(db: Connection, name: str) -> dict[str, Any]:
    return db.execute("INSERT INTO courts (name) VALUES (%s) RETURNING *", (name,)).fetchone()


def need_court(db: Connection, court_id: int) -> None:
    """Raises Refused where there is none."""
    if db.execute("SELECT 1 FROM courts WHERE id = %s", (court_id,)).fetchone() is None:
        raise Refused(404, "there is no such court")


def lock_court(db: Connection, court_id: int) -> None:
    """Nobody else books this court until the transaction ends. Raises Refused where there is none."""
    if db.execute("SELECT 1 FROM courts WHERE id = %s FOR UPDATE", (court_id,)).fetchone() is None:
        raise Refused(404, "there is no such court")


def refuse_taken(db: Connection, court_id: int, starts_at: datetime, ends_at: datetime, but: int = 0) -> None:
    """Raises Refused where another booking than `but` has a part of the slot."""
    taken = db.execute(
        "SELECT id FROM bookings WHERE court_id = %s AND id <> %s AND starts_at < %s AND ends_at > %s LIMIT 1",
        (court_id, but, ends_at, starts_at),
    ).fetchone()
    if taken:
        raise Refused(409, "the court is taken at that time")


def add_booking(db: Connection, court_id: int, member: str, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    return db.execute(
        "INSERT INTO bookings (court_id, member, starts_at, ends_at) VALUES (%s, %s, %s, %s) RETURNING *",
        (court_id, member, starts_at, ends_at),
    ).fetchone()


def booking(db: Connection, booking_id: int) -> dict[str, Any]:
    """Raises Refused where there is none."""
    found = db.execute("SELECT * FROM bookings WHERE id = %s", (booking_id,)).fetchone()
    if found is None:
        raise Refused(404, "there is no such booking")
    return found


def move_booking(db: Connection, booking_id: int, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    return db.execute(
        "UPDATE bookings SET starts_at = %s, ends_at = %s WHERE id = %s RETURNING *", (starts_at, ends_at, booking_id)
    ).fetchone()


def delete_booking(db: Connection, booking_id: int) -> None:
    db.execute("DELETE FROM bookings WHERE id = %s", (booking_id,))


def list_bookings(db: Connection, court_id: int, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Bookings that lie in the window at least in part, the earliest first."""
    return db.execute(
        "SELECT * FROM bookings WHERE court_id = %s AND starts_at < %s AND ends_at > %s ORDER BY starts_at",
        (court_id, until, since),
    ).fetchall()
