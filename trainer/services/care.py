"""What those do who look after accounts. Each deed is written into the log: who, to whom, what.

Who may do it is asked before: admins all of this, mentors a student's link alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from sqlalchemy.orm import Session

from trainer.errors import Conflict, Invalid
from trainer.models import Role, User
from trainer.services import accounts, roster
from trainer.services.roster import Added, Entry

log = structlog.get_logger()


def add_one(
    session: Session, actor: User, *, email: str, name: str = "", role: Role = Role.STUDENT, factor: float = 1.0
) -> Added:
    """Make an account. Without a name it has what stands before the @. Raises Invalid, Conflict."""
    user = accounts.add_user(session, email=email, name=name or email.partition("@")[0], role=role)
    accounts.set_time_factor(user, factor)
    _note(actor, user, "added")
    return Added(user, accounts.make_link(session, user))


def add_all(session: Session, actor: User, entries: Sequence[Entry]) -> list[Added]:
    """Make the accounts of a list that are new. Raises FlawedList where a line has a flaw, Conflict."""
    added = roster.add(session, entries)
    for one in added:
        _note(actor, one.user, "added")
    return added


def make_link(session: Session, actor: User, user: User) -> str:
    """A token by which the account's owner chooses a new password. Raises Conflict."""
    token = accounts.make_link(session, user)
    _note(actor, user, "link")
    return token


def rename(actor: User, user: User, name: str) -> None:
    """Raises Invalid."""
    accounts.rename(user, name)
    _note(actor, user, "name")


def set_role(session: Session, actor: User, user: User, role: Role) -> None:
    """Raises Conflict where it would leave no admin."""
    accounts.set_role(session, user, role)
    _note(actor, user, "role")


def set_time_factor(actor: User, user: User, factor: float) -> None:
    """Raises Invalid."""
    accounts.set_time_factor(user, factor)
    _note(actor, user, "time")


def disable(session: Session, actor: User, user: User) -> None:
    """Raises Conflict, for one's own account, too."""
    _check_other(actor, user, "disable")
    accounts.disable(session, user)
    _note(actor, user, "disabled")


def enable(actor: User, user: User) -> None:
    accounts.enable(user)
    _note(actor, user, "enabled")


def delete(session: Session, actor: User, user: User, *, email: str) -> None:
    """`email` says once more which account is meant. Raises Conflict, for one's own account, too, and Invalid."""
    _check_other(actor, user, "delete")
    if email.strip().lower() != user.email:
        raise Invalid("This is not the address of the account. Nothing was deleted.", field="email")
    accounts.delete_user(session, user)
    _note(actor, user, "deleted")


def _check_other(actor: User, user: User, verb: str) -> None:
    if user.id == actor.id:
        raise Conflict(f"You cannot {verb} your own account here. Another admin can.")


def _note(actor: User, user: User, what: str) -> None:
    log.info("an account was changed", by=actor.id, account=user.id, what=what)
