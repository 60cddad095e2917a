"""What bounds guessing: wrong passwords are counted by address and by the account that is tried, right ones are not."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from importlib import import_module

from flask import Flask, current_app, request

from trainer.errors import TooMany
from trainer.services.names import canonical
from trainer.web.tries import Full, LocalTries, Mark, Tries, Window

_KEY = "guard"


WINDOWS = {
    "by_address": (Window(30, 60), Window(120, 3600)),
    "by_account": (Window(10, 60), Window(40, 3600)),
    "mails": (Window(3, 3600), Window(6, 24 * 3600)),
    "sign_ups": (Window(60, 60), Window(300, 3600)),
}
"""Many people may sit behind one address, so an address has more tries than an account."""


@dataclass
class Guard:
    """What is counted."""

    is_on: bool
    by_address: Tries
    by_account: Tries
    mails: Tries
    sign_ups: Tries


def init_guard(app: Flask, *, is_on: bool, limits_url: str = "") -> None:
    """Count over all processes that share the Redis server of `limits_url`; without it, in this process."""
    tries: dict[str, Tries]
    if limits_url:
        shared = import_module("trainer.web.shared_tries")  # the client of Redis is loaded only where it is used
        server = shared.connect(limits_url)
        tries = {name: shared.SharedTries(server, name, *windows) for name, windows in WINDOWS.items()}
    else:
        tries = {name: LocalTries(*windows) for name, windows in WINDOWS.items()}
    app.extensions[_KEY] = Guard(is_on, **tries)


@dataclass(frozen=True, slots=True)
class Guess:
    """A try that counts as wrong until it is known to be right."""

    taken: tuple[tuple[Tries, str, Mark], ...]

    def was_right(self) -> None:
        for tries, key, mark in self.taken:
            tries.take_back(key, mark)


def guess(email: str = "", *, field: str = "password") -> Guess:
    """Begin a guess at the password of an account, or at a link where there is no address. Raises TooMany."""
    guard = _guard()
    keys = [(guard.by_address, address()), (guard.by_account, _digest(email))]
    taken: list[tuple[Tries, str, Mark]] = []
    try:
        for tries, key in keys[: 2 if email else 1] if guard.is_on else ():
            taken.append((tries, key, tries.count(key)))
    except Full as full:
        Guess(tuple(taken)).was_right()  # what is refused is no try
        raise TooMany("Too many wrong tries.", full.wait_s, field=field) from full
    return Guess(tuple(taken))


def count_sign_up() -> None:
    """Raises TooMany where one address makes accounts faster than a class does."""
    guard = _guard()
    try:
        if guard.is_on:
            guard.sign_ups.count(address())
    except Full as full:
        raise TooMany("Too many accounts are made from your network at once.", full.wait_s) from full


def count_mail(email: str) -> None:
    """Raises TooMany where an address is sent mail again and again, whoever asks for it."""
    guard = _guard()
    try:
        if guard.is_on:
            guard.mails.count(_digest(email))
    except Full as full:
        raise TooMany("Several links were sent to this address.", full.wait_s, field="email") from full


def address() -> str:
    """Who is asking: of IPv6 the network, because a home has as many addresses there as it likes."""
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "nobody"
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found.ipv4_mapped or found) if found.version == 6 else str(found)


def _digest(email: str) -> str:
    """One key for all spellings of an address, however long it is."""
    return hashlib.sha256(canonical(email[:1000]).encode(errors="replace")).hexdigest()


def _guard() -> Guard:
    found = current_app.extensions[_KEY]
    assert isinstance(found, Guard)
    return found
