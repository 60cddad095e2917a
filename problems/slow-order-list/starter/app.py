"""Orders of several shops and where they are: HTTP in, JSON out."""

from __future__ import annotations

import logging
import os
import secrets
import time
from datetime import datetime
from typing import Any

import psycopg
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

import queries
import schema
from database import Database
from errors import Refused

STATES = ("placed", "paid", "packed", "shipped", "moving", "held", "delivered", "returned")
LONGEST = 60

app = Flask(__name__)
log = logging.getLogger("orders")


@app.get("/shops/<shop>/orders")
def list_orders(shop: str) -> Any:
    state, page = request.args.get("state"), request.args.get("page", 1, type=int)
    if state is not None and state not in STATES:
        raise Refused(422, "there is no such state")
    if not 1 <= page <= 10_000:
        raise Refused(422, "pages are counted from 1")
    with database() as db:
        found = queries.list_orders(db, shop, state, page)
    return {"page": page, "orders": [shown(order) for order in found]}


@app.get("/shops/<shop>/summary")
def show_summary(shop: str) -> Any:
    with database() as db:
        return queries.summary(db, shop)


@app.post("/shops/<shop>/orders")
def add_order(shop: str) -> Any:
    customer = text_of(body(), "customer")
    with database() as db:
        return shown(queries.add_order(db, shop, customer)), 201


@app.get("/orders/<ref>")
def show_order(ref: str) -> Any:
    with database() as db:
        order = need_order(db, ref)
        events = queries.events_of(db, ref)
    return shown(order) | {"state": events[-1]["state"], "events": [shown(event) for event in events]}


@app.post("/events")
def add_event() -> Any:
    told = body()
    ref, state, carrier = (text_of(told, field) for field in ("ref", "state", "carrier"))
    if state not in STATES:
        raise Refused(422, "there is no such state")
    with database() as db:
        need_order(db, ref)
        return shown(queries.add_event(db, ref, state, carrier)), 201


def need_order(db: Database, ref: str) -> dict[str, Any]:
    """Raises Refused where there is none."""
    order = queries.find_order(db, ref)
    if order is None:
        raise Refused(404, "there is no such order")
    return order


def body() -> dict[str, Any]:
    """The request's body. Raises Refused unless it is a JSON object."""
    value = request.get_json(force=True, silent=True)
    if not isinstance(value, dict):
        raise Refused(422, "the body must be a JSON object")
    return value


def text_of(fields: dict[str, Any], field: str) -> str:
    """Raises Refused."""
    value = fields.get(field)
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= LONGEST:
        raise Refused(422, f"{field} must be a text of 1 to {LONGEST} characters")
    return value.strip()


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row as answers show it."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def database() -> Database:
    """This request's connection; the log tells what was done with it."""
    g.db = Database()
    return g.db


@app.before_request
def begin() -> None:
    g.id, g.began, g.db = secrets.token_hex(4), time.monotonic(), None


@app.after_request
def write_log(response: Response) -> Response:
    ms = round((time.monotonic() - g.began) * 1000)
    work = f"connect={g.db.connect_ms} queries={g.db.queries} query_ms={g.db.query_ms}" if g.db else "-"
    path = request.full_path.rstrip("?")
    log.info("%s %s %s %s %d ms %s", g.id, request.method, path, response.status_code, ms, work)
    return response


@app.errorhandler(Refused)
def answer_refused(error: Refused) -> Any:
    return {"error": error.sentence}, error.status


@app.errorhandler(psycopg.errors.QueryCanceled)
def answer_late(error: psycopg.errors.QueryCanceled) -> Any:
    log.error("%s %s", g.id, str(error).splitlines()[0])
    return {"error": "the database did not answer in time"}, 503


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
    schema.prepare()
    log.info("ready on port %s", os.environ["PORT"])
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)


if __name__ == "__main__":
    main()
