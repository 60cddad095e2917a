"""All SQL, a function a statement."""

from typing import Any

from desk.db import Connection

Row = dict[str, Any]

# Users


def add_user(connection: Connection, name: str, email: str, password_hash: str, role: str) -> Row | None:
    """The new user, or None where the address is taken."""
    return connection.execute(
        """
        INSERT INTO users (name, email, password_hash, role) VALUES (%s, %s, %s, %s)
        ON CONFLICT (email) DO NOTHING
        RETURNING *
        """,
        [name, email, password_hash, role],
    ).fetchone()


def find_user(connection: Connection, user_id: int) -> Row | None:
    return connection.execute("SELECT * FROM users WHERE id = %s", [user_id]).fetchone()


def find_user_by_email(connection: Connection, email: str) -> Row | None:
    return connection.execute("SELECT * FROM users WHERE email = %s", [email]).fetchone()


# Tickets

_TICKETS = """
    SELECT tickets.id, tickets.customer_id, users.name AS customer, tickets.subject, tickets.body,
           tickets.status, tickets.priority, tickets.created_at
      FROM tickets
      JOIN users ON users.id = tickets.customer_id
"""


def add_ticket(connection: Connection, customer_id: int, subject: str, body: str, priority: int) -> int:
    row = connection.execute(
        "INSERT INTO tickets (customer_id, subject, body, priority) VALUES (%s, %s, %s, %s) RETURNING id",
        [customer_id, subject, body, priority],
    ).fetchone()
    return row["id"]


def find_ticket(connection: Connection, ticket_id: int) -> Row | None:
    return connection.execute(_TICKETS + "WHERE tickets.id = %s", [ticket_id]).fetchone()


def list_tickets(connection: Connection, customer_id: int | None, sort: str) -> list[Row]:
    """Tickets of a customer, or of all where it is None."""
    return connection.execute(
        _TICKETS + f"WHERE %s::bigint IS NULL OR tickets.customer_id = %s ORDER BY {sort}, id",
        [customer_id, customer_id],
    ).fetchall()


def search_tickets(connection: Connection, customer_id: int | None, words: str) -> list[Row]:
    """Tickets with these words in subject or text, of a customer, or of all where it is None."""
    whose = "TRUE" if customer_id is None else f"tickets.customer_id = {customer_id}"
    found = f"tickets.subject ILIKE '%{words}%' OR tickets.body ILIKE '%{words}%'"
    return connection.execute(_TICKETS + f"WHERE {whose} AND ({found}) ORDER BY id").fetchall()


def close_ticket(connection: Connection, ticket_id: int) -> None:
    connection.execute("UPDATE tickets SET status = 'closed' WHERE id = %s", [ticket_id])


# Comments

_COMMENTS = """
    SELECT comments.*, users.name AS author, users.role AS author_role
      FROM comments
      JOIN users ON users.id = comments.author_id
"""


def add_comment(connection: Connection, ticket_id: int, author_id: int, body: str, internal: bool) -> Row:
    row = connection.execute(
        "INSERT INTO comments (ticket_id, author_id, body, internal) VALUES (%s, %s, %s, %s) RETURNING id",
        [ticket_id, author_id, body, internal],
    ).fetchone()
    return connection.execute(_COMMENTS + "WHERE comments.id = %s", [row["id"]]).fetchone()


def list_comments(connection: Connection, ticket_id: int, with_internal: bool) -> list[Row]:
    return connection.execute(
        _COMMENTS + "WHERE ticket_id = %s AND (%s OR NOT internal) ORDER BY comments.id",
        [ticket_id, with_internal],
    ).fetchall()


# Audit


def add_audit(
    connection: Connection, user_id: int | None, method: str, path: str, status: int, detail: str
) -> None:
    connection.execute(
        "INSERT INTO audit (user_id, method, path, status, detail) VALUES (%s, %s, %s, %s, %s)",
        [user_id, method, path, status, detail],
    )


def list_audit(connection: Connection, most: int) -> list[Row]:
    """The newest entries, the last one first."""
    return connection.execute("SELECT * FROM audit ORDER BY id DESC LIMIT %s", [most]).fetchall()
