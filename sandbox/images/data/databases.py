"""The database that a data set or a service gets: made anew from a blank one, with a role that nobody had before."""

from __future__ import annotations

from psycopg.pq import ConnStatus, ExecStatus, PGconn
from psycopg.pq.abc import PGconn as Line

from sandbox.images.data.servers import ServerFailed, conninfo

BLANK = "blank"
"""The image's one database. Nobody but the administrator connects to it, and all others are copies of it."""

REMOVE = (b"DROP DATABASE IF EXISTS app WITH (FORCE)", b"DROP ROLE IF EXISTS student")
MAKE = (
    b"CREATE ROLE student LOGIN CONNECTION LIMIT 40",
    b"CREATE DATABASE app TEMPLATE blank",
    b"REVOKE ALL ON DATABASE app FROM PUBLIC",
    b"GRANT CONNECT ON DATABASE app TO student, peek",
)


class Databases:
    """Makes the database, again and again. Whatever a role could leave, in it or in its settings, goes with both."""

    def __init__(self) -> None:
        self._blank = connect_admin(BLANK)
        self._fresh = False
        self.renew()

    def renew(self) -> None:
        """Have a database that nobody used. Raises ServerFailed."""
        if not self._fresh:
            for statement in (*REMOVE, *MAKE):
                execute(self._blank, statement)
        self._fresh = True

    def used(self) -> None:
        """Somebody uses the database: the next one needs another."""
        self._fresh = False

    def reconnect(self) -> None:
        """The server began anew."""
        self._blank = connect_admin(BLANK)


def connect_admin(database: str = "app") -> Line:
    """A connection of the administrator. Raises ServerFailed."""
    line = PGconn.connect(conninfo("admin", database))
    if line.status != ConnStatus.OK:
        raise ServerFailed(f"PostgreSQL takes no connection: {line.error_message.decode(errors='replace')}")
    return line


def execute(line: Line, statement: bytes) -> None:
    """Raises ServerFailed, with PostgreSQL's words."""
    done = line.exec_(statement)
    if done.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.EMPTY_QUERY):
        raise ServerFailed(done.error_message.decode("utf-8", "replace").strip())
