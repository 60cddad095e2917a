"""The rules of lending. Each function runs in the caller's transaction and raises what clients are told.

Rows are locked in the order member, copy, loan, so that no two requests wait for each other.
"""

from datetime import datetime, timedelta, timezone

from library import queries
from library.config import Settings
from library.db import Connection
from library.errors import Conflict, found
from library.queries import Row

DAY = timedelta(days=1)


def lend(
    connection: Connection, settings: Settings, member_id: int, copy_id: int, lent_at: datetime | None
) -> Row:
    """Lend a copy to a member; `lent_at` is given for loans that were written on paper first."""
    queries.lock_member(connection, member_id)
    queries.lock_copy(connection, copy_id)
    member = found(queries.find_member(connection, member_id), "member")
    copy = found(queries.find_copy(connection, copy_id), "copy")
    if copy["status"] == "on_loan":
        raise Conflict("copy_on_loan", "This copy is on loan.")
    if member["loans"] >= settings.max_loans:
        raise Conflict("loan_limit", f"A member has at most {settings.max_loans} loans.")
    if member["fines_cents"] >= settings.fines_block_cents:
        raise Conflict("fines_due", "The member has to pay fines first.")
    start = lent_at or _now()
    loan_id = queries.add_loan(connection, member_id, copy_id, start, start + settings.loan_days * DAY)
    return found(queries.find_loan(connection, loan_id), "loan")


def give_back(connection: Connection, settings: Settings, loan_id: int) -> Row:
    """Take a copy back and note the fine."""
    loan = _open_loan(connection, loan_id)
    now = _now()
    queries.end_loan(connection, loan_id, now, fine_cents(settings, loan["due_at"], now))
    return found(queries.find_loan(connection, loan_id), "loan")


def renew(connection: Connection, settings: Settings, loan_id: int) -> Row:
    """Give the member another period, counted from now."""
    loan = _open_loan(connection, loan_id)
    if loan["renewals"] >= settings.max_renewals:
        raise Conflict("renewal_limit", f"A loan is renewed at most {settings.max_renewals} times.")
    now = _now()
    if loan["due_at"] < now:
        raise Conflict("overdue", "An overdue loan cannot be renewed.")
    queries.extend_loan(connection, loan_id, now + settings.loan_days * DAY)
    return found(queries.find_loan(connection, loan_id), "loan")


def pay(connection: Connection, member_id: int, amount_cents: int) -> Row:
    """Note a payment, at most of what the member owes."""
    queries.lock_member(connection, member_id)
    member = found(queries.find_member(connection, member_id), "member")
    if amount_cents > member["fines_cents"]:
        raise Conflict("overpaid", "This is more than the member owes.")
    queries.add_payment(connection, member_id, amount_cents)
    return found(queries.find_member(connection, member_id), "member")


def fine_cents(settings: Settings, due_at: datetime, returned_at: datetime) -> int:
    """So much for each full day after the due date, up to the most that a loan can cost."""
    days_late = max(0, (returned_at - due_at) // DAY)
    return min(days_late * settings.fine_cents_per_day, settings.max_fine_cents)


def _open_loan(connection: Connection, loan_id: int) -> Row:
    """The loan, locked, so that a second return or renewal waits and then sees this one's result."""
    queries.lock_loan(connection, loan_id)
    loan = found(queries.find_loan(connection, loan_id), "loan")
    if loan["returned_at"] is not None:
        raise Conflict("already_returned", "This loan has ended.")
    return loan


def _now() -> datetime:
    return datetime.now(timezone.utc)
