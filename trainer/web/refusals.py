"""How programs are told that something cannot be done: problem details, as RFC 9457 defines them.

`code` and `errors` stand beside the members of the standard: what happened, for programs, and which inputs are meant.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Response

from trainer.errors import FieldError

MIMETYPE = "application/problem+json"
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""As RFC 9110 names them: Python's own names depend on its version."""


def title_of(status: int) -> str:
    return _TITLES.get(status) or HTTPStatus(status).phrase


def refusal(status: int, code: str, detail: str, errors: Sequence[FieldError] = (), **more: Any) -> Response:
    """The answer. `more` are members that only this error has; None stands for absent."""
    body = {
        "type": "about:blank",
        "title": title_of(status),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{"field": error.field, "message": error.message} for error in errors],
    }
    told = {name: value for name, value in more.items() if value is not None}
    return Response(json.dumps(body | told), status, mimetype=MIMETYPE)
