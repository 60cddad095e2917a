"""Accounts as the API tells them to those who look after them."""

from __future__ import annotations

from typing import Any

from trainer.api.models.accounts import AccountDetail, AccountEntry, AccountLink, AccountList
from trainer.api.paging import links_of
from trainer.db import db
from trainer.models import User
from trainer.services import care, directory
from trainer.services.paging import Page
from trainer.web.links import full_link


def link_for(token: str) -> str:
    return full_link("accounts.link", token=token)


def members(user: User) -> dict[str, Any]:
    names = ("id", "email", "name", "role", "state", "time_factor", "created_at", "seen_at")
    return {name: getattr(user, name) for name in names}


def detail(user: User) -> AccountDetail:
    facts = directory.facts(db.session, user)
    return AccountDetail(
        **members(user),
        disabled_at=user.disabled_at,
        solved=facts.solved,
        submissions=facts.submissions,
        interviews=facts.interviews,
        devices=facts.devices,
        keys=facts.keys,
        invite=facts.invite,
        link_until=facts.link_until,
    )


def page(found: Page[User]) -> tuple[AccountList, int, dict[str, str]]:
    links = links_of(found)
    entries = [AccountEntry(**members(user)) for user in found.items]
    return AccountList(accounts=entries, total=found.total, next=links.next), 200, links.headers


def new_link(actor: User, user: User) -> tuple[AccountLink, int]:
    token = care.make_link(db.session, actor, user)
    ends_at = directory.facts(db.session, user).link_until
    assert ends_at is not None
    return AccountLink(link=link_for(token), ends_at=ends_at), 201
