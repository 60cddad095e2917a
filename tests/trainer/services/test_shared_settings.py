"""Servers learn that one of them has another value of a setting, and may all take a new one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.db import moment_after
from trainer.models import SharedSetting
from trainer.services import shared_settings
from trainer.services.shared_settings import GONE_AFTER, Agreement, fingerprint

KEY, OTHER = fingerprint("one"), fingerprint("another")


def tell(session: Session, mark: str) -> Agreement:
    return shared_settings.tell(session, "A_SETTING", mark)


def pass_time(session: Session, column: str) -> None:
    """The moment was longer ago than anybody is silent."""
    session.execute(sa.update(SharedSetting).values({column: moment_after(-GONE_AFTER.total_seconds() - 1)}))


def test_servers_with_the_same_value_agree(session: Session) -> None:
    assert [tell(session, KEY) for _ in range(3)] == [Agreement.SAME] * 3


def test_the_one_that_came_later_differs_and_the_others_learn_of_it(session: Session) -> None:
    assert [tell(session, one) for one in (KEY, OTHER, KEY)] == [
        Agreement.SAME, Agreement.DIFFERS, Agreement.OTHER_DIFFERS,
    ]  # fmt: skip
    pass_time(session, "differs_at")
    assert tell(session, KEY) is Agreement.SAME


def test_a_new_value_counts_when_nobody_has_the_old_one_any_more(session: Session) -> None:
    assert tell(session, KEY) is Agreement.SAME
    pass_time(session, "seen_at")
    assert tell(session, OTHER) is Agreement.SAME
    assert tell(session, KEY) is Agreement.DIFFERS


@pytest.mark.parametrize("secret", ["", "one", "x" * 64])
def test_a_fingerprint_has_one_length_and_nothing_of_the_secret(secret: str) -> None:
    mark = fingerprint(secret)
    assert mark == fingerprint(secret)
    assert mark != fingerprint(f"{secret}!")
    assert len(mark) == 64
