"""`trainer bank sync`: from the bank's folder into the database."""

from __future__ import annotations

import click

from trainer import start
from trainer.commands.application import application
from trainer.commands.common import settings


@click.command()
def sync() -> None:
    """Store a version of every package that changed."""
    config = settings()
    with application(config):
        good = start.sync_bank(config, click.echo)
    if not good:
        raise click.ClickException("Some packages cannot be read; the others are stored.")
    click.echo("The bank is up to date.")
