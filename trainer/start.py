"""What happens before the first request: migrate, sync the bank, make sure that somebody can get in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from trainer import migrate
from trainer.config import Config
from trainer.db import db
from trainer.models import Role
from trainer.services import accounts, publishing

Say = Callable[[str], None]
ADMIN_EMAIL = "admin@localhost"


def prepare(app: Flask, config: Config, say: Say) -> None:
    """Bring database and bank up to date, saying each step. Leaves no connection open."""
    config.home.mkdir(parents=True, exist_ok=True)
    with app.app_context():
        with _step(say, "database"):
            migrate.upgrade(db.engine)
        with _step(say, "bank"):
            sync_bank(config, say)
        link = first_admin_link(config)
        if link:
            say(f"No admin yet. Open this link within three days to become one: {link}")
        db.engine.dispose()


def sync_bank(config: Config, say: Say) -> bool:
    """Store what changed in the bank's folder. False where a package cannot be read: it is named, others are stored."""
    good = True
    with db.writing() as session:
        for slug, what in publishing.sync(session, config.problems):
            if what != "unchanged":
                say(f"  {slug}: {what}")
            good = good and (what in ("unchanged", "new") or what.startswith("version "))
    return good


def first_admin_link(config: Config) -> str | None:
    """While no admin has chosen a password: a one-time link for the first one."""
    with db.writing() as session:
        if accounts.any_admin_ready(session):
            return None
        user = accounts.find_by_email(session, ADMIN_EMAIL)
        if user is None:
            user = accounts.add_user(session, email=ADMIN_EMAIL, name="Admin", role=Role.ADMIN)
        token = accounts.make_link(session, user)
    return f"{base_url(config)}/link/{token}"


def base_url(config: Config) -> str:
    """Where a browser on this machine finds the trainer."""
    host = "127.0.0.1" if config.host in ("0.0.0.0", "::") else config.host
    return f"http://{host}:{config.port}"


@contextmanager
def _step(say: Say, name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{name} ready ({time.monotonic() - began:.1f} s)")
