"""What a format is: which files a kind's packages have, which keys, and how they become a problem's content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sandbox.errors import SignatureError
from sandbox.model import Case, Compare, Limits
from sandbox.signature import Signature, parse_signature
from trainer.bank.flaws import Flaws
from trainer.bank.front_matter import FILE, FrontMatter, LimitedMatter
from trainer.bank.problem import Complexity, Schema, Service, Submission
from trainer.bank.questions import Question

ALL_TEXTS = ("problem.md", "hints.md", "solution.md")
PROGRAMS = (r"starter/[^/]+", r"submissions/[^/]+/[^/]+")


@dataclass(frozen=True, slots=True)
class Content:
    """What the kind's own files and keys say; `trainer.bank.problem.Problem` explains the fields.

    `solution` is for kinds whose editorial is made from their files.
    """

    signature: Signature | None
    limits: Limits
    samples: tuple[Case, ...]
    secrets: tuple[Case, ...]
    starters: Mapping[str, str]
    in_place: str | None = None
    compare: Compare = Compare.CLOSE
    complexity: Complexity | None = None
    generator: str | None = None
    schema: Schema | None = None
    submissions: tuple[Submission, ...] = ()
    questions: tuple[Question, ...] = ()
    service: Service | None = None
    solution: str = ""


class Format(Protocol):
    """A module below trainer/bank/formats with these names."""

    @property
    def Matter(self) -> type[FrontMatter]:
        """The keys of problem.md."""

    @property
    def TEXTS(self) -> tuple[str, ...]:
        """Markdown that every package of this kind has."""

    @property
    def REQUIRED(self) -> tuple[str, ...]:
        """Files that every package of this kind has, besides its texts."""

    @property
    def OPTIONAL(self) -> tuple[str, ...]:
        """Files that it may have."""

    @property
    def LANGUAGES(self) -> Mapping[str, str]:
        """Languages of its programs by the end of their files' names."""

    @property
    def PLACES(self) -> tuple[str, ...]:
        """Further files that it may have, as patterns of their paths."""

    def read(self, matter: FrontMatter, texts: Mapping[str, str], flaws: Flaws) -> Content | None:
        """Its content, or None with flaws."""


def read_signature(matter: LimitedMatter, in_place: str | None, flaws: Flaws) -> Signature | None:
    """The signature, or None with a flaw."""
    try:
        return parse_signature(matter.signature, in_place)
    except SignatureError as error:
        message = str(error)
        key = "in_place" if message.startswith("in_place:") else "signature"
        flaws.add(FILE, key, message.removeprefix(f"{key}: "))
        return None


def refuse_double_names(
    samples: tuple[Case, ...], secrets: tuple[Case, ...], files: tuple[str, str], flaws: Flaws
) -> None:
    """A name that two cases have says nothing to a student."""
    names: set[str] = set()
    for file, case in [*((files[0], c) for c in samples), *((files[1], c) for c in secrets)]:
        if case.name in names:
            flaws.add(file, case.name, "is the name of two cases", "say what each one tests")
        names.add(case.name)
