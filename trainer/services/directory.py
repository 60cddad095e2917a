"""The list of accounts, as those see it who look after them: admins all, mentors the students."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import NotFound
from trainer.models import ApiToken, Attempt, Interview, Invite, LoginSession, OneTimeLink, Role, Submission, User
from trainer.services import paging
from trainer.services.names import canonical
from trainer.services.paging import Page

ORDERS: Mapping[str, tuple[Any, ...]] = {
    "name": (sa.func.lower(User.name), User.id),
    "seen": (User.seen_at.is_(None), User.seen_at.desc(), User.id),
    "new": (User.id.desc(),),
}
STATES: Mapping[str, sa.ColumnElement[bool]] = {
    "active": sa.and_(User.disabled_at.is_(None), User.password_hash.is_not(None)),
    "waiting": sa.and_(User.disabled_at.is_(None), User.password_hash.is_(None)),
    "disabled": User.disabled_at.is_not(None),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What the list is narrowed to. Empty texts, and those that are none of the choices, narrow nothing."""

    text: str = ""
    role: str = ""
    state: str = ""
    order: str = "name"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an account beside its row. `link_until` is when a link that waits to be opened ends."""

    submissions: int
    solved: int
    interviews: int
    devices: int
    keys: int
    invite: str
    link_until: datetime | None


def listed(session: Session, actor: User, search: Search, *, number: int = 1) -> Page[User]:
    """One page of the accounts that `actor` may see."""
    query = sa.select(User).where(_seen_by(actor))
    if search.text:
        query = query.where(_has(search.text))
    if search.role in list(Role):
        query = query.where(User.role == Role(search.role))
    if search.state in STATES:
        query = query.where(STATES[search.state])
    total = paging.count(session, query)
    query = query.order_by(*ORDERS.get(search.order, ORDERS["name"]))
    return Page(tuple(session.scalars(paging.on_page(query, number))), number, total)


def find(session: Session, actor: User, user_id: int) -> User:
    """An account that `actor` may see. Raises NotFound."""
    user: User | None = session.scalar(sa.select(User).where(User.id == user_id, _seen_by(actor)))
    if user is None:
        raise NotFound("There is no such account.")
    return user


def facts(session: Session, user: User) -> Facts:
    """Counts of what an account has done and holds."""

    def rows(owner: sa.SQLColumnExpression[Any], *where: sa.ColumnElement[bool]) -> int:
        return session.scalar(sa.select(sa.func.count()).where(owner == user.id, *where)) or 0

    return Facts(
        submissions=rows(Submission.user_id),
        solved=rows(Attempt.user_id, Attempt.accepted_at.is_not(None)),
        interviews=rows(Interview.user_id),
        devices=rows(LoginSession.user_id),
        keys=rows(ApiToken.user_id),
        invite=session.scalar(sa.select(Invite.name).where(Invite.id == user.invite_id)) or "",
        link_until=session.scalar(
            sa.select(sa.func.max(OneTimeLink.expires_at)).where(
                OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now()
            )
        ),
    )


def _seen_by(actor: User) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.ADMIN else User.role == Role.STUDENT


def _has(text: str) -> sa.ColumnElement[bool]:
    """Each word stands in the name or in the address. An address may be spelt as its owner spells it."""
    words = text.replace("\x00", "").split()[:8]
    each = [
        sa.or_(User.name.icontains(word, autoescape=True), User.email.contains(word.lower(), autoescape=True))
        for word in words
    ]
    return sa.or_(sa.and_(*each), User.email == canonical(text)) if each else sa.true()
