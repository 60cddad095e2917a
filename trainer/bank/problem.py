"""What a problem is once its package was read: frozen values, nothing of files or formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sandbox.model import Case, Compare, Limits, Verdict
from sandbox.signature import Calls, Query, Signature


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"


class Reveal(StrEnum):
    """What a student may see of the first hidden case that fails."""

    FULL = "full"  # all of it if it is small, else its name
    NAME = "name"  # its name and number
    NOTHING = "nothing"  # neither these nor anything that was made from the data


@dataclass(frozen=True, slots=True)
class Complexity:
    """Growth that a good solution has, as the package writes it: O(n log n)."""

    time: str
    space: str


@dataclass(frozen=True, slots=True)
class Hint:
    """One step of help: a question as title, then markdown."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `references` is "customers.id" or empty; `key`: part of the primary key."""

    name: str
    type: str
    key: bool = False
    nullable: bool = True
    references: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the schema that a query asks. `indexes` are their definitions, "(customer_id, placed_at)"."""

    name: str
    columns: tuple[Column, ...]
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """What an SQL problem asks. `samples` are the rows of each shown data set by table, as texts."""

    tables: tuple[Table, ...]
    samples: tuple[Mapping[str, tuple[tuple[str | None, ...], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A program of the package whose verdict is known: the folder it lies in says which.

    `mistake` is the sentence for a student who made the same one, `fails` the first hidden case that catches it;
    both are empty for accepted ones. `path` is the file in the package.
    """

    path: str
    name: str
    language: str
    verdict: Verdict
    source: str
    mistake: str = ""
    fails: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, complete.

    `samples` are shown cases, `secrets` the hidden ones made by hand; `generator` is the source that makes the rest
    (see `trainer.bank.data`). Texts are markdown as authors wrote it: only `trainer.bank.markdown` makes HTML of it.
    `starters` are by language; `minutes` is the usual time. Of SQL problems a case's one argument is the script that
    fills its data set, the reference gives all expected tables, and `schema` is what pages draw.
    """

    slug: str
    title: str
    kind: str
    difficulty: Difficulty
    topics: tuple[str, ...]
    signature: Signature
    in_place: str | None
    limits: Limits
    compare: Compare
    complexity: Complexity | None
    reveal: Reveal
    minutes: int
    prerequisites: tuple[str, ...]
    warm_up: bool
    statement: str
    hints: tuple[Hint, ...]
    solution: str
    starters: Mapping[str, str]
    samples: tuple[Case, ...]
    secrets: tuple[Case, ...]
    generator: str | None
    submissions: tuple[Submission, ...]
    schema: Schema | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which this problem can be answered."""
        return tuple(self.starters)

    @property
    def calls(self) -> Calls:
        """The signature of a function problem."""
        assert not isinstance(self.signature, Query)
        return self.signature

    @property
    def reference(self) -> Submission:
        """The accepted submission that answers generated cases: the first by name."""
        return next(s for s in self.submissions if s.verdict is Verdict.ACCEPTED)
