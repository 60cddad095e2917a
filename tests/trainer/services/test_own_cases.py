"""Own cases are kept by account and problem."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import make_user, publish
from trainer.errors import Invalid, NotFound, TooLarge
from trainer.models import Problem, User
from trainer.services import export, own_cases

CASE = {"#": "five", "number": "5", "=": "10"}


@pytest.fixture
def place(session: Session) -> tuple[int, int]:
    publish(session)
    return make_user(session).id, session.scalars(sa.select(Problem.id)).one()


def test_a_case_is_kept_changed_and_deleted(session: Session, place: tuple[int, int]) -> None:
    case = own_cases.add(session, *place, CASE)
    assert [own_cases.texts(one) for one in own_cases.listed(session, *place)] == [CASE]
    own_cases.change(session, *place, case.id, CASE | {"=": "", "#": "  "})
    assert [(one.name, one.input, one.expected) for one in own_cases.listed(session, *place)] == [
        ("case 1", {"number": "5"}, "")
    ]
    own_cases.remove(session, *place, case.id)
    assert own_cases.listed(session, *place) == []


def test_half_a_case_is_kept_too(session: Session, place: tuple[int, int]) -> None:
    assert own_cases.add(session, *place, {"number": "[1, "}).name == "case 1"


def test_other_peoples_cases_are_not_there(session: Session, place: tuple[int, int]) -> None:
    case = own_cases.add(session, *place, CASE)
    other = make_user(session, "eve@example.org").id
    assert own_cases.listed(session, other, place[1]) == []
    for verb in (lambda: own_cases.remove(session, other, place[1], case.id),
                 lambda: own_cases.change(session, other, place[1], case.id, CASE)):  # fmt: skip
        with pytest.raises(NotFound):
            verb()


def test_no_more_than_ten_and_none_too_large(session: Session, place: tuple[int, int]) -> None:
    for _ in range(own_cases.MOST):
        own_cases.add(session, *place, CASE)
    with pytest.raises(Invalid, match="10 cases are kept"):
        own_cases.add(session, *place, CASE)
    with pytest.raises(TooLarge):
        own_cases.add(session, *place, {"number": "1" * 70_000})


def test_what_no_database_can_hold_is_refused(session: Session, place: tuple[int, int]) -> None:
    with pytest.raises(Invalid):
        own_cases.add(session, *place, {"number": "\x00"})


def test_they_are_part_of_the_export(session: Session, place: tuple[int, int]) -> None:
    own_cases.add(session, *place, CASE)
    found = list(export.export(session, session.get_one(User, place[0]))["own_cases"])
    assert [(row["problem"], row["name"], row["input"], row["expected"]) for row in found] == [
        ("double", "five", {"number": "5"}, "10")
    ]
