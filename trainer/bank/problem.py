"""What a problem is once its package was read: frozen values, nothing of files or formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.model import Case, Compare, Limits, Phase, Verdict
from sandbox.signature import Calls, Class, Function, Signature
from trainer.bank.causes import Cause
from trainer.bank.questions import Question


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


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
class Service:
    """What an HTTP service must be: how it is started, its settings, and the hidden suite.

    `steps` are all cases in the suite's order, samples among them. `upstream`: it consumes a scripted API. Where it has
    to be debugged there is a `cause` to name, `evidence` to read (texts by file name), and a bound on the change.
    """

    start: str
    env: Mapping[str, str]
    upstream: bool
    phases: tuple[Phase, ...]
    steps: tuple[Case, ...]
    cause: Cause | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    most_changed_lines: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """A program of the package whose verdict is known: the folder it lies in says which.

    `mistake` is the sentence for a student who made the same one, `fails` the first hidden case that catches it, or
    the cases that may be the first where a race decides; both are empty for accepted ones. `path` is the file in the
    package.
    """

    path: str
    name: str
    language: str
    verdict: Verdict
    source: str
    mistake: str = ""
    fails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, complete.

    `samples` are shown cases, `secrets` the hidden ones made by hand; `generator` is the source that makes the rest
    (see `trainer.bank.data`). Texts are markdown as authors wrote it: only `trainer.bank.markdown` makes HTML of it.
    `starters` are by language; `minutes` is the usual time. Of SQL problems a case's one argument is the script that
    fills its data set, the reference gives all expected tables, and `schema` is what pages draw. A quiz has
    `questions`, each a hidden case without arguments, and neither signature nor programs. `known_as` are names under
    which others know such a problem: the search finds them, and they give the approach away.
    """

    slug: str
    title: str
    kind: str
    difficulty: Difficulty
    topics: tuple[str, ...]
    signature: Signature | None
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
    questions: tuple[Question, ...] = ()
    service: Service | None = None
    known_as: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which this problem can be answered."""
        return tuple(self.starters)

    @property
    def calls(self) -> Calls:
        """The signature of a function problem."""
        assert isinstance(self.signature, Function | Class)
        return self.signature

    @property
    def reference(self) -> Submission:
        """The accepted submission that answers generated cases: the first by name."""
        return next(s for s in self.submissions if s.verdict is Verdict.ACCEPTED)
