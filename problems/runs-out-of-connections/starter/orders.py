"""Orders: all of their lines are taken from stock, or none."""

import parts
from errors import ApiError


def place(conn, customer, lines):
    """A new order of these quantities by sku. Raises ApiError where a part is unknown or short."""
    order = conn.execute(
        "INSERT INTO orders (customer) VALUES (%s) RETURNING id, customer, state", (customer,)
    ).fetchone()
    for sku, quantity in sorted(lines.items()):  # in one order, so that two orders never wait for each other
        parts.take(conn, sku, quantity)
        conn.execute(
            "INSERT INTO order_lines (order_id, sku, quantity) VALUES (%s, %s, %s)", (order["id"], sku, quantity)
        )
    return {**order, "lines": lines_of(conn, order["id"])}


def find(conn, order_id):
    """The order with its lines, or None."""
    order = conn.execute("SELECT id, customer, state FROM orders WHERE id = %s", (order_id,)).fetchone()
    return order and {**order, "lines": lines_of(conn, order_id)}


def of(conn, customer):
    """The ids of a customer's orders, the first one first."""
    rows = conn.execute("SELECT id FROM orders WHERE customer = %s ORDER BY id", (customer,))
    return [row["id"] for row in rows]


def cancel(conn, order_id):
    """Cancel an order and put its parts back. Raises ApiError where there is none, or it is cancelled."""
    cancelled = conn.execute(
        "UPDATE orders SET state = 'cancelled' WHERE id = %s AND state = 'placed' RETURNING id", (order_id,)
    ).fetchone()
    order = find(conn, order_id)
    if order is None:
        raise ApiError(404, "unknown_order")
    if cancelled is None:
        raise ApiError(409, "already_cancelled")
    for line in order["lines"]:
        parts.put_back(conn, line["sku"], line["quantity"])
    return order


def lines_of(conn, order_id):
    rows = conn.execute("SELECT sku, quantity FROM order_lines WHERE order_id = %s ORDER BY sku", (order_id,))
    return rows.fetchall()
