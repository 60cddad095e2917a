"""The `trainer` command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
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


BANK = {
    "sync": Place("trainer.commands.bank_sync", "sync", "Store a version of every package that changed."),
    "check": Place("trainer.commands.bank", "check", "Let packages prove themselves in the sandbox."),
    "new": Place("trainer.commands.bank", "new", "Write a small complete package into the bank's folder."),
}
USER = {
    "add": Place("trainer.commands.users", "add", "Make an account and print its one-time link."),
    "list": Place("trainer.commands.users", "list_users", "List all accounts."),
    "role": Place("trainer.commands.users", "role", "Make somebody a student, mentor or admin."),
    "reset": Place("trainer.commands.users", "reset", "Print a one-time link for a new password."),
    "time": Place("trainer.commands.users", "time_factor", "Give somebody more time in mock interviews."),
    "disable": Place("trainer.commands.users", "disable", "Let nobody in by an account."),
    "enable": Place("trainer.commands.users", "enable", "Let the owner of a disabled account in again."),
    "key": Place("trainer.commands.users", "key", "Make a key for the API and print it, once."),
    "keys": Place("trainer.commands.users", "list_keys", "List somebody's keys for the API."),
    "drop-key": Place("trainer.commands.users", "drop_key", "Drop a key for the API by its NUMBER."),
}
COMMANDS = {
    "run": Place("trainer.commands.run", "run", "Serve the trainer, and judge."),
    "worker": Place("trainer.commands.worker", "worker", "Judge without serving."),
    "workers": Place("trainer.commands.workers", "workers", "List the processes that judge, and how they are."),
    "migrate": Place("trainer.commands.run", "migrate", "Bring the database's tables up to date, and nothing else."),
    "backup": Place("trainer.commands.backup", "backup", "Write everything that the database holds to FILE."),
    "restore": Place("trainer.commands.backup", "restore", "Put what the backup FILE holds into the database."),
    "rejudge": Place("trainer.commands.rejudge", "rejudge", "Judge anew what older versions of SLUG judged."),
    "languages": Place("trainer.commands.languages", "languages", "List what functions may be written in."),
    "judge": Place("trainer.commands.judge", "judge", "Judge FILE as an answer to the problem SLUG."),
    "bench": Place("trainer.commands.bench", "bench", "Measure speed and memory, and print one JSON object."),
}


class LazyGroup(click.Group):
    """A group that imports a command when somebody asks for it. Groups in it are there from the start."""

    def __init__(self, *args: Any, places: Mapping[str, Place] = MappingProxyType({}), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self._places, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._places:
            return super().get_command(ctx, cmd_name)
        place = self._places[cmd_name]
        command = getattr(import_module(place.module), place.name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._does(name)) for name in self.list_commands(ctx)])

    def _does(self, name: str) -> str:
        return self._places[name].does if name in self._places else str(self.commands[name].help)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, and options after a dash. A shell asks at each Tab, so that nothing is imported."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [CompletionItem(name, help=self._does(name)) for name in names] + options


class Trainer(LazyGroup):
    """The group of all commands."""

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


@click.group(cls=Trainer, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="interview-trainer", prog_name="trainer")
def cli() -> None:
    """An interview practice trainer: serve it, keep its bank, judge a file, look after accounts.

    Exit code: 0 done, 1 failed, 2 wrong use, 3 judge error, 130 stopped by Ctrl-C. With --json an error is JSON, too:
    {"error": {"message": …, "exit_code": …}}.
    """


@cli.group(cls=LazyGroup, places=BANK)
def bank() -> None:
    """The problem bank: store it, check it, begin a new package."""


@cli.group(cls=LazyGroup, places=USER)
def user() -> None:
    """Accounts: add, list, reset, change, disable; keys for the API."""


def main() -> None:
    """Entry point."""
    sys.exit(cli(prog_name="trainer"))
