"""Published versions last: they say what they said, whatever happens to the rules, and a lost one stops no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from sandbox.model import Case, Limits
from tests.factories import claimed, lay, make_package, make_user, publish
from trainer import start
from trainer.bank import package as rules
from trainer.bank import stored
from trainer.bank.codec import CodecError, build, plain
from trainer.bank.files import load_folder
from trainer.bank.package import list_bank, read_package
from trainer.bank.problem import Problem as Content
from trainer.config import Config
from trainer.db import db
from trainer.errors import Flaw, PackageError, Unreadable
from trainer.models import Problem, ProblemVersion, User
from trainer.services import catalogue, contents, judging, publishing, submissions
from trainer.services.author import Author

BANK = Path("problems")


def refuse(*_: object, **__: object) -> Content:
    raise PackageError("double", [Flaw("problem.md", "new_key", "is missing", "add it")])


@pytest.fixture
def stricter(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From here on the rules for packages refuse everything."""

    def change() -> None:
        for module in (rules, publishing, contents):
            monkeypatch.setattr(module, "read_package", refuse)

    return change


@pytest.fixture(autouse=True)
def nothing_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "_cache", contents._Cache(512))


def version_of(session: Session, slug: str) -> ProblemVersion:
    return catalogue.published(session, slug)[1]


def set_stored(session: Session, slug: str, **values: Any) -> None:
    session.execute(sa.update(ProblemVersion).where(ProblemVersion.id == version_of(session, slug).id).values(**values))
    session.expire_all()


@pytest.mark.parametrize("slug", list_bank(BANK))
def test_every_package_of_the_bank_is_read_as_it_was_stored(slug: str) -> None:
    content = read_package(load_folder(BANK / slug).files, slug)
    data = stored.write(content)
    assert stored.read(stored.FORMAT, data) == content
    assert stored.write(stored.read(stored.FORMAT, data)) == data, "the order of mappings stays, too"


def test_values_of_all_sorts_stay_what_they_are() -> None:
    case = Case("odd", (float("inf"), -0.0, 10**40, True, None, "\ud800 \x00", {"a": [1, [2.0]]}), expected=[])
    assert repr(build(Case, plain(case))) == repr(case)


def test_a_missing_field_takes_its_default_and_an_unknown_one_is_left_out() -> None:
    values = plain(Limits()) | {"no_longer_known": 1}
    del values["value_kib"]
    assert build(Limits, values) == Limits()


@pytest.mark.parametrize("values", [[], None, {}, {"name": 3, "arguments": []}, {"name": "x", "arguments": 1}])
def test_values_of_another_shape_are_refused_by_their_place(values: Any) -> None:
    with pytest.raises(CodecError, match="Case"):
        build(Case, values)


def test_a_stricter_rule_changes_no_published_version(session: Session, stricter: Callable[[], None]) -> None:
    publish(session)
    said = catalogue.content(session, version_of(session, "double"))
    contents._cache = contents._Cache(512)
    stricter()
    assert catalogue.content(session, version_of(session, "double")) == said


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"content_format": 99}, "stored in format 99"),
        ({"content": b"no zlib"}, "damaged"),
        ({"content": stored.write(read_package(make_package().files, "double"))[:-9]}, "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(session: Session, values: dict[str, Any], why: str) -> None:
    publish(session)
    set_stored(session, "double", **values)
    with pytest.raises(Unreadable, match=rf"Version 1 of “Double” cannot be read: .*{why}"):
        catalogue.content(session, version_of(session, "double"))


def test_publishing_the_same_files_reads_a_lost_version_anew(session: Session) -> None:
    publish(session)
    set_stored(session, "double", content_format=99)
    publish(session)
    assert version_of(session, "double").number == 1
    assert catalogue.content(session, version_of(session, "double")).title == "Double"


def test_older_versions_are_stored_at_the_start_and_lost_ones_are_named(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = contents.read_package
    monkeypatch.setattr(
        contents, "read_package", lambda files, slug, **more: refuse() if slug == "lost" else real(files, slug, **more)
    )
    said: list[str] = []
    with app.app_context():
        with db.writing() as session:
            for slug in ("double", "lost", "window"):
                publish(session, slug)
            session.execute(sa.update(ProblemVersion).values(content=None, content_format=None))
        start.store_contents(said.append)
        with db.reading() as session:
            assert contents.unstored(session) == [version_of(session, "lost").id]
            assert catalogue.content(session, version_of(session, "window")).slug == "window"
    assert len(said) == 1
    assert said[0].startswith("  lost, version 1: cannot be read: ")


def test_what_is_stored_is_never_replaced(session: Session) -> None:
    publish(session)
    other = read_package(make_package(title="Other").files, "double")
    contents.store(session, version_of(session, "double").id, other)
    session.expire_all()
    assert catalogue.content(session, version_of(session, "double")).title == "Double"


def test_a_mentors_version_survives_every_restart_until_the_folder_changes(
    app: Flask, config: Config, tmp_path: Path
) -> None:
    config = config.model_copy(update={"problems": tmp_path / "bank"})
    lay(config.problems, make_package(title="From the folder"))
    with app.app_context():

        def restart() -> tuple[str, int, str]:
            with db.writing() as session:
                (what,) = dict(publishing.sync(session, config.problems)).values()
                version = version_of(session, "double")
                return what, version.number, version.title

        assert restart() == ("new", 1, "From the folder")
        assert restart() == ("unchanged", 1, "From the folder")
        with db.writing() as session:
            mentor = make_user(session)
            publishing.publish(session, make_package(title="From a mentor"), user_id=mentor.id)
        assert restart() == ("unchanged", 2, "From a mentor")
        assert restart() == ("unchanged", 2, "From a mentor")
        lay(config.problems, make_package(title="The folder again"))
        assert restart() == ("version 3", 3, "The folder again")
        lay(config.problems, make_package(title="From a mentor"))
        assert restart() == ("version 2", 2, "From a mentor"), "the folder went back: that is a change, too"
        lay(config.problems, make_package(title="The folder again"))
        assert restart() == ("version 3", 3, "The folder again")


def test_the_folder_fixes_its_own_version_that_is_lost(session: Session, tmp_path: Path) -> None:
    lay(tmp_path, make_package())
    assert list(publishing.sync(session, tmp_path)) == [("double", "new")]
    set_stored(session, "double", content_format=99)
    list(publishing.sync(session, tmp_path))
    session.expire_all()
    assert catalogue.content(session, version_of(session, "double")).title == "Double"


@pytest.fixture
def student(session: Session) -> User:
    for slug in ("double", "window"):
        publish(session, slug)
    return make_user(session)


def judge(session: Session, student: User, slug: str, record: dict[str, Any]) -> int:
    sent = submissions.submit(session, Author(user_id=student.id), slug, language="python", source="answer")
    judging.record(session, claimed(session, sent), verdict="wrong answer", score=0.5, record=record)
    return sent.id


def test_a_record_of_a_newer_release_gives_the_verdict_and_the_reason(session: Session, student: User) -> None:
    number = judge(session, student, "double", {"format": 99, "cells": []})
    found = submissions.feedback(session, submissions.own(session, Author(user_id=student.id), number))
    assert found is not None
    assert (found.css, found.score) == ("wa", 0.5)
    assert "format 99" in found.summary


def test_a_lost_version_gives_the_verdict_and_the_reason(session: Session, student: User) -> None:
    number = judge(session, student, "double", {"format": 1, "cases": []})
    set_stored(session, "double", content_format=99)
    submission = submissions.own(session, Author(user_id=student.id), number)
    found = submissions.feedback(session, submission)
    assert found is not None
    assert "Version 1 of “Double” cannot be read" in found.summary
    assert submissions.to_read(session, submission) == "answer"


def test_lists_name_a_lost_version_like_any_other(session: Session, student: User) -> None:
    set_stored(session, "double", content_format=99)
    assert {entry.slug for entry in catalogue.entries(session, student.id)} == {"double", "window"}
    assert session.scalar(sa.select(sa.func.count()).select_from(Problem)) == 2
