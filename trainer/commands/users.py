"""`trainer user …`: accounts from the command line."""

from __future__ import annotations

from datetime import datetime

import click
from sqlalchemy.orm import Session

from trainer.commands.common import application, settings
from trainer.db import db
from trainer.errors import NotFound
from trainer.models import KeyScope, Role, User
from trainer.services import accounts, keys

SCOPE = click.Choice([scope.value for scope in KeyScope])
ROLE = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """Accounts: add, list, reset a password, change a role, give more time, keys for the API."""


@user.command()
@click.argument("email")
@click.option("--name", default="", help="The name that others see. Default: the address before the @.")
@click.option("--role", type=ROLE, default=Role.STUDENT.value, show_default=True)
def add(email: str, name: str, role: str) -> None:
    """Make an account and print the one-time link with which its owner chooses a password."""
    with application(settings()), db.writing() as session:
        made = accounts.add_user(session, email=email, name=name or email.partition("@")[0], role=Role(role))
        token = accounts.make_link(session, made)
    click.echo(f"{made.email} is a {made.role}. Link for the password, good for three days: {_link(token)}")


@user.command()
@click.argument("email")
def reset(email: str) -> None:
    """Print a one-time link with which the owner of an account chooses a new password."""
    with application(settings()), db.writing() as session:
        token = accounts.make_link(session, _find(session, email))
    click.echo(f"Link for a new password, good for three days: {_link(token)}")


@user.command()
@click.argument("email")
@click.argument("role", type=ROLE)
def role(email: str, role: str) -> None:
    """Make somebody a student, mentor or admin."""
    with application(settings()), db.writing() as session:
        changed = accounts.set_role(session, email, Role(role))
    click.echo(f"{changed.email} is now a {changed.role}.")


@user.command("time")
@click.argument("email")
@click.argument("factor", type=float)
def time_factor(email: str, factor: float) -> None:
    """Give somebody FACTOR (1, 1.25, 1.5, 2) times the usual time in mock interviews."""
    with application(settings()), db.writing() as session:
        changed = accounts.set_time_factor(session, email, factor)
    click.echo(f"{changed.email} has {factor:g} times the usual time in interviews that begin from now on.")


@user.command("list")
def list_users() -> None:
    """List all accounts."""
    with application(settings()), db.reading() as session:
        for found in accounts.listed(session):
            click.echo(f"{found.email}\t{found.role}\t{found.name}")


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="What the key is for: laptop, CI.")
@click.option("--scope", type=SCOPE, default=KeyScope.PRACTISE.value, show_default=True, help="What it may do.")
@click.option("--days", type=int, help="How long it lasts. Default: until it is dropped.")
def key(email: str, name: str, scope: str, days: int | None) -> None:
    """Make a key for the API and print it, once: only its hash is kept."""
    with application(settings()), db.writing() as session:
        token = keys.make_token(session, _find(session, email), name, scope=KeyScope(scope), days=days)
    click.echo(token)


@user.command("keys")
@click.argument("email")
def list_keys(email: str) -> None:
    """List somebody's keys for the API: number, scope, last use, end, name."""
    with application(settings()), db.reading() as session:
        for found in keys.list_tokens(session, _find(session, email)):
            click.echo(
                "\t".join((str(found.id), found.scope, _day(found.last_used_at), _day(found.ends_at), found.name))
            )


@user.command("drop-key")
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
