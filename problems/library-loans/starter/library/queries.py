"""All SQL, a function a statement. Functions take the connection: who calls them decides where a transaction ends."""

from datetime import datetime
from typing import Any

from library.db import Connection
from library.validation import Page

Row = dict[str, Any]

# Books and copies

_BOOKS = """
    SELECT books.id, books.title, books.author,
           count(copy_states.id) AS copies,
           count(copy_states.id) FILTER (WHERE copy_states.status = 'available') AS available
      FROM books
      LEFT JOIN copy_states ON copy_states.book_id = books.id
"""


def add_book(connection: Connection, title: str, author: str) -> int:
    row = connection.execute(
        "INSERT INTO books (title, author) VALUES (%s, %s) RETURNING id", [title, author]
    ).fetchone()
    return row["id"]


def find_book(connection: Connection, book_id: int) -> Row | None:
    return connection.execute(_BOOKS + "WHERE books.id = %s GROUP BY books.id", [book_id]).fetchone()


def list_books(connection: Connection, words: str, page: Page) -> list[Row]:
    """Books whose title or author has the words in it, in the order of their ids."""
    return connection.execute(
        _BOOKS
        + """
        WHERE books.id > %s
          AND position(lower(%s) IN lower(books.title || ' ' || books.author)) > 0
        GROUP BY books.id
        ORDER BY books.id
        LIMIT %s
        """,
        [page.after, words, page.rows_to_read],
    ).fetchall()


def add_copy(connection: Connection, book_id: int, barcode: str) -> int:
    row = connection.execute(
        "INSERT INTO copies (book_id, barcode) VALUES (%s, %s) RETURNING id", [book_id, barcode]
    ).fetchone()
    return row["id"]


def find_copy(connection: Connection, copy_id: int) -> Row | None:
    return connection.execute("SELECT * FROM copy_states WHERE id = %s", [copy_id]).fetchone()


def lock_copy(connection: Connection, copy_id: int) -> None:
    """Nobody else lends this copy until the transaction ends."""
    connection.execute("SELECT id FROM copies WHERE id = %s FOR UPDATE", [copy_id])


# Members

_MEMBERS = """
    SELECT members.id, members.name, members.email,
           (SELECT count(*) FROM loans WHERE member_id = members.id AND returned_at IS NULL) AS loans,
           (SELECT coalesce(sum(fine_cents), 0) FROM loans WHERE member_id = members.id)
           - (SELECT coalesce(sum(amount_cents), 0) FROM payments WHERE member_id = members.id) AS fines_cents
      FROM members
"""


def add_member(connection: Connection, name: str, email: str) -> int:
    row = connection.execute(
        "INSERT INTO members (name, email) VALUES (%s, %s) RETURNING id", [name, email]
    ).fetchone()
    return row["id"]


def find_member(connection: Connection, member_id: int) -> Row | None:
    return connection.execute(_MEMBERS + "WHERE members.id = %s", [member_id]).fetchone()


def lock_member(connection: Connection, member_id: int) -> None:
    """The member's loans and payments stay as they are until the transaction ends."""
    connection.execute("SELECT id FROM members WHERE id = %s FOR UPDATE", [member_id])


def add_payment(connection: Connection, member_id: int, amount_cents: int) -> None:
    connection.execute(
        "INSERT INTO payments (member_id, amount_cents) VALUES (%s, %s)", [member_id, amount_cents]
    )


# Loans

_LOANS = """
    SELECT loans.*, copies.book_id
      FROM loans
      JOIN copies ON copies.id = loans.copy_id
"""


def add_loan(connection: Connection, member_id: int, copy_id: int, lent_at: datetime, due_at: datetime) -> int:
    row = connection.execute(
        "INSERT INTO loans (member_id, copy_id, lent_at, due_at) VALUES (%s, %s, %s, %s) RETURNING id",
        [member_id, copy_id, lent_at, due_at],
    ).fetchone()
    return row["id"]


def find_loan(connection: Connection, loan_id: int) -> Row | None:
    return connection.execute(_LOANS + "WHERE loans.id = %s", [loan_id]).fetchone()


def lock_loan(connection: Connection, loan_id: int) -> None:
    """Nobody else returns or renews this loan until the transaction ends."""
    connection.execute("SELECT id FROM loans WHERE id = %s FOR UPDATE", [loan_id])


def list_loans(connection: Connection, member_id: int, page: Page) -> list[Row]:
    return connection.execute(
        _LOANS + "WHERE loans.member_id = %s AND loans.id > %s ORDER BY loans.id LIMIT %s",
        [member_id, page.after, page.rows_to_read],
    ).fetchall()


def end_loan(connection: Connection, loan_id: int, returned_at: datetime, fine_cents: int) -> None:
    connection.execute(
        "UPDATE loans SET returned_at = %s, fine_cents = %s WHERE id = %s", [returned_at, fine_cents, loan_id]
    )


def extend_loan(connection: Connection, loan_id: int, due_at: datetime) -> None:
    connection.execute("UPDATE loans SET due_at = %s, renewals = renewals + 1 WHERE id = %s", [due_at, loan_id])
