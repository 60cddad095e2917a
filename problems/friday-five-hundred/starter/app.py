"""Court bookings of a sports club: HTTP in, JSON out."""

from __future__ import annotations

import logging
import os
import secrets
import time
from typing import Any

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

import rules
import store
from errors import Refused
from times import show_time

app = Flask(__name__)
log = logging.getLogger("courts")


@app.get("/health")
def health() -> Any:
    with store.connect() as db:
        db.execute("SELECT 1")
    return {"status": "ok"}


@app.post("/courts")
def add_court() -> Any:
    name = rules.name_of(body(), "name")
    with store.connect() as db:
        return store.add_court(db, name), 201


@app.get("/courts/<int:court_id>/bookings")
def list_bookings(court_id: int) -> Any:
    since, until = rules.window_of(request.args)
    with store.connect() as db:
        store.need_court(db, court_id)
        return jsonify([shown(booking) for booking in store.list_bookings(db, court_id, since, until)])


@app.post("/bookings")
def add_booking() -> Any:
    wish = body()
    court_id, member = rules.id_of(wish, "court_id"), rules.name_of(wish, "member")
    starts_at, ends_at = rules.slot_of(wish)
    with store.connect() as db:
        store.lock_court(db, court_id)
        store.refuse_taken(db, court_id, starts_at, ends_at)
        return shown(store.add_booking(db, court_id, member, starts_at, ends_at)), 201


@app.patch("/bookings/<int:booking_id>")
def move_booking(booking_id: int) -> Any:
    starts_at, ends_at = rules.slot_of(body())
    with store.connect() as db:
        booking = store.booking(db, booking_id)
        rules.refuse_begun(booking)
        store.lock_court(db, booking["court_id"])
        store.refuse_taken(db, booking["court_id"], starts_at, ends_at, but=booking_id)
        return shown(store.move_booking(db, booking_id, starts_at, ends_at))


@app.delete("/bookings/<int:booking_id>")
def cancel_booking(booking_id: int) -> Any:
    with store.connect() as db:
        rules.refuse_begun(store.booking(db, booking_id))
        store.delete_booking(db, booking_id)
    return "", 204


def body() -> dict[str, Any]:
    """The request's body. Raises Refused unless it is a JSON object."""
    value = request.get_json(force=True, silent=True)
    if not isinstance(value, dict):
        raise Refused(422, "the body must be a JSON object")
    return value


def shown(booking: dict[str, Any]) -> dict[str, Any]:
    """A booking as answers show it."""
    times = {field: show_time(booking[field]) for field in ("starts_at", "ends_at")}
    return {"id": booking["id"], "court_id": booking["court_id"], "member": booking["member"], **times}


@app.before_request
def begin() -> None:
    g.id, g.began = secrets.token_hex(4), time.monotonic()


@app.after_request
def write_log(response: Response) -> Response:
    ms = round((time.monotonic() - g.began) * 1000)
    agent = request.user_agent.string.split(" ")[0]
    log.info("%s %s %s %s %d ms %s", g.id, request.method, request.path, response.status_code, ms, agent)
    return response


@app.errorhandler(Refused)
def answer_refused(error: Refused) -> Any:
    return {"error": error.sentence}, error.status


@app.errorhandler(HTTPException)
def answer_http(error: HTTPException) -> Any:
    return {"error": error.name.lower()}, error.code or 500


@app.errorhandler(Exception)
def answer_error(error: Exception) -> Any:
    log.exception("%s %s %s failed", g.id, request.method, request.path)
    return {"error": "internal error", "request_id": g.id}, 500


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-7s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store.create_tables()
    log.info("ready on port %s", os.environ["PORT"])
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)


if __name__ == "__main__":
    main()
