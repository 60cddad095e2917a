"""Accounts: who gets in, and who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, make_user, publish
from trainer.errors import Conflict, Invalid, NotFound
from trainer.models import OneTimeLink, Role, Submission, SubmissionStatus
from trainer.services import accounts, attempts, keys, passwords, sessions, submissions
from trainer.services.author import Author


def lets_in(session: Session, email: str, password: str) -> bool:
    found = accounts.find_by_email(session, email)
    return passwords.fits(found.password_hash if found else None, password)


def test_only_the_right_password_lets_in(session: Session) -> None:
    make_user(session)
    assert lets_in(session, " MIRA@example.org ", PASSWORD)
    assert not lets_in(session, "mira@example.org", "wrong wrong wrong")
    assert not lets_in(session, "nobody@example.org", PASSWORD)


def test_an_account_without_a_password_lets_nobody_in(session: Session) -> None:
    accounts.add_user(session, email="new@example.org", name="New")
    assert not lets_in(session, "new@example.org", "")
    assert not lets_in(session, "new@example.org", "nobody has this password")


def test_an_address_can_be_taken_once(session: Session) -> None:
    make_user(session)
    with pytest.raises(Conflict, match="There is an account with this address"):
        accounts.sign_up(session, email="Mira@Example.org", name="M", password=passwords.new(PASSWORD))


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaa", "x" * 201])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Invalid, match="A password has"):
        passwords.new(password)


def test_a_link_sets_the_password_once(session: Session) -> None:
    user = make_user(session)
    token = accounts.make_link(session, user)
    assert accounts.link_owner(session, token) is user
    accounts.use_link(session, token, passwords.new("another good one"))
    assert lets_in(session, user.email, "another good one")
    assert not lets_in(session, user.email, PASSWORD)
    with pytest.raises(NotFound, match="was used"):
        accounts.use_link(session, token, passwords.new("a third good one"))


def test_a_new_link_ends_the_one_before(session: Session) -> None:
    user = make_user(session)
    first, second = accounts.make_link(session, user), accounts.make_link(session, user)
    with pytest.raises(NotFound):
        accounts.link_owner(session, first)
    assert accounts.link_owner(session, second) is user


def test_a_link_that_anybody_can_ask_for_ends_none_and_the_first_that_is_used_ends_all(session: Session) -> None:
    user, other = make_user(session), make_user(session, "other@example.org")
    theirs = accounts.make_link(session, other)
    by_admin = accounts.make_link(session, user)
    by_mail = [accounts.make_link(session, user, ends_earlier=False) for _ in range(2)]
    assert {accounts.link_owner(session, token) for token in (by_admin, *by_mail)} == {user}
    accounts.use_link(session, by_mail[0], passwords.new("another good one"))
    for token in (by_admin, *by_mail):
        with pytest.raises(NotFound, match="was used"):
            accounts.link_owner(session, token)
    assert accounts.link_owner(session, theirs) is other


def test_a_changed_password_ends_links_that_wait(session: Session) -> None:
    user = make_user(session)
    token = accounts.make_link(session, user)
    accounts.change_password(session, user, passwords.new("another good one"))
    with pytest.raises(NotFound):
        accounts.link_owner(session, token)


def test_a_link_by_mail_sweeps_out_those_that_ended(session: Session) -> None:
    user = make_user(session)
    accounts.make_link(session, user, life=timedelta(seconds=-1))
    accounts.use_link(session, accounts.make_link(session, user, ends_earlier=False), passwords.new("another good one"))
    accounts.make_link(session, user, ends_earlier=False)
    rows = sa.select(sa.func.count()).select_from(OneTimeLink).where(OneTimeLink.user_id == user.id)
    assert session.scalar(rows) == 1


def test_an_old_link_is_refused(session: Session) -> None:
    token = accounts.make_link(session, make_user(session), life=timedelta(seconds=-1))
    with pytest.raises(NotFound, match="too old"):
        accounts.use_link(session, token, passwords.new("another good one"))


def test_a_changed_password_ends_all_sessions_and_keys(session: Session) -> None:
    user = make_user(session)
    key, token = sessions.begin(session, user, "Firefox"), keys.make_token(session, user, "laptop")
    accounts.change_password(session, user, passwords.new("another good one"))
    assert sessions.find(session, key) is None
    assert keys.find_by_token(session, token) is None


def test_keys_outlive_a_reset_where_that_is_asked_for(session: Session) -> None:
    user = make_user(session)
    key, token = sessions.begin(session, user, "Firefox"), keys.make_token(session, user, "laptop")
    link = accounts.make_link(session, user)
    accounts.use_link(session, link, passwords.new("another good one"), keep_keys=True)
    assert sessions.find(session, key) is None
    assert keys.find_by_token(session, token) is user


def test_the_last_admin_stays(session: Session) -> None:
    admin = make_user(session, "root@example.org", Role.ADMIN)
    with pytest.raises(Conflict, match="only admin"):
        accounts.set_role(session, admin, Role.STUDENT)
    with pytest.raises(Conflict, match="only admin"):
        accounts.delete_user(session, admin)
    make_user(session, "second@example.org", Role.ADMIN)
    accounts.set_role(session, admin, Role.MENTOR)
    assert admin.role is Role.MENTOR


def test_a_disabled_admin_is_none_who_could_run_the_place(session: Session) -> None:
    admin, other = (make_user(session, f"{name}@example.org", Role.ADMIN) for name in ("root", "second"))
    accounts.disable(session, other)
    session.flush()
    with pytest.raises(Conflict, match="only admin"):
        accounts.disable(session, admin)
    assert accounts.any_admin_ready(session)
    accounts.disable(session, other)  # is disabled already: nothing changes
    accounts.enable(other)
    accounts.disable(session, admin)
    assert admin.is_disabled


def test_disabling_ends_sessions_keys_and_links_and_nothing_else(session: Session) -> None:
    user, other = make_user(session), make_user(session, "other@example.org")
    browsers = [sessions.begin(session, one, "Firefox") for one in (user, other)]
    tokens = [keys.make_token(session, one, "laptop") for one in (user, other)]
    links = [accounts.make_link(session, one) for one in (user, other)]
    accounts.disable(session, user)
    assert [sessions.find(session, browser) is None for browser in browsers] == [True, False]
    assert [keys.find_by_token(session, token) for token in tokens] == [None, other]
    with pytest.raises(NotFound):
        accounts.link_owner(session, links[0])
    assert accounts.link_owner(session, links[1]) is other
    with pytest.raises(Conflict, match="disabled"):
        accounts.make_link(session, user)


def test_an_api_key_finds_its_owner_until_it_is_dropped(session: Session) -> None:
    user = make_user(session)
    token = keys.make_token(session, user, "laptop")
    assert keys.find_by_token(session, token) is user
    assert keys.find_by_token(session, token + "x") is None
    keys.drop_token(session, user, keys.list_tokens(session, user)[0].id)
    assert keys.find_by_token(session, token) is None


def test_nobody_drops_another_persons_key(session: Session) -> None:
    user, other = make_user(session), make_user(session, "other@example.org")
    token = keys.make_token(session, user, "laptop")
    keys.drop_token(session, other, keys.list_tokens(session, user)[0].id)
    assert keys.find_by_token(session, token) is user


def test_sign_up_keeps_what_the_guest_did(session: Session) -> None:
    publish(session, warm_up="true")
    guest = Author(guest_key="g1")
    kept = submissions.submit(session, guest, "double", language="python", source="x")
    other = submissions.submit(session, Author(guest_key="g2"), "double", language="python", source="y")
    user = accounts.sign_up(session, email="a@example.org", name="A", password=passwords.new(PASSWORD), guest_key="g1")
    session.expire_all()
    assert session.get_one(Submission, kept.id).user_id == user.id
    assert session.get_one(Submission, other.id).guest_key == "g2"


def test_what_a_guest_solved_counts_as_solved(session: Session) -> None:
    publish(session, "first", warm_up="true")
    publish(session, "second", warm_up="true")
    guest = Author(guest_key="g1")
    sent = []
    for slug, verdict in (("first", "accepted"), ("second", "wrong answer")):
        sent.append(submissions.submit(session, guest, slug, language="python", source="x"))
        sent[-1].status, sent[-1].verdict = SubmissionStatus.JUDGED, verdict
        session.flush()
    user = accounts.sign_up(session, email="a@example.org", name="A", password=passwords.new(PASSWORD), guest_key="g1")
    solved, tried = (attempts.find(session, user.id, one.problem_id) for one in sent)
    assert solved is not None
    assert (solved.opened_at, solved.active_at, solved.accepted_at) == (sent[0].created_at,) * 3
    assert tried is not None
    assert tried.accepted_at is None
    assert attempts.solution_open(solved)


def test_deleting_an_account_takes_its_work_with_it(session: Session) -> None:
    publish(session)
    user = make_user(session)
    submissions.submit(session, Author(user_id=user.id), "double", language="python", source="x")
    accounts.delete_user(session, user)
    session.flush()
    assert session.scalars(sa.select(Submission)).all() == []
