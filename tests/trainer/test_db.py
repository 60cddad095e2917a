"""The database under many threads: no update is lost, nobody is told that it is locked."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.conftest import ending
from tests.factories import make_user
from tests.postgres import PostgresServer
from tests.statements import heard
from trainer import db as database
from trainer import migrate
from trainer.db import Sessions, db, make_engine
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


@pytest.mark.postgres
@pytest.mark.parametrize("trusted_s", [0.0, 3600.0])
def test_a_connection_that_was_lost_is_not_used(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, trusted_s: float
) -> None:
    monkeypatch.setattr(database, "_TRUSTED_S", trusted_s)
    url = postgres.fresh()
    engine, other = make_engine(url), make_engine(url)
    with ending(engine), ending(other):
        with Sessions.of(engine).reading() as session:
            mine = session.scalar(sa.select(sa.func.pg_backend_pid()))
        with other.connect() as connection:
            connection.execute(sa.select(sa.func.pg_terminate_backend(mine, 5000)))
        with Sessions.of(engine).writing() as session:
            assert session.scalar(sa.select(sa.func.pg_backend_pid())) != mine


@pytest.mark.postgres
def test_a_connection_that_was_just_used_is_not_tried(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(postgres.fresh())
    tried = []
    monkeypatch.setattr(engine.dialect, "do_ping", tried.append)
    with ending(engine):
        for trusted_s, count in ((3600.0, 0), (0.0, 1)):
            monkeypatch.setattr(database, "_TRUSTED_S", trusted_s)
            for _ in range(2):  # the first one may be a new connection
                tried.clear()
                with Sessions.of(engine).writing() as session:
                    session.execute(sa.select(1))
            assert len(tried) == count


@pytest.mark.postgres
def test_who_only_reads_is_in_no_transaction(postgres: PostgresServer) -> None:
    engine = make_engine(postgres.fresh())
    with ending(engine):
        sessions = Sessions.of(engine)
        with sessions.reading() as session:
            session.execute(sa.select(1))
            driver = session.connection().connection.driver_connection
            assert driver is not None
            assert driver.info.transaction_status.name == "IDLE"
        with sessions.writing() as session:  # on the same connection
            make_user(session)
            session.rollback()
        with sessions.reading() as session:
            assert session.scalars(sa.select(User.id)).all() == []


def test_whether_tables_tell_of_their_version_is_looked_for_once(app: Flask) -> None:
    with app.app_context():
        tables = migrate.Tables()
        with db.engine.connect() as connection:
            assert tables.fit(connection)
            with heard(db.engine) as statements:
                assert tables.fit(connection)
    assert len(statements) == 1
