"""What mails say: a subject and a few sentences of plain text.

Those that anybody can have sent to an address hold nothing that the sender wrote, such as a name.
"""

from __future__ import annotations

from trainer.mail import Mail
from trainer.models import User
from trainer.web.links import place

_LIFE = "It works once and ends after three days."
_ELSE = "If it was not you, do nothing"


def welcome(user: User, link: str) -> Mail:
    """For whom an admin has made an account."""
    text = (
        f"Hello {user.name},\n\nAn account was made for you at {place()}.\n\n"
        f"Choose a password here:\n{link}\n\n{_LIFE}\n"
    )
    return Mail(user.email, "Your account for interview practice", text)


def confirm(user: User, link: str) -> Mail:
    """For whoever has signed up, to show that the address is theirs."""
    text = (
        f"Hello,\n\nSomebody, most likely you, asked for an account with this address at {place()}.\n\n"
        f"Open this link to choose a password:\n{link}\n\n{_LIFE}\n{_ELSE}.\n"
    )
    return Mail(user.email, "Confirm your address", text)


def forgotten(user: User, link: str) -> Mail:
    """For whoever has forgotten the password."""
    text = (
        f"Hello,\n\nSomebody, most likely you, asked for a new password at {place()}.\n\n"
        f"Choose it here:\n{link}\n\n{_LIFE}\n{_ELSE}: your password stays as it is.\n"
    )
    return Mail(user.email, "Choose a new password", text)


def trial(user: User) -> Mail:
    """For an admin who tries the mail server."""
    return Mail(user.email, "Mail works", f"Hello {user.name},\n\nThis message was sent by the trainer at {place()}.\n")
