"""The database: a connection for each request, and the tables."""

import os
from pathlib import Path

import psycopg
from psycopg.rows import dict_row


def connect():
    """As a context manager: commits at the end of the block, rolls back where it raises, and closes."""
    return psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row)


def create_tables():
    with connect() as conn:
        conn.execute(Path(__file__).with_name("schema.sql").read_text())
