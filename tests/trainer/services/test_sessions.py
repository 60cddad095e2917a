"""Sessions: rows that end."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import make_user
from trainer.clock import now
from trainer.models import LoginSession
from trainer.services import sessions


def test_a_session_is_found_by_its_key_until_it_ends(session: Session) -> None:
    user = make_user(session)
    key = sessions.begin(session, user, "Firefox\x00\u202e")
    found = sessions.find(session, key)
    assert found
    assert found.user_id == user.id
    assert found.browser == "Firefox"
    sessions.end(session, user.id, found.id)
    assert sessions.find(session, key) is None


def test_nobody_ends_another_persons_session(session: Session) -> None:
    user, other = make_user(session), make_user(session, "other@example.org")
    key = sessions.begin(session, user, "")
    found = sessions.find(session, key)
    assert found
    sessions.end(session, other.id, found.id)
    sessions.end_all(session, other.id)
    assert sessions.find(session, key) is found


def test_all_end_but_one(session: Session) -> None:
    user = make_user(session)
    keys = [sessions.begin(session, user, "") for _ in range(3)]
    kept = sessions.find(session, keys[1])
    assert kept
    sessions.end_all(session, user.id, but=kept.id)
    assert [sessions.find(session, key) is not None for key in keys] == [False, True, False]


def test_one_that_nobody_uses_is_over(session: Session) -> None:
    user = make_user(session)
    key = sessions.begin(session, user, "")
    session.execute(sa.update(LoginSession).values(seen_at=now() - sessions.UNSEEN - timedelta(seconds=1)))
    session.expire_all()
    assert sessions.find(session, key) is None
    sessions.begin(session, user, "")
    assert len(sessions.listed(session, user.id)) == 1


def test_an_account_has_so_many_and_the_oldest_ends(session: Session) -> None:
    user = make_user(session)
    first = sessions.begin(session, user, "")
    for _ in range(sessions.MOST):
        sessions.begin(session, user, "")
    assert sessions.find(session, first) is None
    assert len(sessions.listed(session, user.id)) == sessions.MOST


@pytest.mark.parametrize("key", ["", "1", "x:y", "1:wrong", "²:a", "\x00"])
def test_forged_cookies_are_nobody(session: Session, key: str) -> None:
    sessions.begin(session, make_user(session), "")
    assert sessions.find(session, key) is None
