"""The database under many threads: no update is lost, nobody is told that it is locked."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import make_user
from trainer.db import db
from trainer.models import User

THREADS, TIMES = 16, 20


def test_read_and_write_by_many_threads_loses_no_update(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        user = make_user(session)
        user.name = "0"
    errors: list[Exception] = []

    def count() -> None:
        try:
            with app.app_context():
                for _ in range(TIMES):
                    with db.writing() as session:
                        found = session.get_one(User, user.id, with_for_update=True)
                        found.name = str(int(found.name) + 1)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=count) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with app.app_context(), db.reading() as session:
        assert session.get_one(User, user.id).name == str(THREADS * TIMES)


def test_readers_go_on_while_somebody_writes(app: Flask) -> None:
    with app.app_context():
        with db.writing() as session:
            make_user(session)
        with db.writing() as writer:
            writer.execute(sa.update(User).values(name="half done"))
            with db.reading() as reader:
                assert reader.scalars(sa.select(User.name)).one() == "Mira Okafor"


def write_and_fail() -> None:
    with db.writing() as session:
        make_user(session)
        raise RuntimeError


def test_an_exception_undoes_the_transaction(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError):
            write_and_fail()
        with db.reading() as session:
            assert session.scalars(sa.select(User)).all() == []
