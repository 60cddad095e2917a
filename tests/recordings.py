"""Counts, within the database, how often a verdict is recorded of each submission."""

from __future__ import annotations

import sqlalchemy as sa

WATCH = {
    "sqlite": (
        "CREATE TABLE recorded (id INTEGER)",
        """
        CREATE TRIGGER watch_recording AFTER UPDATE OF verdict ON submissions WHEN NEW.verdict IS NOT NULL
        BEGIN INSERT INTO recorded VALUES (NEW.id); END
        """,
    ),
    "postgresql": (
        "CREATE TABLE recorded (id INTEGER)",
        """
        CREATE FUNCTION record() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO recorded VALUES (NEW.id); RETURN NEW; END $$
        """,
        """
        CREATE TRIGGER watch_recording AFTER UPDATE OF verdict ON submissions
        FOR EACH ROW WHEN (NEW.verdict IS NOT NULL) EXECUTE FUNCTION record()
        """,
    ),
}
COUNTS = "SELECT id, count(*) AS times FROM recorded GROUP BY id"


def watch(engine: sa.Engine) -> None:
    """Count from now on."""
    with engine.begin() as connection:
        for statement in WATCH[engine.dialect.name]:
            connection.exec_driver_sql(statement)


def counts(engine: sa.Engine) -> dict[int, int]:
    """How often a verdict was recorded, by submission."""
    with engine.connect() as connection:
        return {row.id: row.times for row in connection.exec_driver_sql(COUNTS)}
