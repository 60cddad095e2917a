"""The `trainer` command."""

from __future__ import annotations

import sys

import click

from trainer.commands import bank, bench, judge, run, users


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="interview-trainer", prog_name="trainer")
def cli() -> None:
    """An interview practice trainer: serve it, keep its bank, judge a file, look after accounts."""


for command in (run.run, run.worker, run.migrate, judge.judge, bank.bank, users.user, bench.bench):
    cli.add_command(command)


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 failed, 2 wrong use, 3 judge error."""
    sys.exit(cli(prog_name="trainer"))
