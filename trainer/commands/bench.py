"""`trainer bench`: speed and memory, beside yardsticks of the same run."""

from __future__ import annotations

import json

import click

from trainer.bench import suite
from trainer.commands.common import errors_as_lines


@click.command()
@click.option("--times", default=suite.TIMES, show_default=True, help="How often each thing is timed.")
def bench(times: int) -> None:
    """Measure, and print one JSON object. Takes some minutes; wants an idle machine.

    Exit code 0 whatever was measured: `goals` says which figures reached their goal.
    """
    with errors_as_lines():
        figures = suite.measure_all(lambda line: click.echo(line, err=True), times)
    click.echo(json.dumps(figures | {"goals": suite.verdicts(figures)}, indent=2))
