"""Accounts and sessions with SQLAlchemy's engine as connection pool. A session knows the digest that is good now."""

import hashlib
import os
import secrets
import uuid

from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

_url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1)
_engine = create_engine(_url, pool_size=8, max_overflow=8)

TABLES = """
CREATE TABLE IF NOT EXISTS people (
    number bigint GENERATED ALWAYS AS IDENTITY,
    id text PRIMARY KEY,
    email text NOT NULL UNIQUE,
    secret text NOT NULL,
    role text NOT NULL
);
CREATE TABLE IF NOT EXISTS logins (
    id text PRIMARY KEY,
    person text NOT NULL REFERENCES people,
    ended boolean NOT NULL DEFAULT false
);
CREATE TABLE IF NOT EXISTS keys (
    digest text PRIMARY KEY,
    login text NOT NULL REFERENCES logins,
    spent boolean NOT NULL DEFAULT false
);
"""


def prepare():
    with _engine.begin() as db:
        db.execute(text(TABLES))


def add_account(email, secret, role):
    """The account, or None where the address has one."""
    account = {"id": str(uuid.uuid4()), "email": email, "secret": secret, "role": role}
    try:
        with _engine.begin() as db:
            db.execute(
                text("INSERT INTO people (id, email, secret, role) VALUES (:id, :email, :secret, :role)"), account
            )
    except IntegrityError:
        return None
    return account


def account_by_id(key):
    return _one("SELECT * FROM people WHERE id = :key", key=key)


def account_by_email(email):
    return _one("SELECT * FROM people WHERE email = :email", email=email)


def accounts():
    with _engine.begin() as db:
        return db.execute(text("SELECT * FROM people ORDER BY number")).mappings().all()


def begin_session(person):
    with _engine.begin() as db:
        login = str(uuid.uuid4())
        db.execute(text("INSERT INTO logins (id, person) VALUES (:id, :person)"), {"id": login, "person": person})
        return _new_key(db, login)


def exchange(token):
    """The account and the next token, or two times None. One UPDATE decides who of several at once is first."""
    with _engine.begin() as db:
        spent = db.execute(
            text(
                "UPDATE keys SET spent = true FROM logins WHERE logins.id = keys.login AND NOT logins.ended"
                " AND digest = :digest AND NOT spent RETURNING login, person"
            ),
            {"digest": _digest(token)},
        ).one_or_none()
        if spent is None:
            _end(db, token)
            return None, None
        account = db.execute(text("SELECT * FROM people WHERE id = :id"), {"id": spent.person}).mappings().one()
        return account, _new_key(db, spent.login)


def end_session(token):
    with _engine.begin() as db:
        _end(db, token)


def _end(db, token):
    db.execute(
        text("UPDATE logins SET ended = true WHERE id = (SELECT login FROM keys WHERE digest = :digest)"),
        {"digest": _digest(token)},
    )


def _new_key(db, login):
    token = secrets.token_hex(32)
    db.execute(
        text("INSERT INTO keys (digest, login) VALUES (:digest, :login)"), {"digest": _digest(token), "login": login}
    )
    return token


def _one(query, **values):
    with _engine.begin() as db:
        return db.execute(text(query), values).mappings().one_or_none()


def _digest(token):
    return hashlib.sha256(token.encode()).hexdigest()
