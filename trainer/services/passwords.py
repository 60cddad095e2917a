"""Passwords: which may be chosen, and their hashes.

Hashing is slow on purpose. So nothing here knows a database: whoever needs a hash makes it before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from trainer.errors import Invalid

LENGTHS = range(10, 201)
_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that may be set, as its hash."""

    hash: str


def new(text: str, *, field: str = "password") -> NewPassword:
    """Raises Invalid where it is no password."""
    check(text, field=field)
    return NewPassword(_hasher.hash(text))


def fits(password_hash: str | None, text: str) -> bool:
    """Is this the password? Takes the same time where there is no hash, and says no."""
    try:
        _hasher.verify(password_hash or _of_nobody(), text)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def check(text: str, *, field: str = "password") -> None:
    if len(text) not in LENGTHS:
        raise Invalid("A password has 10 to 200 characters. Several words make a good one.", field=field)
    if len(set(text)) < 4:
        raise Invalid("A password has at least four different characters.", field=field)


@cache
def _of_nobody() -> str:
    return _hasher.hash("nobody has this password")
