"""What people who run the desk look at."""

import os

from flask import Blueprint, Response, jsonify

from desk import queries
from desk.config import settings
from desk.db import transaction
from desk.sessions import current_agent
from desk.tickets import moment_json

routes = Blueprint("operations", __name__)
debug_routes = Blueprint("debug", __name__)

MOST_ENTRIES = 200


@routes.get("/audit")
def show_audit() -> Response:
    current_agent()
    with transaction() as connection:
        entries = queries.list_audit(connection, MOST_ENTRIES)
    return jsonify({"items": [{**entry, "at": moment_json(entry["at"])} for entry in entries]})


@debug_routes.get("/debug/settings")
def show_settings() -> Response:
    return jsonify({"settings": vars(settings()), "environment": dict(os.environ)})
