"""The full-text index of the published problems: FTS5 in SQLite, a `tsvector` in PostgreSQL, the same answers of both.

A problem's row has three columns of terms (see `terms`): its names, its topics' ids, and its statement. Topics stand
there by their ids only, and a question brings along the ids that its words mean: other titles and aliases of topics
need no other index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from trainer.bank.problem import Problem as Content
from trainer.errors import Unreadable
from trainer.models import Problem, ProblemVersion
from trainer.services import contents
from trainer.services.search.terms import Asked, Word, terms_of_names, terms_of_text, topic_term

TERMS = 1
"""Number of the rules that make terms. Another number has all problems indexed anew at the next start."""

Columns = tuple[str, ...]
NAMES: Columns = ("names",)
TOPICS: Columns = ("topics",)
NAMES_AND_TOPICS: Columns = ("names", "topics")
ALL: Columns = ("names", "topics", "statement")


class Term(str):
    """A term that has to be there as it is."""


class Beginning(str):
    """Letters with which a term has to begin."""


Clause = Sequence[Term | Beginning]
"""Alternatives: one of them has to be there."""


def put(session: Session, problem: Problem, version: ProblemVersion, content: Content | None) -> None:
    """Index a problem as its version says, in place of what was there.

    Without content, of a version that cannot be read, only its title and topics are found.
    """
    names = [version.title, problem.slug, *version.known_as]
    terms = {
        "names": terms_of_names(names),
        "topics": {topic_term(topic) for topic in version.topics},
        "statement": terms_of_text(content.statement) if content else set(),
    }
    _dialect(session).put(session, problem.id, terms)
    problem.indexed = _mark(version)


def bring_up_to_date(session: Session) -> int:
    """Index the problems whose present version is not in the index, and tell how many that were."""
    waiting = sa.select(Problem, ProblemVersion).join(ProblemVersion, ProblemVersion.id == Problem.current_id)
    mark = sa.literal(f"{TERMS}:") + sa.cast(ProblemVersion.id, sa.String)
    found = session.execute(waiting.where(Problem.indexed.is_distinct_from(mark))).all()
    for problem, version in found:
        try:
            content = contents.content(session, version)
        except Unreadable:
            content = None
        put(session, problem, version, content)
    return len(found)


def make_anew(session: Session) -> int:
    """Index all problems, whatever is in the index, and tell how many that were."""
    session.execute(sa.delete(_dialect(session).rows))
    session.execute(sa.update(Problem).values(indexed=None))
    return bring_up_to_date(session)


def matching(session: Session, asked: Asked) -> sa.ColumnElement[bool]:
    """Does a problem have all words that are asked for, anywhere?"""
    return _dialect(session).has(ALL, [_loosely(word) for word in asked.words])


def rank(session: Session, asked: Asked) -> sa.ColumnElement[int]:
    """How well a problem that matches fits, the best ones with 0: by name, by topic, by what its statement says."""
    has = _dialect(session).also_has
    exactly, loosely = [_exactly(word) for word in asked.words], [_loosely(word) for word in asked.words]
    topic = has(TOPICS, [[Term(topic) for topic in asked.topics]]) if asked.topics else sa.false()
    ranks = [
        has(NAMES, [[Term(asked.name)]]),
        topic & has(NAMES, loosely),
        topic,
        has(NAMES, exactly),
        has(NAMES, loosely),
        has(NAMES_AND_TOPICS, loosely),
        has(ALL, exactly),
    ]
    return sa.case(*((fits, place) for place, fits in enumerate(ranks)), else_=len(ranks))


def _exactly(word: Word) -> Clause:
    return [Term(word.stem), *map(Term, word.singulars), *map(Term, word.topics)]


def _loosely(word: Word) -> Clause:
    """A single letter begins too many words: it has to be one."""
    whole = Term(word.text) if len(word.text) == 1 else Beginning(word.text)
    return [whole, *_exactly(word)]


def _mark(version: ProblemVersion) -> str:
    return f"{TERMS}:{version.id}"


class _Dialect(Protocol):
    rows: ClassVar[sa.TableClause]

    def put(self, session: Session, problem_id: int, terms: Mapping[str, set[str]]) -> None: ...

    def has(self, columns: Columns, clauses: Iterable[Clause]) -> sa.ColumnElement[bool]:
        """Does the row of a problem have one term of each clause in these columns?"""

    def also_has(self, columns: Columns, clauses: Iterable[Clause]) -> sa.ColumnElement[bool]:
        """The same, asked of few problems: of those that were found."""


class _Fts5:
    """Terms need no escape in quotes: they are letters and digits."""

    rows: ClassVar[sa.TableClause] = sa.table(
        "problem_search",
        sa.column("rowid"),
        sa.column("problem_search"),
        *map(sa.column, ("names", "topics", "statement")),
    )

    def put(self, session: Session, problem_id: int, terms: Mapping[str, set[str]]) -> None:
        session.execute(sa.delete(self.rows).where(self.rows.c.rowid == problem_id))
        texts = {column: " ".join(sorted(found)) for column, found in terms.items()}
        session.execute(sa.insert(self.rows).values(rowid=problem_id, **texts))

    def has(self, columns: Columns, clauses: Iterable[Clause]) -> sa.ColumnElement[bool]:
        query = " AND ".join(f"{{{' '.join(columns)}}} : ({' OR '.join(map(self._term, one))})" for one in clauses)
        return Problem.id.in_(sa.select(self.rows.c.rowid).where(self.rows.c.problem_search.op("MATCH")(query)))

    also_has = has

    @staticmethod
    def _term(term: Term | Beginning) -> str:
        return f'"{term}" *' if isinstance(term, Beginning) else f'"{term}"'


class _Tsvector:
    """A column is a weight: the terms carry it, and so does what is looked for."""

    _weights: Mapping[str, str] = {"names": "A", "topics": "B", "statement": "D"}
    rows: ClassVar[sa.TableClause] = sa.table(
        "problem_search", sa.column("problem_id"), sa.column("document", TSVECTOR)
    )

    def put(self, session: Session, problem_id: int, terms: Mapping[str, set[str]]) -> None:
        session.execute(sa.delete(self.rows).where(self.rows.c.problem_id == problem_id))
        lexemes = (f"'{term}':1{self._weights[column]}" for column, found in terms.items() for term in sorted(found))
        document = sa.cast(" ".join(lexemes), TSVECTOR)
        session.execute(sa.insert(self.rows).values(problem_id=problem_id, document=document))

    def has(self, columns: Columns, clauses: Iterable[Clause]) -> sa.ColumnElement[bool]:
        return Problem.id.in_(sa.select(self.rows.c.problem_id).where(self._fits(columns, clauses)))

    def also_has(self, columns: Columns, clauses: Iterable[Clause]) -> sa.ColumnElement[bool]:
        """PostgreSQL takes a set of rows for cheap and would read every document for it: they are large, and stored
        apart from their rows."""
        mine = sa.select(self._fits(columns, clauses)).where(self.rows.c.problem_id == Problem.id)
        return sa.type_coerce(mine.correlate(Problem).scalar_subquery(), sa.Boolean())

    def _fits(self, columns: Columns, clauses: Iterable[Clause]) -> sa.ColumnElement[bool]:
        weights = "".join(self._weights[column] for column in columns)
        query = " & ".join(f"({' | '.join(self._term(term, weights) for term in one)})" for one in clauses)
        return self.rows.c.document.op("@@", is_comparison=True)(sa.cast(query, TSQUERY))

    @staticmethod
    def _term(term: Term | Beginning, weights: str) -> str:
        return f"'{term}':{'*' if isinstance(term, Beginning) else ''}{weights}"


_DIALECTS: Mapping[str, _Dialect] = {"sqlite": _Fts5(), "postgresql": _Tsvector()}


def _dialect(session: Session) -> _Dialect:
    return _DIALECTS[session.get_bind().dialect.name]
