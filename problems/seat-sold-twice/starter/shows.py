"""Shows and the size of their house."""

from errors import ApiError

COLUMNS = "id, title, seats, price_cents"


def add(conn, title, seats, price_cents):
    return conn.execute(
        f"INSERT INTO shows (title, seats, price_cents) VALUES (%s, %s, %s) RETURNING {COLUMNS}",
        (title, seats, price_cents),
    ).fetchone()


def find(conn, show_id):
    """Raises ApiError where there is none."""
    show = conn.execute(f"SELECT {COLUMNS} FROM shows WHERE id = %s", (show_id,)).fetchone()
    if show is None:
        raise ApiError(404, "no_such_show")
    return show
