"""What a person is: read from JSON and from rows of a file, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from errors import Refused

LONGEST_NAME = 60
LONGEST_EMAIL = 120


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    town: str


def person_of(fields: Mapping[str, Any]) -> Person:
    """Raises Refused, which names the field."""
    email = _text(fields, "email", LONGEST_EMAIL).lower()
    if "@" not in email:
        raise Refused(422, f"email is no address: {email}")
    return Person(email, _text(fields, "name", LONGEST_NAME), _text(fields, "town", LONGEST_NAME))


def _text(fields: Mapping[str, Any], field: str, longest: int) -> str:
    value = fields.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Refused(422, f"{field} is missing")
    if len(value.strip()) > longest:
        raise Refused(422, f"{field} has {len(value.strip())} characters, at most {longest} are kept")
    return value.strip()
