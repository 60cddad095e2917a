"""Topics and their prerequisites, as problems/topics.yaml lists them."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictStr, ValidationError
from pydantic.dataclasses import dataclass

from trainer.bank.aliases import Aliases
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.strict_yaml import read_yaml
from trainer.errors import BankError

FILE = "topics.yaml"


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Topic:
    """One topic. `prerequisites` are ids of topics that are better known before: advice, never a lock.

    `known_as` are other names for it, which the search finds.
    """

    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    title: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    group: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    prerequisites: tuple[StrictStr, ...] = ()
    known_as: Aliases = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.title, self.id, *self.known_as)


class _File(BaseModel):
    topics: list[Topic]


def read_topics(path: Path) -> list[Topic]:
    """The topics in the file's order. Raises BankError with everything that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BankError(f"{path.name} cannot be read: {error}; the bank's folder needs it") from error
    flaws = Flaws("")
    topics = parse_topics(text, flaws)
    if flaws.found:
        raise BankError("\n".join(f"problems/{flaw}" for flaw in flaws.found))
    return topics


def parse_topics(text: str, flaws: Flaws) -> list[Topic]:
    """The topics of a text; what is wrong with them goes to `flaws`."""
    try:
        topics = _File(topics=read_yaml(text, FILE, flaws)).topics
    except ValidationError as error:
        for detail in error.errors():
            flaws.add(FILE, ".".join(str(part) for part in detail["loc"][1:]), detail["msg"].lower(), _EXAMPLE)
        return []
    _check(topics, flaws)
    return topics


_EXAMPLE = "write '- {id: queues, title: Queues, group: Data structures, prerequisites: [arrays]}'"


def _check(topics: list[Topic], flaws: Flaws) -> None:
    known: set[str] = set()
    for topic in topics:
        if topic.id in known:
            flaws.add(FILE, topic.id, "is listed twice", "keep one")
        known.add(topic.id)
    for topic in topics:
        for wanted in topic.prerequisites:
            if wanted not in known:
                flaws.add(FILE, topic.id, f"unknown prerequisite {wanted!r}", did_you_mean(wanted, known))
    try:
        TopologicalSorter({topic.id: topic.prerequisites for topic in topics}).prepare()
    except CycleError as error:
        flaws.add(FILE, error.args[1][0], f"prerequisites run in a circle: {' → '.join(error.args[1])}", "break it")
