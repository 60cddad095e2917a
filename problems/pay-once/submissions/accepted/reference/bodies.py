"""What requests may say. Each function gives the checked value or raises Refused."""

import json
from dataclasses import dataclass

from errors import Refused, bad_request, invalid

MOST_CENTS = 1_000_000_000
MOST_ID = 2**31 - 1


@dataclass(frozen=True)
class Order:
    """A transfer that somebody wants. `fingerprint` is the same for equal bodies, however they are written."""

    sender: int
    receiver: int
    amount_cents: int
    fingerprint: str


def read_object(data):
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise bad_request("The body must be JSON.") from None
    if not isinstance(body, dict):
        raise bad_request("The body must be a JSON object.")
    return body


def read_key(headers):
    key = headers.get("Idempotency-Key", "").strip()
    if not key:
        raise Refused(400, "missing_key", "Send an Idempotency-Key header.")
    return key


def read_owner(body):
    owner = body.get("owner")
    if not isinstance(owner, str) or not 1 <= len(owner) <= 100 or not owner.isprintable():
        raise invalid("owner must be text of 1 to 100 characters.")
    return owner


def read_amount(body):
    return _whole(body.get("amount_cents"), MOST_CENTS, "amount_cents")


def read_order(body):
    sender = _whole(body.get("from"), MOST_ID, "from")
    receiver = _whole(body.get("to"), MOST_ID, "to")
    if sender == receiver:
        raise invalid("from and to must be two accounts.")
    return Order(sender, receiver, read_amount(body), json.dumps(body, sort_keys=True))


def _whole(value, most, name):
    """A JSON integer. In Python true is an int as well, so the type is asked for exactly."""
    if type(value) is not int or not 1 <= value <= most:
        raise invalid(f"{name} must be a whole number from 1 to {most}.")
    return value
