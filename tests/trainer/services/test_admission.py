"""Who may make an account: the rule, and invites."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Invalid, NotFound, Refused, TrainerError
from trainer.models import SignUp
from trainer.services import admission


def set_rule(session: Session, sign_up: str = "open", domains: str = "", contact: str = "") -> None:
    admission.set_rule(session, sign_up=sign_up, domains=domains, contact=contact)


def test_without_a_rule_the_servers_setting_decides(session: Session) -> None:
    assert admission.rule(session, may_open=True).sign_up is SignUp.OPEN
    assert admission.rule(session, may_open=False).is_closed


def test_the_servers_setting_closes_whatever_the_rule_says(session: Session) -> None:
    set_rule(session, "open", contact="Dr. Lind")
    assert admission.rule(session, may_open=False).is_closed
    with pytest.raises(Refused, match=r"Ask Dr\. Lind\."):
        admission.rule(session, may_open=False).check("ada@example.org")


@pytest.mark.parametrize(
    ("email", "is_let_in"),
    [
        ("ada@example.edu", True),
        ("ada@cs.example.edu", False),
        ("ada@cs.uni.example", True),
        ("ada@a.b.uni.example", True),
        ("ada@uni.example", False),
        ("ada@notuni.example", False),
        ("ada@example.edu.evil.example", False),
        ("ada@xn--bcher-kva.example", True),
    ],
)
def test_a_rule_of_domains(session: Session, email: str, is_let_in: bool) -> None:
    set_rule(session, "domains", "Example.edu, *.uni.example; bücher.example")
    rule = admission.rule(session, may_open=True)
    if is_let_in:
        rule.check(email)
        return
    with pytest.raises(Invalid, match=r"Use an address of example\.edu, a domain below uni\.example or xn--bcher"):
        rule.check(email)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sign_up": "perhaps"}, "sign_up"),
        ({"sign_up": "domains"}, "domains"),
        ({"domains": "exa mple..edu@"}, "domains"),
        ({"domains": "*."}, "domains"),
        ({"domains": " ".join(f"d{number}.example" for number in range(51))}, "domains"),
        ({"contact": "x" * 201}, "contact"),
    ],
)
def test_a_rule_that_cannot_be_used_names_its_field(session: Session, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as told:
        set_rule(session, **changes)
    assert told.value.field == field
    assert admission.rule(session, may_open=True) == admission.Rule()


def test_an_invite_lets_in_as_many_as_it_says(session: Session) -> None:
    invite = admission.make_invite(session, name="Class", days=1, most=2)
    assert [admission.use_invite(session, invite.token).used for _ in range(2)] == [1, 2]
    with pytest.raises(Refused, match="used up"):
        admission.use_invite(session, invite.token)
    with pytest.raises(NotFound):
        admission.use_invite(session, invite.token + "x")


def test_an_invite_ends_by_its_date_or_by_hand(session: Session) -> None:
    by_date, by_hand = (admission.make_invite(session, name="Class", days=14, most=9) for _ in range(2))
    admission.end_invite(session, by_hand.id)
    session.flush()
    with pytest.raises(Refused, match="has ended"):
        admission.find_invite(session, by_hand.token)
    with time_machine.travel(now() + timedelta(days=13, hours=23), tick=False):
        assert admission.find_invite(session, by_date.token) is by_date
    with time_machine.travel(now() + timedelta(days=14, minutes=1), tick=False), pytest.raises(Refused, match="ended"):
        admission.find_invite(session, by_date.token)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"days": 0}, "days"), ({"days": 366}, "days"), ({"most": 0}, "most"), ({"most": 1001}, "most"),
     ({"name": " "}, "name")],
)  # fmt: skip
def test_an_invite_has_an_end_and_a_limit(session: Session, changes: dict[str, object], field: str) -> None:
    with pytest.raises(TrainerError) as told:
        admission.make_invite(session, **{"name": "Class", "days": 1, "most": 1, **changes})  # type: ignore[arg-type]
    assert told.value.field == field
