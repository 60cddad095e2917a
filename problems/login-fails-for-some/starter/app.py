"""The reading list's API: accounts, logging in, and the books that somebody wants to read."""

import os

from flask import Flask, request

import accounts
import books
import requestlog
import tokens
from db import connect, create_tables
from errors import ApiError

log = requestlog.log
app = Flask(__name__)
requestlog.install(app)


@app.errorhandler(ApiError)
def refused(error):
    return {"error": error.code}, error.status


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/accounts")
def sign_up():
    email, password, name = text("email"), text("password"), text("name")
    with connect() as conn:
        account = accounts.create(conn, email, password, name)
    log.info("account %s created", account["id"])
    return {**public(account), "token": tokens.issue(email)}, 201


@app.post("/login")
def log_in():
    email, password = text("email"), text("password")
    with connect() as conn:
        account = accounts.check_password(conn, email, password)
    log.info("login ok: account %s, email %s", account["id"], accounts.masked(email))
    return {"token": tokens.issue(email), "expires_in": tokens.LIFETIME_S}


@app.post("/login/refresh")
def refresh():
    with connect() as conn:
        account = accounts.by_token(conn, bearer())
    return {"token": tokens.issue(account["email"]), "expires_in": tokens.LIFETIME_S}


@app.get("/me")
def me():
    with connect() as conn:
        return public(accounts.by_token(conn, bearer()))


@app.put("/me/password")
def change_password():
    old, new = text("old"), text("new")
    with connect() as conn:
        account = accounts.by_token(conn, bearer())
        accounts.change_password(conn, account, old, new)
    return "", 204


@app.delete("/me")
def close_account():
    with connect() as conn:
        account = accounts.by_token(conn, bearer())
        accounts.delete(conn, account["id"])
    log.info("account %s deleted", account["id"])
    return "", 204


@app.post("/books")
def add_book():
    title = text("title")
    with connect() as conn:
        account = accounts.by_token(conn, bearer())
        return books.add(conn, account["id"], title), 201


@app.get("/books")
def list_books():
    with connect() as conn:
        account = accounts.by_token(conn, bearer())
        return {"books": books.of(conn, account["id"])}


def text(field):
    """A text of the request's body that is not empty. Raises ApiError."""
    body = request.get_json(silent=True)
    value = body.get(field) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise ApiError(400, f"{field}_missing")
    return value


def bearer():
    """The token that came with the request. Raises ApiError."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ApiError(401, "token_missing")
    return token.strip()


def public(account):
    return {"id": account["id"], "email": account["email"], "name": account["name"]}


if __name__ == "__main__":
    create_tables()
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "8000")), threaded=True)
