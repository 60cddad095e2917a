"""Words of the pages of accounts, and what their forms mean."""

from __future__ import annotations

from trainer.errors import Invalid
from trainer.models import Role

STATES = {"active": "Active", "waiting": "No password yet", "disabled": "Disabled"}
ORDERS = {"name": "By name", "seen": "Last seen first", "new": "Newest first"}


def role(text: str) -> Role:
    """A role of a form. Raises Invalid."""
    if text not in list(Role):
        raise Invalid("Choose a role.", field="role")
    return Role(text)


def number(text: str) -> float:
    """A number of a form. Raises Invalid."""
    try:
        return float(text)
    except ValueError as error:
        raise Invalid("Choose one of the times.", field="factor") from error


def whole(text: str, field: str) -> int:
    """A whole number of a form. Raises Invalid."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid("Write a whole number.", field=field)
    return int(text)
