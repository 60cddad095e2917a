"""`trainer run`, `trainer migrate`."""

from __future__ import annotations

import fcntl
from functools import partial
from pathlib import Path
from typing import IO

import click
from flask import Flask

from trainer import migrate as migrations
from trainer import start
from trainer.app import create_app
from trainer.commands.apart import apart
from trainer.commands.common import engine_advice, errors_as_lines, settings
from trainer.commands.database import database_errors_as_lines
from trainer.config import Config, misplaced_data
from trainer.db import db
from trainer.web.runtime import runtime
from trainer.web.server import Server, check_address_is_free


@click.command()
def run() -> None:
    """Serve the trainer: bring the database and the bank up to date, then answer requests and judge."""
    config = settings()
    with errors_as_lines(), database_errors_as_lines():
        check_address_is_free(config)
        if note := misplaced_data(config):
            click.echo(note)
        config.make_home()
        mark = mark_home(config.home)
        if mark is None:
            click.echo(f"Another server uses TRAINER_HOME={config.home} already. Both serve the same accounts.")
        app = create_app(config)
        apart(partial(_prepare, app, config))
        if config.judges:
            with app.app_context():
                sandbox = runtime().sandbox.status()
            if not sandbox.available:
                click.echo(f"No engine answers ({sandbox.message}). Submissions wait until one does. {engine_advice()}")
        Server(app, config).run()


def _prepare(app: Flask, config: Config) -> None:
    """What this reads and makes is of no use to the server later."""
    with errors_as_lines(), database_errors_as_lines():
        start.prepare(app, config, click.echo)


def mark_home(home: Path) -> IO[str] | None:
    """Say by a lock that a server uses this folder, for as long as the file is open. None where another one does."""
    file = (home / "serving.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date, and nothing else."""
    config = settings()
    with errors_as_lines(), database_errors_as_lines():
        config.make_home()
        app = create_app(config)
        with app.app_context():
            migrations.upgrade(db.engine)
    click.echo("The tables are up to date.")
