"""Admins see who judges, what waits, and the last hour, as pictures and as a table."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_worker
from tests.statements import heard
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import db
from trainer.models import Role, WorkerProcess
from trainer.pages.workers.charts import HEIGHT, TOP, draw
from trainer.pages.workers.views import age
from trainer.services import workers
from trainer.web.runtime import Runtime, runtime
from trainer.web.same_key import KeyWatch
from trainer.work.broker import Broker
from trainer.work.news import News

AWAY = "no Docker-compatible engine answers"


@pytest.fixture
def admin(make_visitor: Callable[..., Visitor]) -> Visitor:
    return make_visitor("root@example.org", Role.ADMIN)


@pytest.fixture
def beat(app: Flask) -> Callable[..., None]:
    """A worker tells of itself, with a message where its engine is away."""

    def tell(message: str = "") -> None:
        with app.app_context(), db.writing() as session:
            make_worker(session, message=message)

    return tell


def test_nobody_but_admins_sees_it(student: Visitor, mentor: Visitor) -> None:
    assert student.get("/workers").status_code == 403
    assert mentor.get("/workers").status_code == 403
    assert "/workers" not in mentor.get("/accounts").text


def test_without_a_worker_it_says_how_to_start_one(admin: Visitor) -> None:
    page = text_of(admin.get("/workers"))
    assert "Nobody can judge now. No worker is there. Start one with trainer worker" in page
    assert "Hidden data" in page
    assert "No worker is there" in text_of(admin.get("/accounts"))


def test_a_broker_that_is_away_is_told_by_the_server_and_beside_each_worker(
    app: Flask, admin: Visitor, beat: Callable[..., None]
) -> None:
    beat()
    assert "broker" not in text_of(admin.get("/workers"))
    with app.app_context(), db.writing() as session:
        runtime().broker = Broker("amqp://trainer:hush-hush@127.0.0.1:1", News())
        session.execute(sa.update(WorkerProcess).values(message="The broker is away, and it says why"))
    page = text_of(admin.get("/workers"))
    assert "The broker is away, and work is found without it: it was not reached yet." in page
    assert "boxes ready The broker is away, and it says why." in page
    assert "hush-hush" not in page


def test_a_worker_is_told_with_all_that_it_can(admin: Visitor, beat: Callable[..., None]) -> None:
    beat()
    page = text_of(admin.get("/workers"))
    assert "Nobody can judge" not in page
    for words in (
        "judge-7",
        "Judges",
        "3 boxes ready",
        "16 boxes, 6,400 MiB",
        "data, python",
        "1 of 1 workers can judge",
    ):
        assert words in page.replace("\u00a0", " "), words
    assert "3 stand ready" in text_of(admin.get("/accounts"))


def test_a_worker_without_an_engine_says_why(admin: Visitor, beat: Callable[..., None]) -> None:
    beat(AWAY)
    page = text_of(admin.get("/workers"))
    assert "Nobody can judge now. 1 worker is there, but no box can be started" in page
    assert "no Docker-compatible engine answers" in page
    assert "no Docker-compatible engine answers" in text_of(admin.get("/accounts"))


def test_a_sort_of_boxes_that_no_worker_can_have_is_told_with_the_reason(
    app: Flask, admin: Visitor, beat: Callable[..., None]
) -> None:
    beat()
    page = text_of(admin.get("/workers"))
    assert "Services and debugging problems cannot be judged now. All the rest is judged as usual." in page
    assert "service: its image is not built" in page
    assert "No boxes of the sort service: its image is not built" in page
    assert "Queries cannot be judged now" not in page
    assert "Services and debugging problems cannot be judged now." in text_of(admin.get("/accounts"))
    with app.app_context(), db.writing() as session:
        about = workers.About("judge-8", "1.0", judges=2, max_boxes=16, max_memory_mib=6400)
        workers.beat(session, "8", about, workers.EngineState(True, "", "", ("service",)), 0)
    page = text_of(admin.get("/workers"))
    assert "cannot be judged now" not in page
    assert "No boxes of the sort service: its image is not built" in page, "the other worker has none all the same"
    assert "cannot be judged now" not in text_of(admin.get("/accounts"))


def test_a_worker_that_falls_silent_is_told_apart_from_one_that_stopped(
    app: Flask, admin: Visitor, beat: Callable[..., None]
) -> None:
    beat()
    with app.app_context(), db.writing() as session:
        row = session.get_one(WorkerProcess, "7")
        row.seen_at -= timedelta(minutes=2, seconds=10)
    assert "Silent for 2 min" in text_of(admin.get("/workers")).replace("\u00a0", " ")
    with app.app_context(), db.writing() as session:
        workers.stop(session, "7")
    assert "Stopped 2 min ago" in text_of(admin.get("/workers")).replace("\u00a0", " ")


def test_what_waits_stands_in_the_queue_and_what_was_judged_in_the_hour(
    app: Flask, student: Visitor, admin: Visitor, judges: Runtime, submit: Callable[..., int]
) -> None:
    submit(student, "x")
    pause = threading.Event()
    for _ in range(600):  # known mistakes are made ready behind it
        page = text_of(admin.get("/workers"))
        if "Nothing waits" in page:
            break
        pause.wait(0.05)
    assert "Nothing waits" in page
    assert "1 in the hour" in page


def test_pictures_have_words_and_a_table(admin: Visitor) -> None:
    page = admin.get("/workers").text
    assert page.count('role="img"') == page.count("<desc ") == 5
    table = page.partition("Show as table")[2].partition("</table>")[0]
    assert table.count('<tr><th scope="row">') == 60


def test_the_page_takes_a_handful_of_queries(app: Flask, admin: Visitor) -> None:
    admin.get("/workers")
    with app.app_context():
        engine: sa.Engine = db.engine
    with heard(engine) as statements:
        admin.get("/workers")
    assert len([one for one in statements if not one.text.startswith("BEGIN")]) <= 9


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "–"),
        (0.2, "under 1 s"),
        (12, "12 s"),
        (99, "99 s"),
        (100, "2 min"),
        (3599, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_ages_are_told_in_one_unit_or_two(seconds: float, words: str) -> None:
    assert age(seconds).replace("\u00a0", " ") == words


@given(values=st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_bars_lie_inside_their_picture_and_the_highest_fills_it(values: list[int]) -> None:
    picture = draw("a", "A", values, str)
    assert len(picture.bars) == sum(value > 0 for value in values)
    for bar in picture.bars:
        assert 0 <= bar.x < picture.width
        assert TOP - 0.1 <= bar.y <= HEIGHT
        assert abs(bar.y + bar.height - HEIGHT) < 0.2
    assert not picture.bars or max(bar.height for bar in picture.bars) == HEIGHT - TOP


def test_admins_are_told_that_servers_have_different_secret_keys(app: Flask, admin: Visitor) -> None:
    with app.app_context():
        mine, other = runtime().key_watch, KeyWatch(db.sessions, "another key")
    for one in (mine, other, mine):
        one.look()
    assert "Another server has another TRAINER_SECRET_KEY" in text_of(admin.get("/workers"))
