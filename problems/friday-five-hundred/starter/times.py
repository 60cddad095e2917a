"""Moments: read from requests, written into answers. The service and its tables count in UTC."""

from __future__ import annotations

from datetime import datetime

from errors import Refused


def utc_now() -> datetime:
    return datetime.utcnow()


def parse_time(value: object, field: str) -> datetime:
    """The moment that a text in ISO 8601 names. Raises Refused."""
    if not isinstance(value, str):
        raise Refused(422, f"{field} must be a text like 2026-03-14T18:00:00")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Refused(422, f"{field} is no time: {value[:40]}") from None
    return moment.replace(microsecond=0)


def show_time(moment: datetime) -> str:
    return moment.isoformat() + "Z"
