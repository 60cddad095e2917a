"""The JSON API: everything that a page shows, for programs. Described by OpenAPI 3.1 at /api/v1/openapi.json."""

from __future__ import annotations

from flask import Flask, jsonify, request

from trainer.api import consoles, drafts, interviews, own_cases, problems, progress, submissions
from trainer.api.spec import spec
from trainer.errors import NotJson


def init_api(app: Flask) -> None:
    app.before_request(_take_only_json)
    for module in (problems, submissions, consoles, drafts, own_cases, progress, interviews):
        app.register_blueprint(module.blueprint)
    app.add_url_rule("/api/v1/openapi.json", "api_description", lambda: jsonify(spec.spec))


def _take_only_json() -> None:
    """A body of another type would arrive as none at all."""
    known = request.path.startswith("/api/") and request.url_rule is not None
    if known and request.method in ("POST", "PUT", "PATCH") and not request.is_json:
        raise NotJson("Send JSON, with the header Content-Type: application/json.")
