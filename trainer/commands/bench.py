"""`trainer bench`: speed and memory, beside yardsticks of the same run."""

from __future__ import annotations

import json
from pathlib import Path

import click

from trainer.bench import growth, suite, workers
from trainer.commands.common import errors_as_lines


@click.command()
@click.option("--times", default=suite.TIMES, show_default=True, help="How often each thing is timed.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Measure speed beside the build that is checked out and set up there, in turns.",
)
@click.option("--million", is_flag=True, help="Measure pages and calls of a database that years of use have filled.")
@click.option("--rows", default=growth.ROWS, show_default=True, help="Submissions in it.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Keep that database there, and use it again.",
)
@click.option("--workers", "many", is_flag=True, help="Measure one, two and eight workers; wants --postgres.")
@click.option(
    "--postgres", default="", metavar="URL", help="An empty PostgreSQL database, to measure two processes too."
)
@click.option("--broker", default="", metavar="URL", help="A RabbitMQ, to measure two processes with it, too.")
def bench(
    times: int,
    against: Path | None,
    million: bool,
    rows: int,
    home: Path | None,
    many: bool,
    postgres: str,
    broker: str,
) -> None:
    """Measure, and print one JSON object. Takes some minutes; wants an idle machine.

    With --million an empty database is filled first, SQLite or the one of DATABASE_URL.

    Exit code 0 whatever was measured: `goals` says which figures reached their goal.
    """
    with errors_as_lines():
        if million:
            click.echo(json.dumps(growth.measure_growth(_say, times, rows, home), indent=2))
            return
        if many:
            _measure_workers(postgres, broker)
            return
        if against is not None:
            click.echo(json.dumps({"against": suite.measure_against(against, times)}, indent=2))
            return
        figures = suite.measure_all(_say, times, postgres, broker)
    click.echo(json.dumps(figures | {"goals": suite.verdicts(figures)}, indent=2))


def _measure_workers(postgres: str, broker: str) -> None:
    if not postgres:
        raise click.UsageError("--workers wants --postgres URL: only such a database serves several workers well.")
    figures = workers.measure_workers(_say, postgres, broker)
    click.echo(json.dumps(figures | {"goals": workers.verdicts(figures)}, indent=2))


def _say(line: str) -> None:
    click.echo(line, err=True)
