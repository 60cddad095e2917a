"""The tables, and a connection to them."""

import os

import psycopg
from psycopg.rows import dict_row

TABLES = """
CREATE TABLE IF NOT EXISTS accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    role text NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts
);
CREATE TABLE IF NOT EXISTS refresh_tokens (
    digest bytea PRIMARY KEY,
    session_id bigint NOT NULL REFERENCES sessions ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    used boolean NOT NULL DEFAULT false
);
CREATE TABLE IF NOT EXISTS login_failures (
    email text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS login_failures_by_email ON login_failures (email, at);
"""


def connect():
    """A connection of one request's own. Left without an error, it commits."""
    return psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row)


def make_tables():
    with connect() as db:
        db.execute(TABLES)
