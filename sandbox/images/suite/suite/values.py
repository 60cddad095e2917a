"""Values that no service can know beforehand and that no judging has twice, and what steps tell later ones."""

from __future__ import annotations

import hashlib
import itertools
import random
import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

_FIRST_NAMES = (
    "Ada Alan Barbara Bo Chidi Dana Edsger Femi Grace Hana Ines Jun Kofi Lena Mei Nadia Omar Priya Rosa Sven Tomas Uma"
)
_MIDDLE = "ABCDEFGHIJKLMNOPRSTVWYZ"
_LAST_NAMES = (
    "Abe Berg Chen Diaz Eze Fontaine Gupta Haddad Ito Jensen Kaya Lund Mbeki Novak Okafor Park Rossi Silva Tran Weiss"
)
_ALL_WORDS = (
    "amber basil cedar delta ember fable grove harbor iris jade kelp lumen maple nectar ochre pebble quartz river slate"
)
_FIRST, _LAST, _WORDS = _FIRST_NAMES.split(), _LAST_NAMES.split(), _ALL_WORDS.split()
ROUNDS = 8


class MissingStep(Exception):
    """An earlier step did not get to where this one begins."""


class Draw:
    """Draws from a seed that each judging has anew and that its phases share.

    What is promised to be new is new by construction: the n-th draw of a kind is the n-th place of a permutation that
    only the seed tells, and each phase has places of its own. Steps may draw from several threads.
    """

    def __init__(self, seed: int, phase: int = 0, phases: int = 1) -> None:
        self._key = hashlib.sha256(str(seed).encode()).digest()
        self._phase, self._phases = phase, phases
        self._random = random.Random(f"{seed}/{phase}")
        self._turns: defaultdict[str, Iterator[int]] = defaultdict(itertools.count)
        self._lock = threading.Lock()

    def number(self, low: int, high: int) -> int:
        """Between both, both included. It may come again."""
        return self._random.randint(low, high)

    def choice(self, *values: Any) -> Any:
        """One of these. It may come again."""
        return self._random.choice(values)

    def word(self) -> str:
        """One word that nothing else has: amber-3f9c."""
        return f"{self._random.choice(_WORDS)}-{self.token(4)}"

    def words(self, count: int = 3) -> str:
        """Some words, and at their end what makes them new."""
        return " ".join([*self._random.choices(_WORDS, k=count), self.token(4)])

    def name(self) -> str:
        """A person whom nobody else is called: Ada B. Chen."""
        rest, first = divmod(self._new("name", len(_FIRST) * len(_MIDDLE) * len(_LAST)), len(_FIRST))
        last, middle = divmod(rest, len(_MIDDLE))
        return f"{_FIRST[first]} {_MIDDLE[middle]}. {_LAST[last]}"

    def email(self) -> str:
        """An address that nobody has, in small letters."""
        return f"{self._random.choice(_FIRST).lower()}.{self.token(6)}@example.org"

    def password(self) -> str:
        """At least 18 characters, letters among them."""
        return f"{self.word()}-{self.token(8)}"

    def token(self, length: int = 16) -> str:
        """Hexadecimal digits. No two of a length are alike, while there are any: a judging has 65,536 of four."""
        return f"{self._new(f'token {length}', 16**length):0{length}x}"

    def _new(self, kind: str, size: int) -> int:
        """A number from 0 to `size` - 1 that was not drawn before, in any phase; when all are drawn they come again."""
        with self._lock:
            turn = next(self._turns[kind])
        place = (turn * self._phases + self._phase) % size
        return _permuted(self._key + kind.encode(), place, size)


class Memory(dict[str, Any]):
    """What steps keep for later ones. Only JSON values outlive a phase."""

    def __missing__(self, key: str) -> Any:
        raise MissingStep(key)


def _permuted(key: bytes, place: int, size: int) -> int:
    """Where a permutation of 0 to `size` - 1 sends a place.

    A Feistel network permutes the next larger power of four; a place that it sends beyond `size` is sent on until it
    is inside ("cycle walking": Black and Rogaway, Ciphers with Arbitrary Finite Domains, 2002).
    """
    half = max(1, ((size - 1).bit_length() + 1) // 2)
    while True:
        place = _mixed(key, place, half)
        if place < size:
            return place


def _mixed(key: bytes, place: int, half: int) -> int:
    left, right = place >> half, place & ((1 << half) - 1)
    for number in range(ROUNDS):
        left, right = right, left ^ _part(key, number, right, half)
    return left << half | right


def _part(key: bytes, number: int, value: int, bits: int) -> int:
    width = (bits + 7) // 8
    digest = hashlib.shake_256(key + bytes([number]) + value.to_bytes(width, "big")).digest(width)
    return int.from_bytes(digest, "big") & ((1 << bits) - 1)
