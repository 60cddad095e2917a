"""Bookings: who has which seat of a show."""

import prices
import shows
from errors import ApiError
from requestlog import log

COLUMNS = "id, show_id, seat, email, price_cents, state"


def book(conn, show_id, email, seat=None):
    """Book this seat of a show, or any where none is wished. Raises ApiError."""
    show = shows.find(conn, show_id)
    taken = taken_seats(conn, show_id)
    if seat is None:
        seat = first_free(show, taken)
    check_seat(show, taken, seat)
    price_cents = prices.quote(conn, show, email)
    booking = conn.execute(
        f"INSERT INTO bookings (show_id, seat, email, price_cents) VALUES (%s, %s, %s, %s) RETURNING {COLUMNS}",
        (show_id, seat, email, price_cents),
    ).fetchone()
    log.info("booking %s: show %s, seat %s, %s cents", booking["id"], show_id, seat, price_cents)
    return booking


def move(conn, booking_id, seat):
    """Give a booking another seat of its show, at the same price. Raises ApiError."""
    booking = find(conn, booking_id)
    if booking["state"] != "booked":
        raise ApiError(409, "booking_cancelled")
    show = shows.find(conn, booking["show_id"])
    check_seat(show, taken_seats(conn, show["id"]), seat)
    log.info("booking %s: from seat %s to seat %s", booking_id, booking["seat"], seat)
    return conn.execute(
        f"UPDATE bookings SET seat = %s, changed_at = now() WHERE id = %s RETURNING {COLUMNS}", (seat, booking_id)
    ).fetchone()


def cancel(conn, booking_id):
    """Cancel a booking; its row stays, for the accounts. Raises ApiError."""
    find(conn, booking_id)
    return conn.execute(
        f"UPDATE bookings SET state = 'cancelled', changed_at = now() WHERE id = %s RETURNING {COLUMNS}", (booking_id,)
    ).fetchone()


def find(conn, booking_id):
    """Raises ApiError where there is none."""
    booking = conn.execute(f"SELECT {COLUMNS} FROM bookings WHERE id = %s", (booking_id,)).fetchone()
    if booking is None:
        raise ApiError(404, "no_such_booking")
    return booking


def taken_seats(conn, show_id):
    rows = conn.execute("SELECT seat FROM bookings WHERE show_id = %s AND state = 'booked' ORDER BY seat", (show_id,))
    return [row["seat"] for row in rows]


def first_free(show, taken):
    """The lowest seat that nobody has. Raises ApiError."""
    seat = next((seat for seat in range(1, show["seats"] + 1) if seat not in taken), None)
    if seat is None:
        raise ApiError(409, "sold_out")
    return seat


def check_seat(show, taken, seat):
    """Raises ApiError where the house has no such seat, or somebody has it."""
    if seat > show["seats"]:
        raise ApiError(404, "no_such_seat")
    if seat in taken:
        raise ApiError(409, "seat_taken")
