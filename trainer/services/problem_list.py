"""The list of problems, a page at a time: searched by the database, filtered and ordered here.

What lists say of a thousand problems is in memory (see `listing`), and what a student has done with them is one query:
so one reading serves the page, its facets, and what is recommended beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.learning.progress import State
from trainer.models import Problem, Submission
from trainer.services import catalogue, search
from trainer.services.catalogue import Entry, Filters
from trainer.services.paging import PAGE, Page
from trainer.services.search import Asked

_OPEN_FIRST = {State.TRIED: 0, State.NEW: 1, State.ACCEPTED: 2}
_FIRST: dict[str, Callable[[Entry], Any]] = {
    "shortest": lambda entry: entry.minutes,
    "open": lambda entry: _OPEN_FIRST[entry.state],
    "title": lambda entry: entry.title.lower(),
}
SORTS = ("best", *_FIRST)
"""In the first order the best match comes first where something is looked for, and then the easiest problem."""


@dataclass(frozen=True, slots=True)
class Group:
    """Problems that are alike in all that can be filtered by, and how many they are."""

    difficulty: str
    label: str
    state: str
    starred: bool
    topics: tuple[str, ...]
    count: int

    def matches(self, filters: Filters) -> bool:
        """Does it pass the filters (the text apart, which the database has searched)?"""
        return (
            (not filters.topics or bool(filters.topics.intersection(self.topics)))
            and (not filters.difficulties or self.difficulty in filters.difficulties)
            and (not filters.states or self.state in filters.states)
            and (not filters.labels or self.label in filters.labels)
            and (not filters.starred or self.starred)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The problems that are asked for, easiest first, without those of the student's running interview.

    `ranks` say how well each fits by its address, the best ones with 0.
    """

    asked: Asked
    entries: tuple[Entry, ...]
    ranks: dict[str, int]


def find(session: Session, user_id: int | None, asked: Asked, entries: Sequence[Entry] | None = None) -> Found:
    """What is asked for; all problems, where nothing is. `entries` are all, where the caller has read them already."""
    everything = catalogue.entries(session, user_id) if entries is None else entries
    if not asked:
        return Found(asked, tuple(everything), {})
    query = sa.select(Problem.slug, search.rank(session, asked)).where(search.matching(session, asked))
    ranks = {row[0]: row[1] for row in session.execute(query)}
    return Found(asked, tuple(entry for entry in everything if entry.slug in ranks), ranks)


def listed(
    session: Session, user_id: int | None, filters: Filters, *, sort: str = "best", number: int = 1
) -> Page[Entry]:
    """One page of the problems that are asked for and pass the filters."""
    return page(session, find(session, user_id, filters.asked), filters, sort=sort, number=number)


def page(session: Session, found: Found, filters: Filters, *, sort: str = "best", number: int = 1) -> Page[Entry]:
    """One page of the problems that pass the filters (the text apart, by which they were found)."""
    passing = [entry for entry in found.entries if _group(entry).matches(filters)]
    if sort in _FIRST:
        passing.sort(key=_FIRST[sort])
    elif found.ranks:
        passing.sort(key=lambda entry: found.ranks[entry.slug])
    shown = passing[(number - 1) * PAGE : number * PAGE]
    verdicts = _verdicts(session, shown)
    items = (
        replace(
            entry,
            last_verdict=verdicts.get(entry.last_id),
            found_as=found.asked.found_as(entry.title, entry.known_as),
        )
        for entry in shown
    )
    return Page(tuple(items), number, len(passing))


def groups(found: Found) -> list[Group]:
    """What can be filtered by, of all problems that were found: one for each combination, not for each problem."""
    counts = Counter(map(_group, found.entries))
    return [replace(group, count=count) for group, count in counts.items()]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a problem."""

    name: str
    slug: str
    title: str


def aliases(entries: Iterable[Entry]) -> list[Alias]:
    """All other names of these problems, in the order of their titles."""
    ordered = sorted(entries, key=lambda entry: entry.title)
    return [Alias(name, entry.slug, entry.title) for entry in ordered for name in entry.known_as]


def _group(entry: Entry) -> Group:
    return Group(entry.difficulty, entry.label, entry.state, entry.starred, entry.topics, 1)


def _verdicts(session: Session, entries: Sequence[Entry]) -> dict[int | None, str | None]:
    last_ids = [entry.last_id for entry in entries if entry.last_id is not None]
    if not last_ids:
        return {}
    query = sa.select(Submission.id, Submission.verdict).where(Submission.id.in_(last_ids))
    return {row.id: row.verdict for row in session.execute(query)}
