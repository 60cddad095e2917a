"""Signing up, logging in and out."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Blueprint, Response, current_app, jsonify

from desk import queries, sessions
from desk.config import Settings
from desk.db import transaction
from desk.errors import ApiError
from desk.queries import Row
from desk.validation import Body

routes = Blueprint("accounts", __name__)

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = _hasher.hash("nobody has this password")
"""Verified where there is no such user, so that the time of an answer does not tell who has an account."""


@routes.post("/customers")
def sign_up() -> tuple[Response, int]:
    body = Body()
    name, email, password = body.text("name", 100), body.email("email"), body.text("password", 200, least=10)
    with transaction() as connection:
        user = queries.add_user(connection, name, email, _hasher.hash(password), "customer")
    if user is None:
        raise ApiError(409, "email_taken", "There is an account with this address.")
    return jsonify(user_json(user)), 201


@routes.post("/login")
def log_in() -> Response:
    body = Body()
    email, password = body.email("email"), body.text("password")
    current_app.logger.warning("login of %s with password %s", email, password)
    with transaction() as connection:
        user = queries.find_user_by_email(connection, email)
    if not _is_right(user["password_hash"] if user else _NOBODY, password) or user is None:
        raise ApiError(401, "wrong_login", "Address or password is wrong.")
    response = jsonify(user_json(user))
    sessions.start(response, user)
    return response


@routes.post("/logout")
def log_out() -> tuple[Response, int]:
    response = Response()
    sessions.end(response)
    return response, 204


@routes.get("/me")
def me() -> Response:
    return jsonify(user_json(sessions.current_user()))


def ensure_agent(settings: Settings) -> None:
    """Make the first agent, unless that account is already there."""
    if not settings.agent_email:
        return
    with transaction() as connection:
        if queries.find_user_by_email(connection, settings.agent_email) is None:
            password_hash = _hasher.hash(settings.agent_password)
            queries.add_user(connection, "First Agent", settings.agent_email, password_hash, "agent")


def user_json(user: Row) -> dict[str, object]:
    return {key: user[key] for key in ("id", "name", "email", "role")}


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except VerifyMismatchError:
        return False
