"""Drafts are kept, and never overwritten unasked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from tests.factories import make_user, publish
from trainer.errors import TooLarge
from trainer.models import Attempt, Draft, Problem
from trainer.services import drafts

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def place(session: Session) -> tuple[int, int]:
    publish(session)
    return make_user(session).id, session.scalars(sa.select(Problem.id)).one()


def save(session: Session, place: tuple[int, int], source: str, base: int, **more: object) -> Draft:
    return drafts.save(session, *place, language="python", source=source, base_revision=base, **more)  # type: ignore[arg-type]


def test_revisions_count_up(session: Session, place: tuple[int, int]) -> None:
    assert drafts.current(session, *place, "python") is None
    assert save(session, place, "a", 0).revision == 1
    assert save(session, place, "ab", 1).revision == 2
    latest = drafts.current(session, *place, "python")
    assert latest is not None
    assert latest.source == "ab"


def test_the_same_text_is_saved_once(session: Session, place: tuple[int, int]) -> None:
    save(session, place, "a", 0)
    assert save(session, place, "a", 1).revision == 1
    assert save(session, place, "a", 0).revision == 1  # an answer that got lost: the tab sends again


def test_an_older_tab_does_not_overwrite(session: Session, place: tuple[int, int]) -> None:
    save(session, place, "a", 0)
    save(session, place, "from the phone", 1, device="phone")
    with pytest.raises(drafts.NewerDraft) as caught:
        save(session, place, "from the laptop", 1, device="laptop")
    assert caught.value.newer.source == "from the phone"
    latest = drafts.current(session, *place, "python")
    assert latest is not None
    assert latest.source == "from the phone"


def test_force_keeps_the_other_one_as_a_version(session: Session, place: tuple[int, int]) -> None:
    save(session, place, "a", 0)
    save(session, place, "from the phone", 1, device="phone")
    save(session, place, "from the laptop", 1, device="laptop", force=True)
    kept = [draft.source for draft in drafts.versions(session, *place, "python")]
    assert kept[:2] == ["from the laptop", "from the phone"]


def test_quick_saves_leave_one_version_a_minute(session: Session, place: tuple[int, int]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for second in range(0, 300, 3):
            clock.move_to(NOON + timedelta(seconds=second))
            save(session, place, f"text {second}", second // 3)
    kept = drafts.versions(session, *place, "python")
    assert kept[0].source == "text 297"
    gaps = [newer.saved_at - older.saved_at for newer, older in pairwise(kept[1:])]
    assert len(kept) in (5, 6, 7)
    assert all(gap >= drafts.SAME_STATE for gap in gaps)


def test_what_an_opened_text_has_replaced_stays_however_young_it_is(session: Session, place: tuple[int, int]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for second, text in enumerate(("a", "ab", "abc")):
            clock.move_to(NOON + timedelta(seconds=second))
            save(session, place, text, second)
        drafts.open_again(session, *place, language="python", source="of try 1", origin="try 1")
        save(session, place, "of try 1, edited", 4)
        save(session, place, "of try 1, edited again", 5)
    kept = [draft.source for draft in drafts.versions(session, *place, "python")]
    assert kept == ["of try 1, edited again", "of try 1, edited", "of try 1", "abc", "a"]
    assert [draft.revision for draft in drafts.earlier(session, *place, "python")] == [5, 4, 3, 1]


def test_no_more_than_forty_older_versions_stay(session: Session, place: tuple[int, int]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for minute in range(60):
            clock.move_to(NOON + timedelta(minutes=2 * minute))
            save(session, place, f"text {minute}", minute)
    assert len(drafts.versions(session, *place, "python")) == drafts.KEPT + 1


def test_a_draft_too_large_to_judge_is_refused(session: Session, place: tuple[int, int]) -> None:
    with pytest.raises(TooLarge, match="At most 64 KB"):
        save(session, place, "é" * 40_000, 0)


def test_typing_counts_as_work_and_a_pause_counts_little(session: Session, place: tuple[int, int]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        save(session, place, "a", 0)
        clock.move_to(NOON + timedelta(seconds=30))
        save(session, place, "ab", 1)
        clock.move_to(NOON + timedelta(hours=5))
        save(session, place, "abc", 2)
    attempt = session.scalars(sa.select(Attempt)).one()
    assert attempt.active_s == 30 + 120
