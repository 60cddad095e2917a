"""Keeps the last good copy of every base in PostgreSQL."""

import time
from dataclasses import dataclass

import psycopg
from psycopg.types.json import Jsonb

TABLE = """
CREATE TABLE IF NOT EXISTS rates (
    base text PRIMARY KEY,
    rates jsonb NOT NULL,
    fetched_at double precision NOT NULL
)
"""


@dataclass(frozen=True)
class Copy:
    """`fetched_at` is in seconds since 1970: a clock that a restart does not set back."""

    rates: dict
    fetched_at: float

    def age_s(self):
        return max(0.0, time.time() - self.fetched_at)


class Store:
    def __init__(self, url):
        self._url = url
        with psycopg.connect(url) as line:
            line.execute(TABLE)

    def load(self, base):
        with psycopg.connect(self._url) as line:
            row = line.execute("SELECT rates, fetched_at FROM rates WHERE base = %s", (base,)).fetchone()
        return Copy(*row) if row else None

    def save(self, base, copy):
        with psycopg.connect(self._url) as line:
            line.execute(
                "INSERT INTO rates VALUES (%s, %s, %s) ON CONFLICT (base)"
                " DO UPDATE SET rates = EXCLUDED.rates, fetched_at = EXCLUDED.fetched_at",
                (base, Jsonb(copy.rates), copy.fetched_at),
            )
