"""Parts and how many of each are in stock."""

from pathlib import Path

from errors import ApiError

COLUMNS = "sku, name, stock"


def create_tables(conn):
    conn.execute(Path(__file__).with_name("schema.sql").read_text())


def add(conn, sku, name, stock):
    """The new part, or None where there is one with this sku."""
    return conn.execute(
        "INSERT INTO parts (sku, name, stock) VALUES (%s, %s, %s)"
        f" ON CONFLICT (sku) DO NOTHING RETURNING {COLUMNS}",
        (sku, name, stock),
    ).fetchone()


def find(conn, sku):
    return conn.execute(f"SELECT {COLUMNS} FROM parts WHERE sku = %s", (sku,)).fetchone()


def take(conn, sku, quantity):
    """Take so many from stock. Raises ApiError where there are fewer, or none at all."""
    taken = conn.execute(
        "UPDATE parts SET stock = stock - %s WHERE sku = %s AND stock >= %s RETURNING sku", (quantity, sku, quantity)
    ).fetchone()
    if taken is None and find(conn, sku) is None:
        raise ApiError(404, "unknown_part")
    if taken is None:
        raise ApiError(409, "out_of_stock")


def put_back(conn, sku, quantity):
    """The part with so many more, or None where there is none."""
    return conn.execute(
        f"UPDATE parts SET stock = stock + %s WHERE sku = %s RETURNING {COLUMNS}", (quantity, sku)
    ).fetchone()
