"""`Idempotency-Key`: an account's request that is sent again is answered again, and does its work once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, request
from flask_login import current_user

from trainer.db import db
from trainer.models import IdempotencyKey
from trainer.services import idempotency

REPLAYED = "Idempotency-Replayed"


def idempotent(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refusals are not kept: whoever fixes what was wrong, or waits, may send the same again."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(idempotency.HEADER)
        if key is None or not current_user.is_authenticated:
            return view(*args, **kwargs)
        claimed = idempotency.claim(db.session, current_user.id, key.strip(), _digest())
        return _again(claimed) if claimed.status else _first(claimed, make_response(view(*args, **kwargs)))

    return answer


def _first(claimed: IdempotencyKey, response: Response) -> Response:
    if response.status_code < 400:
        idempotency.keep(
            db.session,
            claimed,
            status=response.status_code,
            body=response.get_data(as_text=True),
            location=response.headers.get("Location", ""),
        )
    return response


def _again(claimed: IdempotencyKey) -> Response:
    response = Response(claimed.body, claimed.status, {REPLAYED: "true"}, mimetype="application/json")
    if claimed.location:
        response.headers["Location"] = claimed.location
    return response


def _digest() -> str:
    about = f"{request.method} {request.full_path}\n".encode()
    return hashlib.sha256(about + request.get_data()).hexdigest()
