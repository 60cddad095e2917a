"""The list of accounts: who sees whom, and how one is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests.factories import make_user
from trainer.clock import now
from trainer.errors import NotFound
from trainer.models import Role, User
from trainer.services import accounts, directory, keys, sessions
from trainer.services.directory import Search


@pytest.fixture
def people(session: Session) -> dict[str, User]:
    made = {
        name: make_user(session, f"{name}@example.org", role)
        for name, role in (("ada", Role.STUDENT), ("bo", Role.STUDENT), ("mo", Role.MENTOR), ("root", Role.ADMIN))
    }
    made["ada"].name, made["bo"].name, made["mo"].name, made["root"].name = "Ada Quist", "bo lind", "Mo", "Root 100%_"
    made["new"] = accounts.add_user(session, email="new@school.example", name="Zed")
    session.flush()
    return made


def found(session: Session, actor: User, **search: str) -> list[str]:
    return [user.email.partition("@")[0] for user in directory.listed(session, actor, Search(**search)).items]


def test_admins_see_all_and_mentors_students(session: Session, people: dict[str, User]) -> None:
    assert found(session, people["root"]) == ["ada", "bo", "mo", "root", "new"]
    assert found(session, people["mo"]) == ["ada", "bo", "new"]
    assert found(session, people["mo"], role="admin") == []
    assert directory.find(session, people["mo"], people["ada"].id) is people["ada"]
    for hidden in ("mo", "root"):
        with pytest.raises(NotFound):
            directory.find(session, people["mo"], people[hidden].id)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ada", ["ada"]),
        ("QUIST ada", ["ada"]),
        ("lind example", ["bo"]),
        ("quist lind", []),
        ("SCHOOL.example", ["new"]),
        ("100%_", ["root"]),
        ("%", ["root"]),
        ("\x00", ["ada", "bo", "mo", "root", "new"]),
        (" ", ["ada", "bo", "mo", "root", "new"]),
    ],
)
def test_words_are_found_in_names_and_addresses(
    session: Session, people: dict[str, User], text: str, names: list[str]
) -> None:
    assert found(session, people["root"], text=text) == names


def test_states_and_roles_narrow_the_list(session: Session, people: dict[str, User]) -> None:
    accounts.disable(session, people["bo"])
    session.flush()
    assert found(session, people["root"], state="disabled") == ["bo"]
    assert found(session, people["root"], state="waiting") == ["new"]
    assert found(session, people["root"], state="active", role="student") == ["ada"]
    assert found(session, people["root"], state="nonsense", role="nonsense", order="nonsense")[0] == "ada"


def test_who_was_here_last_comes_first(session: Session, people: dict[str, User]) -> None:
    for hours, name in ((1, "bo"), (2, "root"), (3, "mo")):
        with time_machine.travel(now() + timedelta(hours=hours), tick=False):
            sessions.begin(session, people[name], "Firefox")
    session.flush()
    assert found(session, people["root"], order="seen") == ["mo", "root", "bo", "ada", "new"]
    assert found(session, people["root"], order="new")[0] == "new"


def test_what_an_account_has_done_is_counted(session: Session, people: dict[str, User]) -> None:
    keys.make_token(session, people["ada"], "laptop")
    sessions.begin(session, people["ada"], "Firefox")
    assert directory.facts(session, people["ada"]) == directory.Facts(
        0, 0, 0, devices=1, keys=1, invite="", link_until=None
    )
    accounts.make_link(session, people["ada"])
    assert directory.facts(session, people["ada"]).link_until is not None
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        assert directory.facts(session, people["ada"]).link_until is None
