"""Rows as the JSON that clients get."""

from datetime import datetime, timezone
from typing import Any

from library.queries import Row

Json = dict[str, Any]


def book_json(book: Row) -> Json:
    return {key: book[key] for key in ("id", "title", "author", "copies", "available")}


def copy_json(copy: Row) -> Json:
    return {key: copy[key] for key in ("id", "book_id", "barcode", "status")}


def member_json(member: Row) -> Json:
    plain = {key: member[key] for key in ("id", "name", "email", "loans")}
    return {**plain, "fines_cents": int(member["fines_cents"])}


def loan_json(loan: Row) -> Json:
    plain = {key: loan[key] for key in ("id", "member_id", "copy_id", "book_id", "renewals", "fine_cents")}
    return {**plain, **{key: moment_json(loan[key]) for key in ("lent_at", "due_at", "returned_at")}}


def moment_json(moment: datetime | None) -> str | None:
    """2025-03-14T10:00:00.000Z"""
    if moment is None:
        return None
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
