"""The problem list: searched by the database, narrowed by facets that show how many each would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer.bank.topics import Topic
from trainer.db import db
from trainer.pages.pager import asked_page, pager_of
from trainer.pages.words import STATES
from trainer.web.runtime import runtime
from trainer.services import catalogue, problem_list, progress
from trainer.services.catalogue import DIFFICULTIES, Entry, Filters
from trainer.services.problem_list import Group
from trainer.services.interviews.state import running
from trainer.services.search import Asked, closest_topics

blueprint = Blueprint("problems", __name__, url_prefix="/problems", template_folder="templates")

OPEN_CHOICES = 10
FACETS = ("state", "difficulty", "kind", "topic")
SORTS = {
    "best": "Easiest first",
    "shortest": "Shortest first",
    "open": "Open first",
    "title": "By title",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of a facet. `count` is how many problems it shows together with the other facets."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of boxes. Of many only the most used and the chosen ones stand open; the others are folded."""

    name: str
    title: str
    choices: list[Choice]

    @property
    def shown(self) -> list[Choice]:
        if len(self.choices) <= OPEN_CHOICES + 2:
            return self.choices
        used = {choice.value for choice in sorted(self.choices, key=lambda choice: -choice.count)[:OPEN_CHOICES]}
        return [choice for choice in self.choices if choice.value in used or choice.chosen]

    @property
    def folded(self) -> list[Choice]:
        shown = {choice.value for choice in self.shown}
        return [choice for choice in self.choices if choice.value not in shown]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is in effect. `address` is that of the list without it."""

    facet: str
    value: str
    address: str


@blueprint.get("")
def index() -> ResponseReturnValue:
    filters, sort = _asked()
    user_id = current_user.id if current_user.is_authenticated else None
    entries = catalogue.entries(db.session, user_id)
    asked_for = problem_list.find(db.session, user_id, filters.asked, entries)
    found = problem_list.page(db.session, asked_for, filters, sort=sort, number=asked_page())
    overview = progress.overview(db.session, user_id, runtime().topics, entries) if user_id is not None else None
    return render_template(
        "problems/problems.html",
        entries=found.items,
        pager=pager_of(found),
        facets=_facets(problem_list.groups(asked_for), filters, signed_in=user_id is not None),
        filters=filters,
        chosen=_chosen(),
        sort=sort,
        sorts=SORTS | ({"best": "Best match first"} if filters.asked else {}),
        overview=overview,
        interview=running(db.session, user_id) if user_id is not None else None,
        closest=_closest(entries, filters.asked) if not found.total else [],
    )


def _closest(entries: Iterable[Entry], asked: Asked) -> list[Topic]:
    """What to go on with where nothing was found: topics that have problems."""
    used = {topic for entry in entries for topic in entry.topics}
    return closest_topics(asked.text, [topic for topic in runtime().topics if topic.id in used])


def _asked() -> tuple[Filters, str]:
    """What the address asks for. Values that no problem has find nothing; that is an answer, not an error."""
    state, difficulty, kind, topic = (frozenset(_values(facet)) for facet in FACETS)
    filters = Filters(
        asked=Asked.of(request.args.get("q", "")[:200], runtime().topics),
        topics=topic,
        difficulties=difficulty,
        states=state - {"starred"},
        labels=kind,
        starred="starred" in state,
    )
    sort = request.args.get("sort", "")
    return filters, sort if sort in SORTS else "best"


def _values(facet: str) -> list[str]:
    """What is chosen of a facet, each once, in the order of the address."""
    return list(dict.fromkeys(value for value in request.args.getlist(facet) if value))


def _chosen() -> list[Chosen]:
    return [Chosen(facet, value, _without(facet, value)) for facet in FACETS for value in _values(facet)]


def _without(facet: str, value: str) -> str:
    """This list's address without one choice, from its first page on."""
    asked = {name: values for name, values in request.args.lists() if name != "page"}
    asked[facet] = [one for one in asked[facet] if one != value]
    return url_for("problems.index", **asked)  # type: ignore[arg-type]


def _facets(groups: list[Group], filters: Filters, *, signed_in: bool) -> list[Facet]:
    titles = {topic.id: n for n, topic in enumerate(runtime().topics)}
    facets = [
        _facet("difficulty", "Difficulty", DIFFICULTIES, groups, replace(filters, difficulties=frozenset()),
               lambda e: [e.difficulty], filters.difficulties),
        _facet("kind", "Kind", _most_first(groups), groups,
               replace(filters, labels=frozenset()), lambda e: [e.label], filters.labels),
        _facet("topic", "Topic", sorted({t for e in groups for t in e.topics}, key=lambda t: titles.get(t, 999)),
               groups, replace(filters, topics=frozenset()), lambda e: e.topics, filters.topics),
    ]  # fmt: skip
    if signed_in:
        chosen = filters.states | ({"starred"} if filters.starred else frozenset())
        facets.insert(0, _facet("state", "State", STATES, groups,
                                replace(filters, states=frozenset(), starred=False), _states, chosen))  # fmt: skip
    return [facet for facet in facets if len(facet.choices) > 1 or any(c.chosen for c in facet.choices)]


def _most_first(groups: list[Group]) -> list[str]:
    """Kinds, those of the most problems first."""
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group.label] += group.count
    return sorted(counts, key=lambda label: (-counts[label], label))


def _facet(
    name: str,
    title: str,
    values: Iterable[str],
    groups: list[Group],
    others: Filters,
    of: Callable[[Group], Iterable[str]],
    chosen: frozenset[str],
) -> Facet:
    """One facet: every value that some problem has, counted among what the other facets leave."""
    has = {value for group in groups for value in of(group)} | chosen
    counts: Counter[str] = Counter()
    for group in groups:
        if group.matches(others):
            counts.update(dict.fromkeys(of(group), group.count))
    return Facet(name, title, [Choice(v, counts[v], v in chosen) for v in values if v in has])


def _states(group: Group) -> list[str]:
    return [group.state, *(["starred"] if group.starred else [])]
