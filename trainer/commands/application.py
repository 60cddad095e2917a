"""The application for commands that work in its database: tables up to date, no boxes ahead of need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from trainer import migrate
from trainer.app import create_app
from trainer.commands.common import errors_as_lines, own_sandbox
from trainer.commands.database import database_errors_as_lines
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
