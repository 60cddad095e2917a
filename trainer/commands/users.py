"""`trainer user …`: accounts from the command line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import BinaryIO

import click
from sqlalchemy.orm import Session

from trainer.commands.application import application
from trainer.commands.common import settings
from trainer.db import db
from trainer.errors import NotFound
from trainer.models import KeyScope, Role, User
from trainer.services import accounts, keys, names, roster

SCOPE = click.Choice([scope.value for scope in KeyScope])
ROLE = click.Choice([role.value for role in Role])


@click.command()
@click.argument("email", required=False)
@click.option("--name", default="", help="The name that others see. Default: made of the address before the @.")
@click.option("--role", type=ROLE, default=Role.STUDENT.value, show_default=True)
@click.option(
    "--file",
    "file",
    type=click.File("rb"),
    help="A list as CSV instead: address, name, role, extra time; - reads standard input.",
)
def add(email: str | None, name: str, role: str, file: BinaryIO | None) -> None:
    """Make an account and print the one-time link with which its owner chooses a password.

    With --file many at once: the links are printed as CSV. Nothing is made where a line has a flaw.
    """
    if (email is None) == (file is None):
        raise click.UsageError("Give an EMAIL or a --file.")
    if file is not None:
        _add_list(file.read())
        return
    assert email is not None
    with application(settings()), db.writing() as session:
        made = accounts.add_user(session, email=email, name=name or names.name_of_address(email), role=Role(role))
        token = accounts.make_link(session, made)
    click.echo(f"{made.email} is {made.role.with_article}. Link for the password, good for three days: {_link(token)}")


@click.command()
@click.argument("email")
def reset(email: str) -> None:
    """Print a one-time link with which the owner of an account chooses a new password."""
    with application(settings()), db.writing() as session:
        token = accounts.make_link(session, _find(session, email))
    click.echo(f"Link for a new password, good for three days: {_link(token)}")


@click.command()
@click.argument("email")
@click.argument("role", type=ROLE)
def role(email: str, role: str) -> None:
    """Make somebody a student, mentor or admin."""
    with application(settings()), db.writing() as session:
        changed = _find(session, email)
        accounts.set_role(session, changed, Role(role))
    click.echo(f"{changed.email} is now {changed.role.with_article}.")


@click.command("time")
@click.argument("email")
@click.argument("factor", type=float)
def time_factor(email: str, factor: float) -> None:
    """Give somebody FACTOR (1, 1.25, 1.5, 2) times the usual time in mock interviews."""
    with application(settings()), db.writing() as session:
        changed = _find(session, email)
        accounts.set_time_factor(changed, factor)
    click.echo(f"{changed.email} has {factor:g} times the usual time in interviews that begin from now on.")


@click.command()
@click.argument("email")
def disable(email: str) -> None:
    """Let nobody in by an account: its sessions, keys and links end. What it has done stays."""
    with application(settings()), db.writing() as session:
        changed = _find(session, email)
        accounts.disable(session, changed)
    click.echo(f"{changed.email} is disabled. `trainer user enable {changed.email}` undoes it.")


@click.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let the owner of a disabled account in again."""
    with application(settings()), db.writing() as session:
        changed = _find(session, email)
        accounts.enable(changed)
    click.echo(f"{changed.email} is enabled.")


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def list_users(as_json: bool) -> None:
    """List all accounts: address, role, name, state, last seen."""
    with application(settings()), db.reading() as session:
        rows = [_row(found) for found in accounts.listed(session)]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo("\t".join(str(row[key] or "never") for key in ("email", "role", "name", "state", "last_seen")))


def _add_list(data: bytes) -> None:
    with application(settings()), db.writing() as session:
        entries = roster.read(session, roster.decode(data))
        added = roster.add(session, entries)
    click.echo(roster.as_csv([(one.user, _link(one.token)) for one in added]), nl=False)
    for entry in entries:
        if entry.exists:
            click.echo(f"{entry.email} has an account already; it stays as it is.", err=True)


def _row(found: User) -> dict[str, str | float | None]:
    return {
        "email": found.email,
        "role": found.role,
        "name": found.name,
        "state": found.state,
        "time_factor": found.time_factor,
        "created": found.created_at.isoformat(),
        "last_seen": found.seen_at.isoformat() if found.seen_at else None,
    }


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="What the key is for: laptop, CI.")
@click.option("--scope", type=SCOPE, default=KeyScope.PRACTISE.value, show_default=True, help="What it may do.")
@click.option("--days", type=int, help="How long it lasts. Default: until it is dropped.")
def key(email: str, name: str, scope: str, days: int | None) -> None:
    """Make a key for the API and print it, once: only its hash is kept."""
    with application(settings()), db.writing() as session:
        token = keys.make_token(session, _find(session, email), name, scope=KeyScope(scope), days=days)
    click.echo(token)


@click.command("keys")
@click.argument("email")
def list_keys(email: str) -> None:
    """List somebody's keys for the API: number, scope, last use, end, name."""
    with application(settings()), db.reading() as session:
        for found in keys.list_tokens(session, _find(session, email)):
            click.echo(
                "\t".join((str(found.id), found.scope, _day(found.last_used_at), _day(found.ends_at), found.name))
            )


@click.command("drop-key")
@click.argument("email")
@click.argument("number", type=int)
def drop_key(email: str, number: int) -> None:
    """Drop a key for the API by its NUMBER: programs that use it are refused from now on."""
    with application(settings()), db.writing() as session:
        if not keys.drop_token(session, _find(session, email), number):
            raise NotFound(f"{email} has no key {number}. `trainer user keys {email}` shows them.")
    click.echo("The key is gone.")


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"


def _find(session: Session, email: str) -> User:
    found = accounts.find_by_email(session, email)
    if found is None:
        raise NotFound(f"There is no account {email}. `trainer user list` shows them.")
    return found


def _link(token: str) -> str:
    return f"{settings().base_url}/link/{token}"
