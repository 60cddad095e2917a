"""What happens before the first request: migrate, sync the bank, make sure that somebody can get in."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from trainer import migrate
from trainer.config import Config
from trainer.db import db
from trainer.errors import Conflict, Unreadable
from trainer.models import ProblemVersion, Role, User
from trainer.services import accounts, contents, preparing, publishing, search

Say = Callable[[str], None]
ADMIN_EMAIL = "admin@localhost"
_LOCK = 7_274_016_913_385_222
"""PostgreSQL's name of the lock that lets one process prepare at a time: any number that nobody else uses."""


def prepare(app: Flask, config: Config, say: Say) -> None:
    """Bring database and bank up to date, saying each step. Leaves no connection open.

    Of several servers that start at once one does it, and the others find it done.
    """
    config.make_home()
    with app.app_context():
        with alone(db.engine, config.home):
            with _step(say, "database"):
                migrate.upgrade(db.engine)
            with _step(say, "bank"):
                store_contents(say)
                sync_bank(config, say)
                queue_data()
                index_problems()
            link = first_admin_link(config)
        if link:
            say(f"No admin yet. Open this link within three days to become one: {link}")
        db.engine.dispose()


@contextmanager
def alone(engine: sa.Engine, home: Path) -> Iterator[None]:
    """Nobody else prepares this database meanwhile: PostgreSQL keeps a lock for that, SQLite's lies in its folder."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(_LOCK)))  # ends with the connection, too
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
    else:
        with (home / "starting.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def store_contents(say: Say) -> None:
    """Store what older versions say, those that can be read. One that cannot is named; it stops nothing."""
    with db.reading() as session:
        waiting = contents.unstored(session)
    for version_id in waiting:
        with db.reading() as session:
            version = session.get_one(ProblemVersion, version_id)
            named = f"  {version.problem.slug}, version {version.number}"
            try:
                found = contents.parse(session, version_id)
            except Unreadable as error:
                say(f"{named}: cannot be read: {error}")
                continue
        with db.writing() as session:
            contents.store(session, version_id, found)


def sync_bank(config: Config, say: Say) -> bool:
    """Store what changed in the bank's folder. False where a package cannot be read: it is named, others are stored."""
    good = True
    with db.writing() as session:
        for slug, what in publishing.sync(session, config.problems):
            if what != "unchanged":
                say(f"  {slug}: {what}")
            good = good and (what in ("unchanged", "new") or what.startswith("version "))
    return good


def queue_data() -> None:
    """Have hidden data made that is missing, whatever was lost or changed since its version was published."""
    with db.writing() as session:
        preparing.queue_missing(session)


def index_problems() -> None:
    """Have the search find what an older release published, or indexed by other rules."""
    with db.writing() as session:
        search.bring_up_to_date(session)


def first_admin_link(config: Config) -> str | None:
    """While no admin has chosen a password: a one-time link for the first one."""
    with db.writing() as session:
        if accounts.any_admin_ready(session):
            return None
        user = accounts.find_by_email(session, ADMIN_EMAIL)
        if user is None:
            user = _add_admin(session)
        token = accounts.make_link(session, user)
    return f"{config.base_url}/link/{token}"


def _add_admin(session: Session) -> User:
    """Another process may start at the same moment, and be first."""
    try:
        return accounts.add_user(session, email=ADMIN_EMAIL, name="Admin", role=Role.ADMIN)
    except Conflict:
        return session.scalars(sa.select(User).where(User.email == ADMIN_EMAIL)).one()


@contextmanager
def _step(say: Say, name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{name} ready ({time.monotonic() - began:.1f} s)")
