"""Reads what clients send. Raises Invalid, which names the field."""

from typing import Any

from flask import request

from desk.errors import Invalid


class Body:
    """The JSON object of a request."""

    def __init__(self) -> None:
        values = request.get_json(force=True, silent=True)
        if not isinstance(values, dict):
            raise Invalid("Send a JSON object.")
        self._values: dict[str, Any] = values

    def text(self, name: str, longest: int = 200, least: int = 1) -> str:
        return text_of(self._values.get(name), name, longest, least)

    def email(self, name: str) -> str:
        value = self.text(name).lower()
        local, at, domain = value.partition("@")
        if not local or not at or "." not in domain or " " in value:
            raise Invalid(f"{name} must be an e-mail address.")
        return value

    def number(self, name: str, least: int, most: int, default: int) -> int:
        value = self._values.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Invalid(f"{name} must be a whole number from {least} to {most}.")
        return value

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise Invalid(f"{name} must be true or false.")
        return value


def text_of(value: Any, name: str, longest: int, least: int = 1) -> str:
    """The text without blanks around it."""
    if not isinstance(value, str) or not least <= len(value.strip()) <= longest:
        raise Invalid(f"{name} must be a text of {least} to {longest} characters.")
    return value.strip()


def query_number(name: str) -> int | None:
    """A number of the query string, or None where it is absent."""
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Invalid(f"{name} must be a whole number.")
    return int(text)
