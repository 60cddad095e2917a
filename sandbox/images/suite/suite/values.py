"""Values that no service can know beforehand, and what steps tell later ones."""

from __future__ import annotations

import random
from typing import Any

_FIRST = (
    "Ada Alan Barbara Bo Chidi Dana Edsger Femi Grace Hana Ines Jun Kofi Lena Mei Nadia Omar Priya Rosa Sven Tomas Uma"
)
_LAST = (
    "Abe Berg Chen Diaz Eze Fontaine Gupta Haddad Ito Jensen Kaya Lund Mbeki Novak Okafor Park Rossi Silva Tran Weiss"
)
_WORDS = (
    "amber basil cedar delta ember fable grove harbor iris jade kelp lumen maple nectar ochre pebble quartz river slate"
)


class MissingStep(Exception):
    """An earlier step did not get to where this one begins."""


class Draw:
    """Draws from a seed that each judging has anew."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """Between both, both included."""
        return self._random.randint(low, high)

    def choice(self, *values: Any) -> Any:
        return self._random.choice(values)

    def word(self) -> str:
        """One word that nothing else has: amber-3f9c."""
        return f"{self._random.choice(_WORDS.split())}-{self.token(4)}"

    def words(self, count: int = 3) -> str:
        return " ".join(self._random.choice(_WORDS.split()) for _ in range(count)) + f" {self.token(4)}"

    def name(self) -> str:
        return f"{self._random.choice(_FIRST.split())} {self._random.choice(_LAST.split())}"

    def email(self) -> str:
        """An address that nobody has, as people write them: with a capital letter, too, now and then."""
        return f"{self._random.choice(_FIRST.split()).lower()}.{self.token(6)}@example.org"

    def password(self) -> str:
        return f"{self.word()}-{self.token(8)}"

    def token(self, length: int = 16) -> str:
        """Hexadecimal digits."""
        return "".join(self._random.choice("0123456789abcdef") for _ in range(length))


class Memory(dict[str, Any]):
    """What steps keep for later ones. Only JSON values outlive a phase."""

    def __missing__(self, key: str) -> Any:
        raise MissingStep(key)
