"""The `trainer` command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

STOPPED = 130
"""Exit code after Ctrl-C: 128 and the number of its signal."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is, and what the list of commands says of it.

    Most of the program is heavy, so a command is imported when it is asked for.
    """

    module: str
    name: str
    does: str


COMMANDS = {
    "run": Place("trainer.commands.run", "run", "Serve the trainer, and judge."),
    "worker": Place("trainer.commands.worker", "worker", "Judge without serving."),
    "workers": Place("trainer.commands.workers", "workers", "List the processes that judge, and how they are."),
    "migrate": Place("trainer.commands.run", "migrate", "Bring the database's tables up to date, and nothing else."),
    "backup": Place("trainer.commands.backup", "backup", "Write everything that the database holds to FILE."),
    "restore": Place("trainer.commands.backup", "restore", "Put what the backup FILE holds into the database."),
    "judge": Place("trainer.commands.judge", "judge", "Judge FILE as an answer to the problem SLUG."),
    "bank": Place("trainer.commands.bank", "bank", "The problem bank: store it, check it, begin a new package."),
    "user": Place("trainer.commands.users", "user", "Accounts: add, list, reset, change, disable; keys for the API."),
    "bench": Place("trainer.commands.bench", "bench", "Measure speed and memory, and print one JSON object."),
}


class LazyGroup(click.Group):
    """A group that imports a command when somebody asks for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        place = COMMANDS[cmd_name]
        command = getattr(import_module(place.module), place.name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].does) for name in self.list_commands(ctx)])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, and options after a dash. A shell asks at each Tab, so that nothing is imported."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [CompletionItem(name, help=COMMANDS[name].does) for name in names] + options

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Ctrl-C ends it in one line; where --json was asked for, an error is JSON, too."""
        as_json = "--json" in (*ctx._protected_args, *ctx.args)
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise _ended("Stopped.", STOPPED, as_json) from None
        except click.ClickException as error:
            if not as_json:
                raise
            raise _ended(error.format_message(), error.exit_code, as_json) from error


def _ended(message: str, code: int, as_json: bool) -> click.exceptions.Exit:
    error = {"error": {"message": message, "exit_code": code}}
    click.echo(json.dumps(error) if as_json else message, err=not as_json)
    return click.exceptions.Exit(code)


def commands_of(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command below a group, groups among them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*above, name)
        if isinstance(command, click.Group):
            yield from commands_of(command, (*above, name))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="interview-trainer", prog_name="trainer")
def cli() -> None:
    """An interview practice trainer: serve it, keep its bank, judge a file, look after accounts.

    Exit code: 0 done, 1 failed, 2 wrong use, 3 judge error, 130 stopped by Ctrl-C. With --json an error is JSON, too:
    {"error": {"message": …, "exit_code": …}}.
    """


def main() -> None:
    """Entry point."""
    sys.exit(cli(prog_name="trainer"))
