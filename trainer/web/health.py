"""Is it alive, is it ready: for whoever runs it."""

from __future__ import annotations

import structlog
from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.services import workers
from trainer.services.sorts import of_installation
from trainer.web.runtime import runtime
from trainer.web.security import limiter

log = structlog.get_logger()
blueprint = Blueprint("health", __name__)
TOO_OLD = "The tables are of a newer version of the trainer. Update this server, then start it again."


def init_health(app: Flask) -> None:
    app.register_blueprint(blueprint)
    limiter.exempt(blueprint)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """What is sent in will be judged: the database answers, and a worker is there that can have boxes.

    503 says which one does not; the log, why. `away` names the sorts of boxes that no worker can have: what takes them
    waits, and all the rest is judged. Without its broker it is ready, too, and says so. A server that is older than the
    tables is not: `database` says so. Neither is one whose secret key is not that of the others.
    """
    if not runtime().tables.fit(db.session.connection()):
        log.error("this server is too old", why=TOO_OLD)
        return jsonify(status="too old", database=TOO_OLD), 503
    listed = workers.listed(db.session)
    present = [known for known in listed if known.is_present]
    able = [known.row for known in present if known.can_judge]
    if not able:
        why = next((known.row.message for known in present), "no worker is there")
        log.warning("nobody can judge", why=why)
    keys = runtime().key_watch
    if keys.is_other:
        return jsonify(status="other key", database="ok", secret_key=keys.trouble), 503
    body = {
        "status": "ok" if able else "waiting",
        "database": "ok",
        "secret_key": keys.trouble or "ok",
        "broker": _broker(),
        "workers": {"present": len(present), "able": len(able)},
        "sandbox": {
            "available": bool(able),
            "warm": sum(row.warm for row in able),
            "boxes": "single" if any(row.why_single for row in able) else "kept",
            "away": list(workers.out_of_order(listed)) if able else list(of_installation(runtime().config.offered)),
        },
    }
    return jsonify(body), 200 if able else 503


def _broker() -> str:
    broker = runtime().broker
    if broker is None:
        return "not used"
    return "away: judging goes on without it" if broker.trouble else "ok"
