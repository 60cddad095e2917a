"""`trainer backup`, `trainer restore`."""

from __future__ import annotations

from pathlib import Path

import click

from trainer import backup as backups
from trainer.commands.common import errors_as_lines, settings
from trainer.commands.database import database_errors_as_lines
from trainer.db import make_engine


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write everything that the database holds, and the secret key, to FILE. Servers may go on meanwhile.

    The bank's folder is no part of it: published problems are in the database.
    """
    config = settings()
    with errors_as_lines(), database_errors_as_lines():
        engine = make_engine(config.sqlalchemy_url)
        try:
            about = backups.back_up(engine, file, secret_key=config.load_secret_key())
        except OSError as error:
            raise click.ClickException(f"{file} cannot be written: {error.strerror}") from error
        finally:
            engine.dispose()
    size_mib = file.stat().st_size / (1 << 20)
    click.echo(f"{file}: {sum(about.rows.values())} rows of {len(about.rows)} tables, {size_mib:.1f} MiB.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Delete what the database holds, in favour of the backup.")
def restore(file: Path, replace: bool) -> None:
    """Put what the backup FILE holds into the database: all of it or nothing.

    It may come from SQLite or from PostgreSQL, and from an older version.
    """
    config = settings()
    with errors_as_lines(), database_errors_as_lines():
        config.make_home()
        engine = make_engine(config.sqlalchemy_url)
        try:
            about = backups.restore(engine, file, replace=replace)
        finally:
            engine.dispose()
        keeps_key = config.keep_secret_key(about.secret_key)
    click.echo(f"Restored {sum(about.rows.values())} rows as they were at {about.made_at}.")
    if not keeps_key:
        click.echo("TRAINER_SECRET_KEY is set to another key than the backup's: everybody has to sign in again.")
    click.echo("Start servers and workers anew now: those that run remember what was there before.")
