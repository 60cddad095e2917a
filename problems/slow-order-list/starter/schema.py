"""Tables, indexes, and the orders that a new database begins with."""

from __future__ import annotations

from database import Database

TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref text NOT NULL UNIQUE GENERATED ALWAYS AS ('ORD-' || lpad(id::text, 6, '0')) STORED,
    shop text NOT NULL,
    customer text NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_ref text NOT NULL,
    state text NOT NULL,
    carrier text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS orders_by_shop ON orders (shop, placed_at, id);
CREATE INDEX IF NOT EXISTS events_by_order ON events (order_ref, at, id);
"""

ORDERS = """
INSERT INTO orders (shop, customer, placed_at)
SELECT CASE WHEN n % 50 = 0 THEN 'west' WHEN n % 3 = 0 THEN 'south' ELSE 'north' END,
       'Customer ' || n,
       timestamptz '2025-01-01 08:00+00' + n * interval '7 minutes'
FROM generate_series(1, 5000) n;
"""

EVENTS = """
INSERT INTO events (order_ref, state, carrier, at)
SELECT CASE WHEN step > 3 AND id % 2 = 0 THEN lower(ref) ELSE ref END,
       CASE WHEN step < 8 THEN (ARRAY['placed', 'paid', 'packed', 'shipped', 'moving', 'moving', 'moving'])[step]
            WHEN id % 97 = 0 THEN 'held'
            WHEN id % 23 = 0 THEN 'returned'
            ELSE 'delivered' END,
       CASE WHEN step <= 3 THEN 'desk' WHEN id % 2 = 0 THEN 'swift' ELSE 'parcel-post' END,
       placed_at + step * interval '5 hours'
FROM orders, generate_series(1, 8) step
ORDER BY 4;
"""


def prepare() -> None:
    """Make what is missing. An empty database is filled."""
    with Database(timeout_ms=0) as db:
        db.run(TABLES)
        if not db.rows("SELECT 1 FROM orders LIMIT 1"):
            db.run(ORDERS)
            db.run(EVENTS)
            db.run("ANALYZE orders, events")
