"""The database: a connection for each request, and the tables."""

import os
from pathlib import Path

import psycopg
from psycopg.rows import dict_row


def connect():
    """As a context manager: each statement takes effect at once, and the end of the block closes the connection."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, row_factory=dict_row)


def create_tables():
    with connect() as conn:
        conn.execute(Path(__file__).with_name("schema.sql").read_text())
