"""`trainer bench`: speed and memory, beside yardsticks of the same run."""

from __future__ import annotations

import json
from pathlib import Path

import click

from trainer.bench import suite
from trainer.commands.common import errors_as_lines


@click.command()
@click.option("--times", default=suite.TIMES, show_default=True, help="How often each thing is timed.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Measure speed beside the build that is checked out and set up there, in turns.",
)
@click.option(
    "--postgres", default="", metavar="URL", help="An empty PostgreSQL database, to measure two processes too."
)
def bench(times: int, against: Path | None, postgres: str) -> None:
    """Measure, and print one JSON object. Takes some minutes; wants an idle machine.

    Exit code 0 whatever was measured: `goals` says which figures reached their goal.
    """
    with errors_as_lines():
        if against is not None:
            click.echo(json.dumps({"against": suite.measure_against(against, times)}, indent=2))
            return
        figures = suite.measure_all(lambda line: click.echo(line, err=True), times, postgres)
    click.echo(json.dumps(figures | {"goals": suite.verdicts(figures)}, indent=2))
