"""The queue, as a table. Every step of a job's life is one transaction; between two of them anything may be killed."""

import os

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

TABLES = """
CREATE TABLE IF NOT EXISTS jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client text NOT NULL,
    key text NOT NULL,
    form jsonb NOT NULL,
    state text NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts int NOT NULL DEFAULT 0,
    number int,
    result jsonb,
    error text,
    UNIQUE (client, key),
    UNIQUE (client, number)
);
CREATE INDEX IF NOT EXISTS jobs_queued ON jobs (id) WHERE state = 'queued';
CREATE TABLE IF NOT EXISTS clients (
    name text PRIMARY KEY,
    last_number int NOT NULL
);
"""
MAX_ATTEMPTS = int(os.environ["MAX_ATTEMPTS"])
RETRY_DELAY_S = float(os.environ["RETRY_DELAY_S"])


def connect():
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, row_factory=dict_row)


def prepare():
    """Before any worker runs: what is running now was cut off, and waits again."""
    with connect() as line:
        line.execute(TABLES)
        line.execute("UPDATE jobs SET state = 'queued' WHERE state = 'running'")


def add(client, key, form):
    """The job of this key, and whether it is new. The unique key decides between two that come at once."""
    with connect() as line:
        new = line.execute(
            "INSERT INTO jobs (client, key, form) VALUES (%s, %s, %s) ON CONFLICT (client, key) DO NOTHING RETURNING *",
            (client, key, Jsonb(form)),
        ).fetchone()
        if new:
            return new, True
        return line.execute("SELECT * FROM jobs WHERE client = %s AND key = %s", (client, key)).fetchone(), False


def find(job_id):
    with connect() as line:
        return line.execute("SELECT * FROM jobs WHERE id = %s", (job_id,)).fetchone()


def cancel(job_id):
    """The cancelled job, or None where it was not queued."""
    with connect() as line:
        return line.execute(
            "UPDATE jobs SET state = 'cancelled' WHERE id = %s AND state = 'queued' RETURNING *", (job_id,)
        ).fetchone()


def count():
    with connect() as line:
        return line.execute(
            "SELECT count(*) FILTER (WHERE state = 'queued') AS queued,"
            " count(*) FILTER (WHERE state = 'running') AS running FROM jobs"
        ).fetchone()


def claim(line):
    """Take the oldest job that is due, or None. Two workers never get the same one, and neither waits for the other."""
    return line.execute(
        """
        UPDATE jobs SET state = 'running'
        WHERE id = (
            SELECT id FROM jobs
            WHERE state = 'queued' AND due_at <= now()
            ORDER BY id LIMIT 1
            FOR UPDATE SKIP LOCKED
        )
        RETURNING *
        """
    ).fetchone()


def finish(line, job, result):
    """Done, with the client's next number: both or neither."""
    with line.transaction():
        taken = line.execute(
            "INSERT INTO clients VALUES (%s, 1)"
            " ON CONFLICT (name) DO UPDATE SET last_number = clients.last_number + 1 RETURNING last_number",
            (job["client"],),
        ).fetchone()
        line.execute(
            "UPDATE jobs SET state = 'done', attempts = attempts + 1, result = %s, number = %s WHERE id = %s",
            (Jsonb(result), taken["last_number"], job["id"]),
        )


def fail(line, job, error):
    """Try again later, or give up."""
    again = job["attempts"] + 1 < MAX_ATTEMPTS
    line.execute(
        "UPDATE jobs SET state = %s, attempts = attempts + 1, error = %s,"
        " due_at = now() + make_interval(secs => %s) WHERE id = %s",
        ("queued" if again else "failed", error, RETRY_DELAY_S, job["id"]),
    )
