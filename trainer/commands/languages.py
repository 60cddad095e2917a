"""`trainer languages`: what functions may be written in here."""

from __future__ import annotations

import json

import click

from sandbox.languages import languages as all_languages
from trainer.commands.common import settings
from trainer.languages import title_and_version


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def languages(as_json: bool) -> None:
    """List the languages that functions may be written in: name, title with version, ending of files.

    TRAINER_LANGUAGES says which of all languages an installation offers.
    """
    offered = [all_languages()[name] for name in settings().offered]
    if as_json:
        rows = [{"name": one.name, "title": one.title, "version": one.version, "ending": one.ending} for one in offered]
        click.echo(json.dumps(rows, indent=2))
        return
    for one in offered:
        click.echo(f"{one.name:<12}{title_and_version(one.name):<24}.{one.ending}")
