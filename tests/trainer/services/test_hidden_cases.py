"""Hidden cases in memory: by their content, within a bound, and as they were read."""

from __future__ import annotations

import pytest
from flask import Flask

from sandbox.model import Case
from tests.factories import make_package, make_user, publish
from tests.statements import heard
from tests.trainer.work.test_worker import make_data, running, until_judged
from trainer.bank.files import package
from trainer.db import db
from trainer.services import publishing, submissions
from trainer.services.author import Author
from trainer.services.hidden_cases import HiddenCases


def cases(text: str) -> tuple[Case, ...]:
    return (Case("one", ([text],), {"text": text}),)


def test_what_was_used_last_is_kept_within_the_bound() -> None:
    kept = HiddenCases(most=10_000)
    for digest in "abc":
        kept.put(digest, cases(digest * 1000))
        assert kept.get("a") is not None
    for digest in "defgh":
        kept.put(digest, cases(digest * 1000))
        assert kept.get("a") is not None
    assert [digest for digest in "abcdefgh" if kept.get(digest)] == ["a", "g", "h"]


def test_what_is_large_is_not_kept() -> None:
    kept = HiddenCases(largest=10_000)
    kept.put("small", cases("x"))
    kept.put("large", cases("x" * 10_000))
    assert kept.get("small") == cases("x")
    assert kept.get("large") is None


@pytest.fixture
def author(app: Flask) -> Author:
    with app.app_context(), db.writing() as session:
        publish(session)
        author = Author(user_id=make_user(session).id)
    make_data(app)
    return author


def judge(app: Flask, author: Author, source: str = "def double(n): ...") -> str | None:
    with app.app_context(), db.writing() as session:
        sent = submissions.submit(session, author, "double", language="python", source=source).id
    return until_judged(app, sent).verdict


def test_hidden_data_is_read_once_for_many_submissions(app: Flask, author: Author) -> None:
    with running(app), app.app_context(), heard(db.engine) as statements:
        assert {judge(app, author) for _ in range(3)} == {"accepted"}
    assert len([one for one in statements if "SELECT test_data.digest, test_data.cases" in one.text]) == 1


def test_a_new_version_is_judged_on_its_own_cases(app: Flask, author: Author) -> None:
    with running(app):
        assert judge(app, author) == "accepted"
        with app.app_context(), db.writing() as session:
            cases = {"data/secret.yaml": b"- {name: odd, args: {number: 5}, expected: 11}\n"}
            publishing.publish(session, package("double", {**make_package().files, **cases}))
        assert judge(app, author) == "wrong answer"
