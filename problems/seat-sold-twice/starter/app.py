"""The box office's API: shows, and bookings of their seats."""

from flask import Flask, request

import bookings
import requestlog
import shows
from db import connect, create_tables
from errors import ApiError
from server import serve

app = Flask(__name__)
requestlog.install(app)


@app.errorhandler(ApiError)
def refused(error):
    return {"error": error.code}, error.status


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/shows")
def add_show():
    title, seats, price_cents = text("title"), number("seats", most=500), number("price_cents", most=100_000)
    with connect() as conn:
        return shows.add(conn, title, seats, price_cents), 201


@app.get("/shows/<int:show_id>")
def plan_of_show(show_id):
    with connect() as conn:
        show = shows.find(conn, show_id)
        return {**show, "taken": bookings.taken_seats(conn, show_id)}


@app.post("/shows/<int:show_id>/bookings")
def book(show_id):
    email, seat = text("email"), number("seat", most=500) if "seat" in body() else None
    with connect() as conn:
        return bookings.book(conn, show_id, email, seat), 201


@app.get("/bookings/<int:booking_id>")
def one_booking(booking_id):
    with connect() as conn:
        return bookings.find(conn, booking_id)


@app.patch("/bookings/<int:booking_id>")
def move(booking_id):
    seat = number("seat", most=500)
    with connect() as conn:
        return bookings.move(conn, booking_id, seat)


@app.post("/bookings/<int:booking_id>/cancel")
def cancel(booking_id):
    with connect() as conn:
        return bookings.cancel(conn, booking_id)


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


def number(field, most):
    value = body().get(field)
    if type(value) is not int or not 1 <= value <= most:
        raise ApiError(400, f"{field}_invalid")
    return value


if __name__ == "__main__":
    create_tables()
    serve(app)
