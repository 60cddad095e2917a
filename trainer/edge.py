"""Where HTTP meets the services: one transaction a request, and errors turned into answers, once."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from trainer.clock import now
from trainer.db import db, will_write
from trainer.errors import SignInNeeded, TrainerError
from trainer.runtime import send_committed

log = structlog.get_logger()

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TITLES = {
    400: ("bad_request", "This request cannot be read"),
    403: ("refused", "This is not yours to do"),
    404: ("not_found", "There is no such page"),
    405: ("method_not_allowed", "This address is not used in this way"),
    409: ("conflict", "Not now"),
    413: ("too_large", "This is too large"),
    422: ("invalid", "This cannot be used"),
    429: ("too_many", "Too many at once"),
    503: ("unavailable", "Not ready yet"),
}


def init_transactions(app: Flask) -> None:
    """Must come before whatever loads the user: its query is the first of the transaction."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_begin)
    app.after_request(_end)


class RowNumber(IntegerConverter):
    """Numbers of rows in addresses: what no database can hold is no address of ours."""

    regex = r"\d{1,18}"


def init_errors(app: Flask) -> None:
    app.register_error_handler(TrainerError, _on_trainer_error)
    app.register_error_handler(CSRFError, _on_csrf)
    app.register_error_handler(RateLimitExceeded, _on_rate_limit)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(Exception, _on_ours)


def _begin() -> None:
    if request.method not in _SAFE and not request.path.startswith("/static/"):
        will_write(db.session)
        g.writes = True


def _end(response: Response) -> Response:
    if g.pop("writes", False):
        if response.status_code < 400:
            db.session.commit()
            send_committed()
        else:
            db.session.rollback()
    return response


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _on_trainer_error(error: TrainerError) -> ResponseReturnValue:
    if isinstance(error, SignInNeeded) and not _wants_json() and "X-Fragment" not in request.headers:
        back = request.full_path.rstrip("?") if request.method in _SAFE else request.referrer or "/"
        return redirect(url_for("accounts.sign_in", next=back))
    if error.status == 500:
        return _on_ours(error)
    return _answer(error.status, error.code, str(error), field=error.field)


def _on_csrf(error: CSRFError) -> ResponseReturnValue:
    return _answer(400, "csrf", "This page was open for too long, or cookies are off. Reload it and send again.")


def _on_rate_limit(error: RateLimitExceeded) -> ResponseReturnValue:
    response = app_response(
        _answer(429, "too_many", "Too many at once. Wait a moment, then try again; nothing is lost.")
    )
    for name, value in error.get_response().headers:
        if name == "Retry-After":
            response.headers[name] = value
    return response


def _on_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status >= 500:
        return _on_ours(error)
    code, _ = _TITLES.get(status, ("error", ""))
    messages = {
        404: "Nothing stands at this address. The list of problems is a good place to go on.",
        405: "This address does not take this kind of request.",
        413: "What was sent is larger than this page takes. Nothing was changed.",
    }
    return _answer(status, code, messages.get(status, error.description or "This request cannot be read."))


def _on_ours(error: Exception) -> ResponseReturnValue:
    """Our fault: logged under a number that the page shows."""
    number = secrets.token_hex(4)
    log.error("unhandled", report=number, path=request.path, method=request.method, exc_info=error)
    db.session.rollback()
    message = "Something broke on our side. Your work is safe, and nothing of this is charged to you."
    return _answer(500, "ours", message, report_number=number)


def app_response(answer: ResponseReturnValue) -> Response:
    """A response object of what a handler returned."""
    assert isinstance(answer, Response)
    return answer


def _answer(status: int, code: str, message: str, **more: Any) -> Response:
    if _wants_json():
        error = {"code": code, "message": message} | {k: v for k, v in more.items() if v is not None}
        response = jsonify({"error": error})
    else:
        title = "Something broke on our side" if status >= 500 else _TITLES.get(status, ("", "This cannot be done"))[1]
        response = Response(
            render_template(
                "error.html",
                status=status,
                title=title,
                message=message,
                report_number=more.get("report_number"),
                moment=now(),
            ),
            mimetype="text/html",
        )
    response.status_code = status
    return response
