"""What can go wrong in the trainer, as types whose messages are for people; the edge maps them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TrainerError(Exception):
    """Something that the trainer can explain. `str(error)` may be shown to whoever asked."""


class BankError(TrainerError):
    """Something about the bank of problems."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in a package: where it stands, what it is, and how to mend it.

    `file` is a path in the package, `key` the place in it ("limits.time_limit_s"), or empty.
    """

    file: str
    key: str
    problem: str
    mend: str = ""

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.problem}" + (f" ({self.mend})" if self.mend else "")


class PackageError(BankError):
    """A package that cannot be read. `flaws` are all that were found, not only the first."""

    def __init__(self, slug: str, flaws: Sequence[Flaw]) -> None:
        self.slug = slug
        self.flaws = tuple(flaws)
        super().__init__("\n".join(f"problems/{slug}/{flaw}" for flaw in self.flaws))


class DataError(BankError):
    """The hidden cases of a problem could not be made: its generator or its reference solution failed."""


class InputError(TrainerError):
    """A student's own input that does not fit the signature. `parameter` is the one that is meant, or empty."""

    def __init__(self, message: str, parameter: str = "") -> None:
        self.parameter = parameter
        super().__init__(message)
