"""Who may make an account: the rule that admins set, and invites, which hold whatever the rule says."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Invalid, NotFound, Refused
from trainer.models import Invite, SignUp, Site
from trainer.services import paging, upsert
from trainer.services.names import clean_email, clean_name, is_plain
from trainer.services.paging import Page

MOST_DOMAINS, CONTACT_LENGTH = 50, 200
DAYS, PEOPLE = range(1, 366), range(1, 1001)
"""For how long an invite may hold, and for how many people."""
ONLY_ROW = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may make an account without an invite, and whom to ask. `*.` before a domain means all below it."""

    sign_up: SignUp = SignUp.OPEN
    domains: tuple[str, ...] = ()
    contact: str = ""

    @property
    def is_closed(self) -> bool:
        return self.sign_up is SignUp.CLOSED

    @property
    def where(self) -> str:
        """Which domains may come in, in words. Empty where the domain does not matter."""
        return _either(self.domains) if self.sign_up is SignUp.DOMAINS else ""

    @property
    def whom(self) -> str:
        """A sentence that ends at somebody who can help."""
        return f"Ask {self.contact}." if self.contact else "Ask the people who run this server."

    def check(self, email: str) -> None:
        """May an account with this address be made? Raises Refused, Invalid."""
        if self.is_closed:
            raise Refused(f"On this server, the people who run it make the accounts. {self.whom}")
        if self.sign_up is SignUp.DOMAINS and not self._has(email.rpartition("@")[2]):
            raise Invalid(f"Use an address of {self.where}. {self.whom}", field="email")

    def _has(self, domain: str) -> bool:
        return any(domain == one or (one.startswith("*.") and domain.endswith(one[1:])) for one in self.domains)


def rule(session: Session, *, may_open: bool) -> Rule:
    """The rule that holds. With `may_open` false the server's own settings close the door."""
    site = session.get(Site, ONLY_ROW)
    if site is None:
        return Rule(SignUp.OPEN if may_open else SignUp.CLOSED)
    return Rule(site.sign_up if may_open else SignUp.CLOSED, tuple(site.domains), site.contact)


def set_rule(session: Session, *, sign_up: str, domains: str, contact: str) -> None:
    """`domains` are separated by commas, spaces or lines. Raises Invalid."""
    chosen = next((one for one in SignUp if one.value == sign_up), None)
    if chosen is None:
        raise Invalid("Choose who may make an account.", field="sign_up")
    kept = read_domains(domains)
    if chosen is SignUp.DOMAINS and not kept:
        raise Invalid("Name at least one domain, such as example.edu.", field="domains")
    contact = " ".join(contact.split())
    if len(contact) > CONTACT_LENGTH:
        raise Invalid(f"At most {CONTACT_LENGTH} characters.", field="contact")
    if not is_plain(contact):
        raise Invalid("This holds a character that cannot be seen. Type it anew.", field="contact")
    changes = {"sign_up": chosen, "domains": kept, "contact": contact}
    upsert.put(session, Site, [Site.id], {"id": ONLY_ROW} | changes, changes)


def read_domains(text: str) -> list[str]:
    """Domains as DNS knows them, each once. Raises Invalid."""
    found = dict.fromkeys(_clean_domain(word) for word in text.replace(",", " ").replace(";", " ").split())
    if len(found) > MOST_DOMAINS:
        raise Invalid(f"At most {MOST_DOMAINS} domains.", field="domains")
    return list(found)


def make_invite(session: Session, *, name: str, days: int, most: int) -> Invite:
    """An invite that holds for so many days and people. Raises Invalid."""
    label = clean_name(name, what="name of an invite")
    if days not in DAYS:
        raise Invalid(f"An invite holds for 1 to {DAYS[-1]} days.", field="days")
    if most not in PEOPLE:
        raise Invalid(f"An invite is for 1 to {PEOPLE[-1]} people.", field="most")
    moment = now()
    end = moment + timedelta(days=days)
    made = Invite(token=secrets.token_urlsafe(18), name=label, created_at=moment, expires_at=end, most=most)
    session.add(made)
    session.flush()
    return made


def list_invites(session: Session, *, number: int = 1) -> Page[Invite]:
    """One page of the invites, newest first."""
    query = sa.select(Invite).order_by(Invite.id.desc())
    return Page(tuple(session.scalars(paging.on_page(query, number))), number, paging.count(session, query))


def get_invite(session: Session, invite_id: int) -> Invite:
    """Raises NotFound."""
    invite = session.get(Invite, invite_id)
    if invite is None:
        raise NotFound("There is no such invite.")
    return invite


def end_invite(session: Session, invite_id: int) -> None:
    """Let nobody else in by it. Raises NotFound."""
    invite = get_invite(session, invite_id)
    invite.ended_at = invite.ended_at or now()


def is_open(invite: Invite) -> bool:
    return invite.ended_at is None and invite.expires_at > now() and invite.used < invite.most


def find_invite(session: Session, token: str) -> Invite:
    """Raises NotFound where there is none, and Refused where it holds no more."""
    invite = session.scalar(sa.select(Invite).where(Invite.token == token))
    if invite is None:
        raise NotFound("There is no such invite. Check that the link is complete.")
    if not is_open(invite):
        raise Refused(f"This invite {'is used up' if invite.used >= invite.most else 'has ended'}. Ask for a new one.")
    return invite


def use_invite(session: Session, token: str) -> Invite:
    """Count one more person in. The row is locked, so that of two who come at once only one gets the last place.

    Raises NotFound, Refused.
    """
    session.scalar(
        sa.select(Invite).where(Invite.token == token).with_for_update().execution_options(populate_existing=True)
    )
    invite = find_invite(session, token)
    invite.used += 1
    return invite


def _clean_domain(word: str) -> str:
    below, name = ("*.", word[2:]) if word.startswith("*.") else ("", word.removeprefix("@"))
    try:
        domain = clean_email(f"someone@{name}").partition("@")[2]
    except Invalid as error:
        raise Invalid(f"{word} is no domain. One looks like example.edu.", field="domains") from error
    return below + domain


def _either(domains: Sequence[str]) -> str:
    shown = [f"a domain below {one[2:]}" if one.startswith("*.") else one for one in domains[:5]]
    rest = [f"{len(domains) - 5} others"] if len(domains) > 5 else []
    *first, last = shown + rest
    return f"{', '.join(first)} or {last}" if first else last
