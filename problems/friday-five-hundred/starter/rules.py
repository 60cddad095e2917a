"""What may be booked, and what is listed: decided here, without the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from errors import Refused
from times import parse_time, utc_now

LONGEST = timedelta(hours=3)
LISTED = timedelta(days=7)
LONGEST_NAME = 60


def name_of(body: Mapping[str, Any], field: str) -> str:
    """A name that a request gives. Raises Refused."""
    value = body.get(field)
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= LONGEST_NAME:
        raise Refused(422, f"{field} must be a text of 1 to {LONGEST_NAME} characters")
    return value.strip()


def id_of(body: Mapping[str, Any], field: str) -> int:
    """A number that a request gives. Raises Refused."""
    value = body.get(field)
    if type(value) is not int:
        raise Refused(422, f"{field} must be a number")
    return value


def slot_of(body: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Beginning and end that a request asks for. Raises Refused where nobody could have them."""
    starts_at = parse_time(body.get("starts_at"), "starts_at")
    ends_at = parse_time(body.get("ends_at"), "ends_at")
    if starts_at < utc_now():
        raise Refused(422, "starts_at is in the past")
    if ends_at <= starts_at:
        raise Refused(422, "ends_at must be after starts_at")
    if ends_at - starts_at > LONGEST:
        raise Refused(422, "a court can be had for three hours at most")
    return starts_at, ends_at


def window_of(args: Mapping[str, str]) -> tuple[datetime, datetime]:
    """From when to when bookings are listed: from now, and for a week, unless the request says otherwise."""
    since = parse_time(args["from"], "from") if "from" in args else utc_now()
    until = parse_time(args["to"], "to") if "to" in args else since + LISTED
    if until <= since:
        raise Refused(422, "to must be after from")
    return since, until


def refuse_begun(booking: Mapping[str, Any]) -> None:
    """Raises Refused for a booking that has begun: it can be neither moved nor cancelled."""
    if booking["starts_at"] <= utc_now():
        raise Refused(409, "this booking has begun")
