"""The spare-parts store's API: parts, deliveries, and orders that take parts from stock."""

import os

from flask import Flask, abort, request
from psycopg.errors import CheckViolation
from werkzeug.exceptions import HTTPException

import orders
import parts
import requestlog
from errors import ApiError
from pool import Pool

log = requestlog.log
pool = Pool(os.environ["DATABASE_URL"], size=int(os.environ.get("POOL_SIZE", "8")))
app = Flask(__name__)
requestlog.install(app, pool)


@app.errorhandler(ApiError)
def refused(error):
    return {"error": error.code}, error.status


@app.errorhandler(HTTPException)
def not_served(error):
    return {"error": error.name.lower().replace(" ", "_")}, error.code


@app.errorhandler(Exception)
def broken(error):
    log.exception("request failed")
    return {"error": "internal"}, 500


@app.get("/health")
def health():
    return {"status": "ok", "connections_in_use": pool.in_use}


@app.post("/parts")
def add_part():
    sku, name, stock = text("sku"), text("name"), number("stock", least=0)
    with pool.transaction() as conn:
        part = parts.add(conn, sku, name, stock)
    if part is None:
        raise ApiError(409, "known_part")
    return part, 201


@app.get("/parts/<sku>")
def one_part(sku):
    with pool.transaction() as conn:
        part = parts.find(conn, sku)
    if part is None:
        raise ApiError(404, "unknown_part")
    return part


@app.post("/parts/<sku>/deliveries")
def deliver(sku):
    quantity = number("quantity")
    try:
        with pool.transaction() as conn:
            return parts.put_back(conn, sku, quantity) or abort(404)
    except CheckViolation:
        raise ApiError(409, "shelf_full") from None


@app.post("/orders")
def place_order():
    customer, lines = text("customer"), order_lines()
    with pool.transaction() as conn:
        order = orders.place(conn, customer, lines)
    log.info("order %s placed", order["id"])
    return order, 201


@app.get("/orders/<int:order_id>")
def one_order(order_id):
    with pool.transaction() as conn:
        order = orders.find(conn, order_id)
    return order or abort(404)


@app.get("/orders")
def orders_of_customer():
    with pool.transaction() as conn:
        return {"orders": orders.of(conn, request.args.get("customer", ""))}


@app.post("/orders/<int:order_id>/cancel")
def cancel_order(order_id):
    with pool.transaction() as conn:
        return orders.cancel(conn, order_id)


def body():
    """The request's body. Raises ApiError where it is no JSON object."""
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise ApiError(400, "no_object")
    return found


def text(field):
    value = body().get(field)
    if not isinstance(value, str) or not value.strip():
        raise ApiError(400, f"{field}_missing")
    return value.strip()


def number(field, least=1, given=None):
    value = (body() if given is None else given).get(field)
    if type(value) is not int or not least <= value <= 1_000_000:
        raise ApiError(400, f"{field}_invalid")
    return value


def order_lines():
    """What is ordered, as quantities by sku. Raises ApiError."""
    lines = body().get("lines")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise ApiError(400, "lines_invalid")
    wanted = {}
    for line in lines:
        sku = str(line.get("sku"))
        wanted[sku] = wanted.get(sku, 0) + number("quantity", given=line)
    return wanted


if __name__ == "__main__":
    with pool.transaction() as conn:
        parts.create_tables(conn)
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "8000")), threaded=True)
