"""What mail is made of, and the server that takes it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

SCHEMES = {"smtp": 587, "smtps": 465}
"""Each with the port that it has where the address names none."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message of plain text."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in. `sender` is what stands in From. Passwords travel encrypted, or to this machine only."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str
    sender: str

    @classmethod
    def of(cls, url: str, sender: str) -> MailServer:
        """Read `smtp://user:password@host:port`, which begins with STARTTLS, or `smtps://…`. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError("write it as smtp://user:password@host:587 or smtps://user:password@host")
        return cls(
            host=parts.hostname,
            port=parts.port or SCHEMES[parts.scheme],
            is_tls=parts.scheme == "smtps",
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=sender,
        )
