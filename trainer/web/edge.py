"""Where HTTP meets the services: errors turned into answers, once."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from math import ceil
from typing import Any

import structlog
from flask import Flask, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed
from werkzeug.routing import IntegerConverter, ValidationError

from trainer.clock import now
from trainer.db import row_number
from trainer.db_faults import is_busy, is_full, is_read_only
from trainer.errors import SignInNeeded, TooMany, TrainerError, headers_of
from trainer.web.refusals import refusal
from trainer.web.security import limiter
from trainer.web.transactions import SAFE, undo

log = structlog.get_logger()

FULL = (
    "The disk of this server is full: what you sent was not stored. Leave this page open, because what you typed is"
    " still in it, and tell whoever runs this place."
)
BUSY_S = 5
READ_ONLY_S = 60
BUSY = "The database does not answer in time: what you sent was not stored. Try again in a few seconds."
READ_ONLY = (
    "The database takes no changes at the moment: what you sent was not stored. Leave this page open, because what you"
    " typed is still in it, and send it again in a minute. What is there can be read."
)
OURS = (
    "Something broke on our side, and what you sent may not be stored. What you typed is still on the page before:"
    " go back to it, and look before you send it again. No try is charged for this."
)
_TITLES = {
    400: ("bad_request", "This request cannot be read"),
    403: ("refused", "You have no permission for this"),
    404: ("not_found", "There is no such page"),
    405: ("method_not_allowed", "This address is not used in this way"),
    409: ("conflict", "This is not possible now"),
    413: ("too_large", "This is too large"),
    422: ("invalid", "This cannot be used"),
    429: ("too_many", "Too many at once"),
    503: ("unavailable", "Not ready yet"),
    507: ("disk_full", "The disk is full"),
}
_PAGE_MESSAGES = {
    404: "There is nothing at this address. The list of problems is a good place to go on.",
    405: "This address does not take this kind of request.",
    413: "What was sent is larger than this page takes. Nothing was changed.",
}
_API_MESSAGES = {
    404: "The API has no such address. /api/v1/openapi.json describes those that there are.",
    405: "This address does not take this method. The header Allow lists those that it takes.",
    413: "What was sent is larger than this address takes. Nothing was changed.",
}


def _check_address() -> None:
    """No text that is kept or sought can hold a NUL: PostgreSQL has none."""
    if any("\x00" in text for pair in request.args.items(multi=True) for text in pair):
        raise BadRequest("An address cannot hold the character NUL.")


class RowNumber(IntegerConverter):
    """Numbers of rows in addresses: what no database can hold is no address of ours."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        try:
            return row_number(value)
        except ValueError:
            raise ValidationError from None


def init_addresses(app: Flask) -> None:
    """Must come before the first route."""
    app.before_request(_check_address)
    app.url_map.converters["int"] = RowNumber


def init_errors(app: Flask) -> None:
    app.register_error_handler(TrainerError, _on_trainer_error)
    app.register_error_handler(CSRFError, _on_csrf)
    app.register_error_handler(RateLimitExceeded, _on_rate_limit)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(RecursionError, _on_depth)
    app.register_error_handler(Exception, _on_ours)


def _is_of_api() -> bool:
    return request.path.startswith("/api/")


def _wants_json() -> bool:
    return _is_of_api() or request.accept_mimetypes.best == "application/json"


def _on_trainer_error(error: TrainerError) -> ResponseReturnValue:
    if isinstance(error, SignInNeeded) and not _wants_json() and "X-Fragment" not in request.headers:
        back = request.full_path.rstrip("?") if request.method in SAFE else request.referrer or "/"
        return redirect(url_for("accounts.sign_in", next=back))
    if error.status == 500:
        return _on_ours(error)
    response = _answer(error.status, error.code, str(error), errors=error.errors)
    response.headers.update(headers_of(error))
    return response


def _on_csrf(error: CSRFError) -> ResponseReturnValue:
    if _is_of_api() and not request.cookies:
        return _on_trainer_error(SignInNeeded("Send a key from your account page, or sign in first."))
    return _answer(400, "csrf", "This page was open for too long, or cookies are off. Reload it and send again.")


def _on_rate_limit(error: RateLimitExceeded) -> ResponseReturnValue:
    limit = limiter.current_limit
    wait_s = ceil(max(1, limit.window[0] - time.time())) if limit else 60  # `reset_at` is up to a second later
    g.wait_s = wait_s
    back = "" if request.method in SAFE or _wants_json() else " Your browser's Back still has what you typed."
    return _on_trainer_error(TooMany(f"Too many at once; nothing was changed.{back}", wait_s))


def _on_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status >= 500:
        return _on_ours(error)
    code, _ = _TITLES.get(status, ("error", ""))
    messages = _API_MESSAGES if _is_of_api() else _PAGE_MESSAGES
    response = _answer(status, code, messages.get(status, error.description or "This request cannot be read."))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _on_depth(error: RecursionError) -> ResponseReturnValue:
    """Only what is sent can be nested so deeply: no text of ours is."""
    log.warning("too deep", path=request.path, method=request.method)
    return _answer(400, "bad_request", "What was sent is nested too deeply to be read.")


def _on_ours(error: Exception) -> ResponseReturnValue:
    """Our fault: logged under a number that the page shows."""
    error = getattr(error, "original_exception", None) or error
    number = secrets.token_hex(4)
    log.error("unhandled", report=number, path=request.path, method=request.method, exc_info=error)
    if is_full(error):
        return _answer(507, "disk_full", FULL, report_number=number)
    if is_read_only(error):
        g.wait_s = READ_ONLY_S
        return _answer(503, "unavailable", READ_ONLY, report_number=number)
    if is_busy(error):
        g.wait_s = BUSY_S
        return _answer(503, "unavailable", BUSY, report_number=number)
    return _answer(500, "ours", OURS, report_number=number)


def _answer(status: int, code: str, message: str, **more: Any) -> Response:
    if _wants_json():
        with suppress(SQLAlchemyError):
            undo()
        return refusal(status, code, message, **more)
    return Response(_page(status, code, message, more.get("report_number")), status, mimetype="text/html")


def _page(status: int, code: str, message: str, report_number: str | None) -> str:
    """The page of an error. Where the database is away, and so the account, it is the message alone."""
    title = "Something broke on our side" if status == 500 else _TITLES.get(status, ("", "This cannot be done"))[1]
    try:
        undo()  # nothing of a refused request is kept, and no lock is held while its page is made
        about = {"status": status, "code": code, "title": title, "message": message, "report_number": report_number}
        return render_template("error.html", **about, moment=now())
    except SQLAlchemyError as error:
        log.error("an error without its page", path=request.path, why=str(error))
        return f"<!doctype html><title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(message)}</p>"
