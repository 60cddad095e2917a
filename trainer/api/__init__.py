"""The JSON API: what pages show and do, for programs. Described by OpenAPI 3.1 at /api/v1/openapi.json."""

from __future__ import annotations

from flask import Flask, current_app, jsonify, request
from werkzeug.exceptions import BadRequest

from trainer.api import (
    account,
    accounts,
    consoles,
    drafts,
    entry,
    interviews,
    languages,
    mentor,
    own_cases,
    practice,
    problems,
    progress,
    rejudging,
    rooms,
    students,
    submissions,
    topics,
)
from trainer.api.document import document
from trainer.api.spec import spec
from trainer.api.tags import tagged
from trainer.errors import BrokenJson, FieldError, NotJson, Unfit

PARTS = (
    problems,
    topics,
    languages,
    practice,
    own_cases,
    submissions,
    consoles,
    drafts,
    progress,
    interviews,
    rooms,
    account,
    mentor,
    rejudging,
    students,
    accounts,
    entry,
)


def init_api(app: Flask) -> None:
    app.before_request(_take_only_json)
    for module in PARTS:
        app.register_blueprint(module.blueprint)
    app.add_url_rule("/api/v1/openapi.json", "api_description", tagged(lambda: jsonify(document())))


def _take_only_json() -> None:
    """A body of another type would arrive as none at all, and so would broken JSON."""
    if not _takes_body() or not (request.mimetype or request.get_data()):
        return  # what is missing is told by its names
    if not request.is_json:
        raise NotJson("Send JSON, with the header Content-Type: application/json.")
    try:
        body = request.get_json()
    except BadRequest as error:
        raise BrokenJson(f"The body is not JSON: {_why(error)}.") from error
    if not isinstance(body, dict):
        raise Unfit([FieldError("body", "Send a JSON object")])


def _takes_body() -> bool:
    if not request.path.startswith("/api/") or request.endpoint is None:
        return False
    about = spec.get_function_metadata(current_app.view_functions[request.endpoint])
    return about is not None and about.json is not None


def _why(error: BaseException) -> BaseException:
    """What the parser said: Flask wraps it, and leaves the words out."""
    while not isinstance(error, ValueError) and (cause := error.__cause__ or error.__context__):
        error = cause
    return error
