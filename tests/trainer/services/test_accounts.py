"""Accounts: who gets in, and who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, make_user, publish
from trainer.errors import Conflict, Invalid, NotFound
from trainer.models import Role, Submission, User
from trainer.services import accounts, submissions
from trainer.services.author import Author


def test_only_the_right_password_lets_in(session: Session) -> None:
    user = make_user(session)
    assert accounts.authenticate(session, email=" MIRA@example.org ", password=PASSWORD) is user
    assert accounts.authenticate(session, email="mira@example.org", password="wrong wrong wrong") is None
    assert accounts.authenticate(session, email="nobody@example.org", password=PASSWORD) is None


def test_an_account_without_a_password_lets_nobody_in(session: Session) -> None:
    accounts.add_user(session, email="new@example.org", name="New")
    assert accounts.authenticate(session, email="new@example.org", password="") is None


def test_an_address_can_be_taken_once(session: Session) -> None:
    make_user(session)
    with pytest.raises(Conflict, match="There is an account with this address"):
        accounts.sign_up(session, email="Mira@Example.org", name="M", password=PASSWORD)


@pytest.mark.parametrize("email", ["", "mira", "a@b@c", "a b@c.org", "@example.org", "mira@", "x" * 300 + "@y.org"])
def test_odd_addresses_are_refused(session: Session, email: str) -> None:
    with pytest.raises(Invalid, match="An address looks like"):
        accounts.sign_up(session, email=email, name="Mira", password=PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaa", "x" * 201])
def test_weak_passwords_are_refused(session: Session, password: str) -> None:
    with pytest.raises(Invalid, match="A password has"):
        accounts.sign_up(session, email="a@example.org", name="Mira", password=password)
    assert session.scalars(sa.select(User)).all() == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b", "a\u202eb"])
def test_names_that_cannot_be_shown_are_refused(session: Session, name: str) -> None:
    with pytest.raises(Invalid, match="1 to 80 characters"):
        accounts.sign_up(session, email="a@example.org", name=name, password=PASSWORD)


def test_a_link_sets_the_password_once(session: Session) -> None:
    user = make_user(session)
    token = accounts.make_link(session, user)
    assert accounts.link_owner(session, token) is user
    accounts.use_link(session, token, "another good one")
    assert accounts.authenticate(session, email=user.email, password="another good one") is user
    assert accounts.authenticate(session, email=user.email, password=PASSWORD) is None
    with pytest.raises(NotFound, match="was used"):
        accounts.use_link(session, token, "a third good one")


def test_a_new_link_ends_the_one_before(session: Session) -> None:
    user = make_user(session)
    first, second = accounts.make_link(session, user), accounts.make_link(session, user)
    with pytest.raises(NotFound):
        accounts.link_owner(session, first)
    assert accounts.link_owner(session, second) is user


def test_an_old_link_is_refused(session: Session) -> None:
    token = accounts.make_link(session, make_user(session), life=timedelta(seconds=-1))
    with pytest.raises(NotFound, match="too old"):
        accounts.use_link(session, token, "another good one")


def test_a_weak_password_does_not_use_the_link_up(session: Session) -> None:
    token = accounts.make_link(session, make_user(session))
    with pytest.raises(Invalid):
        accounts.use_link(session, token, "short")
    assert accounts.link_owner(session, token)


def test_a_changed_password_ends_other_sessions(session: Session) -> None:
    user = make_user(session)
    cookie = user.get_id()
    assert accounts.find_by_login(session, cookie) is user
    accounts.change_password(session, user, old=PASSWORD, new="another good one")
    assert accounts.find_by_login(session, cookie) is None
    assert accounts.find_by_login(session, user.get_id()) is user


@pytest.mark.parametrize("cookie", ["", "1", "x:y", "1:wrong", "-1:a", "99:a", "²:a"])
def test_forged_cookies_are_nobody(session: Session, cookie: str) -> None:
    make_user(session)
    assert accounts.find_by_login(session, cookie) is None


def test_the_last_admin_stays(session: Session) -> None:
    admin = make_user(session, "root@example.org", Role.ADMIN)
    with pytest.raises(Conflict, match="only admin"):
        accounts.set_role(session, admin.email, Role.STUDENT)
    with pytest.raises(Conflict, match="only admin"):
        accounts.delete_user(session, admin, password=PASSWORD)
    make_user(session, "second@example.org", Role.ADMIN)
    assert accounts.set_role(session, admin.email, Role.MENTOR).role is Role.MENTOR


def test_an_api_key_finds_its_owner_until_it_is_dropped(session: Session) -> None:
    user = make_user(session)
    token = accounts.make_token(session, user, "laptop")
    assert accounts.find_by_token(session, token) is user
    assert accounts.find_by_token(session, token + "x") is None
    accounts.drop_token(session, user, accounts.list_tokens(session, user)[0].id)
    assert accounts.find_by_token(session, token) is None


def test_nobody_drops_another_persons_key(session: Session) -> None:
    user, other = make_user(session), make_user(session, "other@example.org")
    token = accounts.make_token(session, user, "laptop")
    accounts.drop_token(session, other, accounts.list_tokens(session, user)[0].id)
    assert accounts.find_by_token(session, token) is user


def test_sign_up_keeps_what_the_guest_did(session: Session) -> None:
    publish(session, warm_up="true")
    guest = Author(guest_key="g1")
    kept = submissions.submit(session, guest, "double", language="python", source="x")
    other = submissions.submit(session, Author(guest_key="g2"), "double", language="python", source="y")
    user = accounts.sign_up(session, email="a@example.org", name="A", password=PASSWORD, guest_key="g1")
    session.expire_all()
    assert session.get_one(Submission, kept.id).user_id == user.id
    assert session.get_one(Submission, other.id).guest_key == "g2"


def test_deleting_an_account_takes_its_work_with_it(session: Session) -> None:
    publish(session)
    user = make_user(session)
    submissions.submit(session, Author(user_id=user.id), "double", language="python", source="x")
    with pytest.raises(Invalid, match="Nothing was deleted"):
        accounts.delete_user(session, user, password="wrong wrong wrong")
    accounts.delete_user(session, user, password=PASSWORD)
    session.flush()
    assert session.scalars(sa.select(Submission)).all() == []
