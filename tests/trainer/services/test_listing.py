"""What lists say of problems is read once, and is never that of something that was undone."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import publish
from tests.statements import heard
from trainer.services import listing


def titles(database: sa.Engine) -> list[str]:
    with Session(database) as session:
        return [line.title for line in listing.published(session)]


def test_versions_are_read_once(database: sa.Engine) -> None:
    with Session(database) as session, session.begin():
        publish(session, "alpha", known_as="[first letter]")
        publish(session, "beta", warm_up="true")
    assert titles(database) == ["Alpha", "Beta"]
    with heard(database) as statements:
        assert titles(database) == ["Alpha", "Beta"]
    assert ["problem_versions" in one.text for one in statements if one.text.startswith("SELECT")] == [False]


def test_a_line_says_what_its_version_says(database: sa.Engine) -> None:
    with Session(database) as session, session.begin():
        publish(session, "alpha", known_as="[first letter]", topics="arrays, queues", difficulty="hard")
    with Session(database) as session:
        (line,) = listing.published(session)
    assert (line.slug, line.title, line.kind, line.label, line.minutes) == (
        "alpha", "Alpha", "function", "function", 3,
    )  # fmt: skip
    assert (line.difficulty, line.topics, line.known_as) == ("hard", ("arrays", "queues"), ("first letter",))
    assert line.warm_up is False


def test_what_is_published_is_listed_at_once(database: sa.Engine) -> None:
    with Session(database) as session, session.begin():
        publish(session, "alpha")
        assert [line.title for line in listing.published(session)] == ["Alpha"]
    assert titles(database) == ["Alpha"]
    with Session(database) as session, session.begin():
        publish(session, "alpha", title="Another")
        publish(session, "beta")
    assert titles(database) == ["Another", "Beta"]
    with Session(database) as session, session.begin():
        publish(session, "alpha")
    assert titles(database) == ["Alpha", "Beta"]


def test_what_was_undone_is_not_kept_though_its_number_comes_again(database: sa.Engine) -> None:
    with Session(database) as session:
        publish(session, "alpha", title="Undone")
        assert [line.title for line in listing.published(session)] == ["Undone"]
        session.rollback()
    with Session(database) as session, session.begin():
        publish(session, "alpha", title="Kept")
    assert titles(database) == ["Kept"]
