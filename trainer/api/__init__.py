"""The JSON API: everything that a page shows, for programs. Described by OpenAPI 3.1 at /api/v1/openapi.json."""

from __future__ import annotations

from flask import Flask, jsonify

from trainer.api import consoles, drafts, problems, progress, submissions
from trainer.api.spec import spec


def init_api(app: Flask) -> None:
    for module in (problems, submissions, consoles, drafts, progress):
        app.register_blueprint(module.blueprint)
    app.add_url_rule("/api/v1/openapi.json", "api_description", lambda: jsonify(spec.spec))
