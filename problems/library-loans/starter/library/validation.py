"""Reads what clients send: bodies, and the parameters of lists. Raises Invalid, which names the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from flask import request

from library.errors import Invalid

MOST_ITEMS = 100
DEFAULT_ITEMS = 20
LARGEST_ID = 2**63 - 1
OLDEST_LOAN = timedelta(days=60)


class Body:
    """The JSON object of a request."""

    def __init__(self) -> None:
        values = request.get_json(silent=True)
        if not isinstance(values, dict):
            raise Invalid("Send a JSON object.")
        self._values = values

    def text(self, name: str, longest: int = 200) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > longest or "\0" in value:
            raise Invalid(f"{name} must be a text of 1 to {longest} characters.")
        return value.strip()

    def email(self, name: str) -> str:
        value = self.text(name).lower()
        local, at, domain = value.partition("@")
        if not local or not at or "." not in domain or " " in value:
            raise Invalid(f"{name} must be an e-mail address.")
        return value

    def number(self, name: str, least: int = 1, most: int = LARGEST_ID) -> int:
        value = self._values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Invalid(f"{name} must be a whole number from {least}.")
        return value

    def past_moment(self, name: str) -> datetime | None:
        """A moment of the last 60 days, or None where the field is absent."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise Invalid(f"{name} must be a moment such as 2025-03-14T10:00:00Z.") from None
        now = datetime.now(timezone.utc)
        if moment.tzinfo is None or not now - OLDEST_LOAN <= moment <= now:
            raise Invalid(f"{name} must say its time zone and lie in the last {OLDEST_LOAN.days} days.")
        return moment


@dataclass(frozen=True)
class Page:
    """A part of a list: at most `limit` rows, all with an id above `after`."""

    limit: int
    after: int

    @classmethod
    def from_query(cls) -> "Page":
        return cls(
            limit=query_number("limit", 1, MOST_ITEMS) or DEFAULT_ITEMS,
            after=query_number("after", 0) or 0,
        )

    @property
    def rows_to_read(self) -> int:
        """One more than the page has: that row says whether there is a next page."""
        return self.limit + 1

    def answer(self, items: list[dict[str, Any]]) -> Mapping[str, Any]:
        """The JSON of a page, from as many items as were to be read."""
        shown = items[: self.limit]
        return {"items": shown, "next_after": shown[-1]["id"] if len(items) > self.limit else None}


def query_number(name: str, least: int = 1, most: int = LARGEST_ID) -> int | None:
    """A number of the query string, or None where it is absent."""
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and least <= int(text) <= most):
        raise Invalid(f"{name} must be a whole number from {least} to {most}.")
    return int(text)
