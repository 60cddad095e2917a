"""What subcommands that need the database share. Nothing of the server is imported here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from trainer.commands.common import Told


@contextmanager
def database_errors_as_lines() -> Iterator[None]:
    """Say in a line that the database does not answer."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise Told(f"The database does not answer: {_first_line(error)}") from error


def _first_line(error: sa.exc.OperationalError) -> str:
    return str(error.orig).partition("\n")[0]
