"""`Idempotency-Key`: an account's request that is sent again is answered again, and does its work once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from flask import Response, make_response, request
from flask_login import current_user

from trainer.db import db
from trainer.models import IdempotencyKey
from trainer.services import idempotency

REPLAYED = "Idempotency-Replayed"


def idempotent(view: Callable[..., Any], secrets: Collection[str] = ()) -> Callable[..., Any]:
    """Refusals are not kept: whoever fixes what was wrong, or waits, may send the same again.

    Members of the answer that are called as one of `secrets` are told once: what is kept has null in their place.
    """

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(idempotency.HEADER)
        if key is None or not current_user.is_authenticated:
            return view(*args, **kwargs)
        claimed = idempotency.claim(db.session, current_user.id, key.strip(), _digest())
        return _again(claimed) if claimed.status else _first(claimed, make_response(view(*args, **kwargs)), secrets)

    return answer


def _first(claimed: IdempotencyKey, response: Response, secrets: Collection[str]) -> Response:
    if response.status_code < 400:
        body = response.get_data(as_text=True)
        idempotency.keep(
            db.session,
            claimed,
            status=response.status_code,
            body=json.dumps(_without(json.loads(body), secrets)) if secrets else body,
            location=response.headers.get("Location", ""),
        )
    return response


def _without(value: Any, secrets: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {name: None if name in secrets else _without(one, secrets) for name, one in value.items()}
    return [_without(one, secrets) for one in value] if isinstance(value, list) else value


def _again(claimed: IdempotencyKey) -> Response:
    response = Response(claimed.body, claimed.status, {REPLAYED: "true"}, mimetype="application/json")
    if claimed.location:
        response.headers["Location"] = claimed.location
    return response


def _digest() -> str:
    about = f"{request.method} {request.full_path}\n".encode()
    return hashlib.sha256(about + request.get_data()).hexdigest()
