"""Connections to PostgreSQL: a few, made when they are first wanted and then lent out again and again."""

import os
import queue
from contextlib import contextmanager

import psycopg
from psycopg.rows import dict_row

POOL_SIZE = 10

idle = queue.LifoQueue()
for _ in range(POOL_SIZE):
    idle.put(None)


@contextmanager
def transaction():
    """Lend a connection. What happens in the block is kept as a whole, or not at all if it raises."""
    db = idle.get()
    try:
        if db is None or db.closed:
            db = psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row)
        with db.transaction():
            yield db
    finally:
        idle.put(db)
