"""Many who follow submissions cost few queries, and each is told what has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import make_user, publish
from tests.statements import heard
from trainer.db import db
from trainer.models import Submission, SubmissionStatus
from trainer.services import submissions
from trainer.services.author import Author
from trainer.web import watch as module
from trainer.web.event_stream import EventStream
from trainer.web.watch import Watch
from trainer.work.news import News, submission_topic

MANY = 120
LONG_S = 60


@pytest.fixture
def sent(app: Flask) -> list[int]:
    """Submissions that wait, of as many people."""
    with app.app_context(), db.writing() as session:
        publish(session)
        people = [Author(user_id=make_user(session, email=f"{n}@example.org").id) for n in range(MANY)]
        return [submissions.submit(session, who, "double", language="python", source="x").id for who in people]


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def watch(app: Flask, news: News) -> Watch:
    return Watch(app, news)


class Follower:
    """A stream, and what was told in it."""

    def __init__(self, watch: Watch, submission_id: int) -> None:
        self.changed = threading.Event()
        self.stream = EventStream(lambda: watch.leave(submission_id, self.stream))
        self.stream.begin(b"")
        self.stream.take()
        self.stream.on_change = self.changed.set
        watch.follow(submission_id, self.stream)

    def told(self) -> tuple[str, bool]:
        data, is_end = self.stream.take()
        return data.decode(), is_end


def judge(app: Flask, submission_id: int) -> None:
    with app.app_context(), db.writing() as session:
        row = session.get_one(Submission, submission_id)
        row.status, row.verdict = SubmissionStatus.JUDGED, "accepted"


@pytest.fixture
def running(watch: Watch) -> Iterator[Watch]:
    watch.start()
    yield watch
    watch.stop()


def test_one_look_at_many_rows_takes_as_many_queries_as_one_at_two(app: Flask, watch: Watch, sent: list[int]) -> None:
    followers = [Follower(watch, number) for number in sent for _ in range(3)]
    with app.app_context():
        engine = db.engine
    with heard(engine) as statements:
        watch._tell(watch._topics())
    asked = [one for one in statements if not one.text.startswith("BEGIN")]
    assert len(asked) == 3, "one for the rows, one for the queue, one for the workers"
    for place, follower in enumerate(followers):
        text, is_end = follower.told()
        assert f'"position": {place // 3}' in text
        assert not is_end


def test_news_of_a_row_is_looked_at_alone(
    app: Flask, news: News, running: Watch, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[list[int]] = []
    ask = submissions.progress_of_all

    def noted(session: Session, ids: Any) -> Any:
        looked.append(list(ids))
        return ask(session, ids)

    monkeypatch.setattr(module, "LOOK_AGAIN_S", 3600.0)
    followers = [Follower(running, number) for number in sent]
    until_quiet(running, followers)
    monkeypatch.setattr(submissions, "progress_of_all", noted)
    judge(app, sent[5])
    news.publish(submission_topic(sent[5]))
    assert followers[5].changed.wait(LONG_S)
    text, is_end = followers[5].told()
    assert text.startswith("event: judged\n")
    assert is_end
    assert looked == [[sent[5]]]


def until_quiet(watch: Watch, followers: list[Follower]) -> None:
    """Wait for the look that was due before `LOOK_AGAIN_S` was changed."""
    for follower in followers:
        assert follower.changed.wait(LONG_S)
        follower.changed.clear()
        follower.told()


def test_without_news_what_has_changed_is_found_all_the_same(app: Flask, running: Watch, sent: list[int]) -> None:
    follower = Follower(running, sent[0])
    judge(app, sent[0])
    text = ""
    while "judged" not in text:
        assert follower.changed.wait(LONG_S)
        follower.changed.clear()
        text, _ = follower.told()


def test_a_row_that_goes_ends_its_streams(app: Flask, news: News, running: Watch, sent: list[int]) -> None:
    follower = Follower(running, sent[0])
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(Submission).where(Submission.id == sent[0]))
    ended = False
    while not ended:
        assert follower.changed.wait(LONG_S)
        follower.changed.clear()
        _, ended = follower.told()


def test_who_leaves_is_not_looked_for(news: News, watch: Watch, sent: list[int]) -> None:
    followers = [Follower(watch, sent[0]) for _ in range(2)]
    followers[0].stream.close()
    assert news.topics == {submission_topic(sent[0])}
    followers[1].stream.close()
    assert news.topics == frozenset()


def test_a_stop_ends_all_streams(running: Watch, sent: list[int]) -> None:
    followers = [Follower(running, number) for number in sent]
    running.stop()
    assert all(follower.told()[1] for follower in followers)


def test_a_database_that_fails_is_asked_again(
    app: Flask, running: Watch, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()
    ask: Callable[..., Any] = submissions.progress_of_all

    def fails_once(session: Session, ids: Any) -> Any:
        if not failed.is_set():
            failed.set()
            raise sa.exc.OperationalError("SELECT", {}, Exception("the database is away"))
        return ask(session, ids)

    monkeypatch.setattr(submissions, "progress_of_all", fails_once)
    assert Follower(running, sent[0]).changed.wait(LONG_S)
    assert failed.is_set()
