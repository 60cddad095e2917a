"""Is it alive, is it ready: for whoever runs it."""

from __future__ import annotations

import sqlalchemy as sa
import structlog
from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.web.runtime import runtime
from trainer.web.security import limiter

log = structlog.get_logger()
blueprint = Blueprint("health", __name__)


def init_health(app: Flask) -> None:
    app.register_blueprint(blueprint)
    limiter.exempt(blueprint)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """It can do its work: the database answers, and so does the engine. 503 says which one does not; the log, why."""
    db.session.execute(sa.text("SELECT 1"))
    sandbox = runtime().sandbox.status()
    if not sandbox.available:
        log.warning("no engine answers", why=sandbox.message)
    body = {
        "status": "ok" if sandbox.available else "waiting",
        "database": "ok",
        "sandbox": {
            "available": sandbox.available,
            "warm": sandbox.warm,
            "boxes": "single" if sandbox.why_single else "kept",
        },
    }
    return jsonify(body), 200 if sandbox.available else 503
