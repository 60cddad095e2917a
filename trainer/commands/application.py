"""The application of a subcommand that needs the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from trainer import migrate
from trainer.app import create_app
from trainer.commands.common import Told, errors_as_lines, own_sandbox
from trainer.config import Config
from trainer.db import db


@contextmanager
def application(config: Config) -> Iterator[Flask]:
    """The app, its tables up to date, inside an application context."""
    with errors_as_lines(), database_errors_as_lines():
        config.make_home()
        app = create_app(config, own_sandbox(config))
        with app.app_context():
            migrate.upgrade(db.engine)
            yield app


@contextmanager
def database_errors_as_lines() -> Iterator[None]:
    """Say in a line that the database does not answer."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise Told(f"The database does not answer: {_first_line(error)}") from error


def _first_line(error: sa.exc.OperationalError) -> str:
    return str(error.orig).partition("\n")[0]
