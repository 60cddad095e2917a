"""Authentication over HTTP: read the request, ask the modules, answer."""

import os

import access
import accounts
import database
import sessions
import throttle
from flask import Flask, jsonify, request
from refusals import Refusal
from werkzeug.exceptions import HTTPException

app = Flask(__name__)


@app.post("/signup")
def sign_up():
    email, password = accounts.read_credentials(read_body(), least=accounts.LEAST_PASSWORD)
    return jsonify(accounts.create(email, password)), 201


@app.post("/login")
def log_in():
    email, password = accounts.read_credentials(read_body())
    with database.connect() as db:
        throttle.wait_turn(db, email)
        throttle.refuse_too_many(db, email)
        account = accounts.verified(db, email, password)
        if account is None:
            throttle.note_failure(db, email)
        else:
            throttle.forget_failures(db, email)
            refresh_token = sessions.begin(db, account["id"])
    # outside of the transaction: an exception inside would undo the failure that was noted
    if account is None:
        raise Refusal(401, "wrong_credentials")
    return token_pair(account, refresh_token)


@app.post("/refresh")
def refresh():
    with database.connect() as db:
        account_id, refresh_token = sessions.rotate(db, read_refresh_token())
        account = accounts.find(db, account_id)
    if account is None:
        raise Refusal(401, "invalid_refresh_token")
    return token_pair(account, refresh_token)


@app.post("/logout")
def log_out():
    with database.connect() as db:
        sessions.end(db, read_refresh_token())
    return "", 204


@app.get("/me")
def me():
    return jsonify(bearer())


@app.get("/admin/accounts")
def list_accounts():
    if bearer()["role"] != "admin":
        raise Refusal(403, "forbidden")
    with database.connect() as db:
        return jsonify(items=accounts.all_of_them(db))


def bearer():
    """The account whose access token came with the request."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    account_id = access.account_of(token) if scheme.lower() == "bearer" else None
    with database.connect() as db:
        account = accounts.find(db, account_id)
    if account is None:
        raise Refusal(401, "not_authenticated", {"WWW-Authenticate": "Bearer"})
    return account


def token_pair(account, refresh_token):
    return jsonify(
        access_token=access.issue(account),
        refresh_token=refresh_token,
        token_type="Bearer",
        expires_in=access.TTL_S,
    )


def read_body():
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refusal(400, "malformed_json")
    return body


def read_refresh_token():
    token = read_body().get("refresh_token")
    if not isinstance(token, str) or not token:
        raise Refusal(422, "invalid")
    return token


@app.errorhandler(Refusal)
def refused(refusal):
    return jsonify(error=refusal.code), refusal.status, refusal.headers


@app.errorhandler(HTTPException)
def not_served(error):
    return jsonify(error=error.name.lower().replace(" ", "_")), error.code


if __name__ == "__main__":
    database.make_tables()
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
