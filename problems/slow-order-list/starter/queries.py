"""What is asked of orders and their events. Carriers write references as they like: ORD-000042, ord-000042."""

from __future__ import annotations

from typing import Any

from database import Database

PAGE = 20

LISTED = """
SELECT o.ref, o.customer, o.placed_at, latest.state, latest.at AS since
FROM orders o
CROSS JOIN LATERAL (
    SELECT e.state, e.at
    FROM events e
    WHERE lower(e.order_ref) = lower(o.ref)
    ORDER BY e.at DESC, e.id DESC
    LIMIT 1
) latest
WHERE o.shop = %(shop)s AND (%(state)s::text IS NULL OR latest.state = %(state)s)
ORDER BY o.placed_at DESC, o.id DESC
LIMIT %(limit)s OFFSET %(offset)s
"""

SUMMARY = """
SELECT latest.state, count(*) AS orders
FROM orders o
CROSS JOIN LATERAL (
    SELECT e.state
    FROM events e
    WHERE lower(e.order_ref) = lower(o.ref)
    ORDER BY e.at DESC, e.id DESC
    LIMIT 1
) latest
WHERE o.shop = %(shop)s
GROUP BY latest.state
ORDER BY latest.state
"""

ORDER = "SELECT ref, shop, customer, placed_at FROM orders WHERE ref = upper(%(ref)s)"

EVENTS = """
SELECT order_ref AS ref, state, carrier, at
FROM events
WHERE lower(order_ref) = lower(%(ref)s)
ORDER BY at, id
"""

ADD_ORDER = "INSERT INTO orders (shop, customer) VALUES (%(shop)s, %(customer)s) RETURNING ref, shop, customer, placed_at"

ADD_EVENT = """
INSERT INTO events (order_ref, state, carrier) VALUES (%(ref)s, %(state)s, %(carrier)s)
RETURNING order_ref AS ref, state, carrier, at
"""


def list_orders(db: Database, shop: str, state: str | None, page: int) -> list[dict[str, Any]]:
    """A page of a shop's orders with their latest state, the newest first."""
    return db.rows(LISTED, {"shop": shop, "state": state, "limit": PAGE, "offset": PAGE * (page - 1)})


def summary(db: Database, shop: str) -> dict[str, int]:
    """How many of a shop's orders are in which state."""
    return {row["state"]: row["orders"] for row in db.rows(SUMMARY, {"shop": shop})}


def find_order(db: Database, ref: str) -> dict[str, Any] | None:
    return db.row(ORDER, {"ref": ref})


def events_of(db: Database, ref: str) -> list[dict[str, Any]]:
    """All events of an order, the first one first."""
    return db.rows(EVENTS, {"ref": ref})


def add_order(db: Database, shop: str, customer: str) -> dict[str, Any]:
    """A new order, and its first event."""
    order = db.row(ADD_ORDER, {"shop": shop, "customer": customer})
    add_event(db, order["ref"], "placed", "desk")
    return order


def add_event(db: Database, ref: str, state: str, carrier: str) -> dict[str, Any]:
    """`ref` is kept as it was written: carriers ask for that when something is lost."""
    return db.row(ADD_EVENT, {"ref": ref, "state": state, "carrier": carrier})
