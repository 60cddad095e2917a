"""The audit trail: every request that may change something."""

import json

from flask import Flask, Response, g, request

from desk import queries
from desk.db import transaction


def register(app: Flask) -> None:
    @app.before_request
    def read_body() -> None:
        g.body = request.get_data(as_text=True)

    @app.after_request
    def note(response: Response) -> Response:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            user = g.get("user")
            detail = json.dumps({"headers": dict(request.headers), "body": g.get("body", "")})
            with transaction() as connection:
                queries.add_audit(
                    connection, user["id"] if user else None, request.method, request.path, response.status_code, detail
                )
        return response
