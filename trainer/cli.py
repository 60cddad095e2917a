"""The `trainer` command."""

from __future__ import annotations

import sys
from importlib import import_module

import click

COMMANDS = {
    "run": "trainer.commands.run:run",
    "worker": "trainer.commands.run:worker",
    "migrate": "trainer.commands.run:migrate",
    "judge": "trainer.commands.judge:judge",
    "bank": "trainer.commands.bank:bank",
    "user": "trainer.commands.users:user",
    "bench": "trainer.commands.bench:bench",
}
"""Each command's module and name there. It is imported when it is asked for, as most of the program is heavy."""


class LazyGroup(click.Group):
    """A group that imports a command when somebody asks for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="interview-trainer", prog_name="trainer")
def cli() -> None:
    """An interview practice trainer: serve it, keep its bank, judge a file, look after accounts."""


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 failed, 2 wrong use, 3 judge error."""
    sys.exit(cli(prog_name="trainer"))
