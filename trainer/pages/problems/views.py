"""The problem list: searched by the database, narrowed by facets that show how many each would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer.db import db
from trainer.pages.words import STATES
from trainer.runtime import runtime
from trainer.services import catalogue, progress
from trainer.services.catalogue import DIFFICULTIES, Entry, Filters

blueprint = Blueprint("problems", __name__, url_prefix="/problems", template_folder="templates")

SORTS = {"easiest": "Easiest first", "shortest": "Shortest first", "open": "Open first", "title": "By title"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of a facet. `count` is how many problems it shows together with the other facets."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    choices: list[Choice]


@blueprint.get("")
def index() -> ResponseReturnValue:
    filters, sort = _asked()
    user_id = current_user.id if current_user.is_authenticated else None
    entries = catalogue.entries(db.session, user_id, filters.text)
    found = [entry for entry in entries if catalogue.matches(entry, filters)]
    overview = progress.overview(db.session, user_id, runtime().topics) if user_id is not None else None
    return render_template(
        "problems/problems.html",
        entries=_sorted(found, sort),
        facets=_facets(entries, filters, signed_in=user_id is not None),
        filters=filters,
        chosen=sum(map(len, (filters.topics, filters.difficulties, filters.states, filters.labels))) + filters.starred,
        sort=sort,
        sorts=SORTS,
        overview=overview,
    )


def _asked() -> tuple[Filters, str]:
    """What the address asks for. Values that no problem has find nothing; that is an answer, not an error."""
    asked = request.args
    filters = Filters(
        text=asked.get("q", "").strip()[:200],
        topics=frozenset(asked.getlist("topic")),
        difficulties=frozenset(asked.getlist("difficulty")),
        states=frozenset(asked.getlist("state")) - {"starred"},
        labels=frozenset(asked.getlist("kind")),
        starred="starred" in asked.getlist("state"),
    )
    sort = asked.get("sort", "")
    return filters, sort if sort in SORTS else "easiest"


def _sorted(entries: list[Entry], sort: str) -> list[Entry]:
    order: dict[str, Callable[[Entry], object]] = {
        "shortest": lambda e: e.minutes,
        "open": lambda e: ["tried", "new", "accepted"].index(e.state),
        "title": lambda e: e.title.lower(),
    }
    return sorted(entries, key=order[sort]) if sort in order else entries  # type: ignore[arg-type]


def _facets(entries: list[Entry], filters: Filters, *, signed_in: bool) -> list[Facet]:
    titles = {topic.id: n for n, topic in enumerate(runtime().topics)}
    facets = [
        _facet("difficulty", "Difficulty", DIFFICULTIES, entries, replace(filters, difficulties=frozenset()),
               lambda e: [e.difficulty], filters.difficulties),
        _facet("kind", "Kind", sorted({e.label for e in entries}, reverse=True), entries,
               replace(filters, labels=frozenset()), lambda e: [e.label], filters.labels),
        _facet("topic", "Topic", sorted({t for e in entries for t in e.topics}, key=lambda t: titles.get(t, 999)),
               entries, replace(filters, topics=frozenset()), lambda e: e.topics, filters.topics),
    ]  # fmt: skip
    if signed_in:
        chosen = filters.states | ({"starred"} if filters.starred else frozenset())
        facets.insert(0, _facet("state", "State", STATES, entries,
                                replace(filters, states=frozenset(), starred=False), _states, chosen))  # fmt: skip
    return [facet for facet in facets if len(facet.choices) > 1 or any(c.chosen for c in facet.choices)]


def _facet(
    name: str,
    title: str,
    values: Iterable[str],
    entries: list[Entry],
    others: Filters,
    of: Callable[[Entry], Iterable[str]],
    chosen: frozenset[str],
) -> Facet:
    """One facet: every value that some problem has, counted among what the other facets leave."""
    has = {value for entry in entries for value in of(entry)} | chosen
    counts = Counter(value for entry in entries if catalogue.matches(entry, others) for value in of(entry))
    return Facet(name, title, [Choice(v, counts[v], v in chosen) for v in values if v in has])


def _states(entry: Entry) -> list[str]:
    return [entry.state, *(["starred"] if entry.starred else [])]
