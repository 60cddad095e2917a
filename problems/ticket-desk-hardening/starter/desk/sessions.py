"""Sessions: a signed cookie that says who is logged in and until when."""

import hashlib
import hmac
import time

from flask import Response, g, request

from desk import queries
from desk.config import settings
from desk.db import transaction
from desk.errors import Forbidden, LoginRequired
from desk.queries import Row

COOKIE = "session"


def start(response: Response, user: Row) -> None:
    """Log the user in on this answer."""
    ends = int(time.time()) + settings().session_s
    value = f"{user['id']}.{ends}"
    response.set_cookie(COOKIE, f"{value}.{_signature(value)}", max_age=settings().session_s)


def end(response: Response) -> None:
    response.delete_cookie(COOKIE)


def current_user() -> Row:
    """Who asks. Raises LoginRequired."""
    user_id = _user_id(request.cookies.get(COOKIE, ""))
    if user_id is not None:
        with transaction() as connection:
            g.user = queries.find_user(connection, user_id)
    if g.get("user") is None:
        raise LoginRequired
    return g.user


def current_agent() -> Row:
    """Who asks, if an agent. Raises LoginRequired, Forbidden."""
    user = current_user()
    if not is_agent(user):
        raise Forbidden("This is for agents.")
    return user


def is_agent(user: Row) -> bool:
    return user["role"] == "agent"


def _user_id(cookie: str) -> int | None:
    """Whose session the cookie is, or None where it is none, or not ours, or over."""
    value, _, signature = cookie.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(value).encode()):
        return None
    user_id, _, ends = value.partition(".")
    return int(user_id) if int(ends) > time.time() else None


def _signature(value: str) -> str:
    return hmac.new(settings().secret_key.encode(), value.encode(), hashlib.sha256).hexdigest()
