"""Where is …?: other names of problems and topics from A to Z, for those who come with a list from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer.bank.topics import Topic
from trainer.db import db
from trainer.services import catalogue, problem_list
from trainer.services.problem_list import Alias
from trainer.web.runtime import runtime

blueprint = Blueprint("where_is", __name__, template_folder="templates")

DIGITS = "0–9"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name leads. `topic`: to the list of all problems of a topic."""

    title: str
    address: str
    topic: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """All names that begin with it, in their order, each with where it leads."""

    text: str
    names: list[tuple[str, list[Place]]]


@blueprint.get("/where-is")
def index() -> ResponseReturnValue:
    user_id = current_user.id if current_user.is_authenticated else None
    entries = catalogue.entries(db.session, user_id)
    used = {topic for entry in entries for topic in entry.topics}
    letters = _by_letter(problem_list.aliases(entries), [topic for topic in runtime().topics if topic.id in used])
    return render_template("where_is/where_is.html", letters=letters, total=sum(len(one.names) for one in letters))


def _by_letter(aliases: Iterable[Alias], topics: Iterable[Topic]) -> list[Letter]:
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for alias in aliases:
        places[alias.name].append(Place(alias.title, url_for("problem.index", slug=alias.slug), topic=False))
    for topic in topics:
        for name in topic.known_as:
            places[name].append(Place(topic.title, url_for("problems.index", topic=topic.id), topic=True))
    letters: defaultdict[str, list[tuple[str, list[Place]]]] = defaultdict(list)
    for name in sorted(places):
        letters[name[0].upper() if name[0].isalpha() else DIGITS].append((name, places[name]))
    return [Letter(text, names) for text, names in letters.items()]
