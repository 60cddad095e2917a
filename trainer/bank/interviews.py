"""Interview formats and the questions that interviews ask aloud, as problems/interviews/ lists them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import ConfigDict, Field, StrictStr, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

from trainer.bank.codec import CodecError, build, plain
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.problem import Difficulty
from trainer.bank.strict_yaml import read_yaml
from trainer.errors import BankError, Unreadable

FOLDER = "interviews"
QUESTIONS = "questions.yaml"
STORED = 1
"""Number of the form in which interviews keep formats and questions now."""
STRICT = ConfigDict(extra="forbid")

T = TypeVar("T")
Id = Annotated[StrictStr, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[StrictStr, Field(min_length=1, max_length=120)]
Words = Annotated[StrictStr, Field(min_length=1, max_length=1_000)]
Minutes = Annotated[int, Field(ge=1, le=240)]
Points = Annotated[int, Field(ge=0, le=100)]


class Disclosure(StrEnum):
    """What is said of an answer before the interview is over."""

    LIVE = "live"  # runs and submissions are answered as in practice, the first failure by its name
    SAMPLES = "samples"  # runs show the samples; what the hidden cases say comes with the report
    NONE = "none"  # runs show what came out for the student's own input, and nothing is judged before the end


@dataclass(frozen=True, config=STRICT)
class TaskRule:
    """What one task must be: a problem by kind, difficulty and topic, or a question of a group.

    `most_minutes` bounds what the problem takes in practice. `points` are for what is right, `efficiency` those for
    doing it in time; `minutes` is advice.
    """

    minutes: Minutes
    kinds: tuple[Id, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    topics: tuple[Id, ...] = ()
    question: Id | None = None
    most_minutes: Minutes = 240
    points: Points = 0
    efficiency: Points = 0

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if bool(self.question) == bool(self.kinds):
            raise ValueError("name either kinds or a question's group")
        if self.question and (self.points or self.efficiency or self.difficulties or self.topics):
            raise ValueError("a question has no points, difficulties or topics: it is read by its rubric")
        return self


@dataclass(frozen=True, config=STRICT)
class Step:
    """A box for thinking aloud in, beside each task. `code` has none: it is the editor."""

    id: Id
    title: Line
    minutes: Minutes
    ask: StrictStr = ""


@dataclass(frozen=True, config=STRICT)
class Criterion:
    """One line of the rubric. `levels` say what 0, 1, 2 … points look like."""

    id: Id
    title: Line
    levels: Annotated[tuple[Line, ...], Field(min_length=2, max_length=6)]

    @property
    def most(self) -> int:
        return len(self.levels) - 1


@dataclass(frozen=True, config=STRICT)
class Format:
    """The recipe that an interview is drawn by. `id` is the name of its file.

    `single_boxes`: each program runs in a box that nobody was in before, which takes longer.
    """

    id: Id
    title: Line
    about: Words
    order: int
    minutes: Minutes
    reveal: Disclosure
    tasks: Annotated[tuple[TaskRule, ...], Field(min_length=1, max_length=12)]
    steps: tuple[Step, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    advice: tuple[Words, ...] = ()
    single_boxes: bool = False

    @property
    def points(self) -> int:
        """Most points that the judge can give."""
        return sum(rule.points + rule.efficiency for rule in self.tasks)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for rule in self.tasks for kind in rule.kinds)

    @property
    def is_spoken(self) -> bool:
        """Are there questions only, which nothing judges but a rubric?"""
        return not self.kinds

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values, which `format_of` reads: an interview keeps the format that it began with."""
        return {"format": STORED, **plain(self)}


@dataclass(frozen=True, config=STRICT)
class SpokenQuestion:
    """A question without a right answer. `strong` is what a strong answer contains, `asked_next` what may follow."""

    id: Id
    group: Id
    ask: Words
    strong: Annotated[tuple[Words, ...], Field(min_length=2, max_length=8)]
    asked_next: tuple[Words, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"format": STORED, **plain(self)}


@dataclass(frozen=True)
class Interviews:
    """Everything that interviews are made of."""

    formats: tuple[Format, ...] = ()
    questions: tuple[SpokenQuestion, ...] = ()

    def offered(self, kinds: Collection[str]) -> tuple[Format, ...]:
        """The formats that can be held with these kinds of problems."""
        return tuple(one for one in self.formats if one.kinds <= set(kinds))

    def find(self, format_id: str) -> Format | None:
        return next((one for one in self.formats if one.id == format_id), None)

    def groups(self) -> dict[str, list[SpokenQuestion]]:
        found: dict[str, list[SpokenQuestion]] = {}
        for question in self.questions:
            found.setdefault(question.group, []).append(question)
        return found


_FORMAT = TypeAdapter(Format)
_QUESTIONS = TypeAdapter(tuple[SpokenQuestion, ...])


def format_of(values: dict[str, Any]) -> Format:
    """The format that an interview began with. Raises Unreadable."""
    return _stored(Format, values, "The format of this interview")


def question_of(values: dict[str, Any]) -> SpokenQuestion:
    """The question that an interview asked. Raises Unreadable."""
    return _stored(SpokenQuestion, values, "This question")


def _stored(of: type[T], values: dict[str, Any], what: str) -> T:
    """What an interview has stored, without the rules for files: rules change, an interview that was sat does not."""
    number = values.get("format", 1)  # the first release wrote none
    if number not in _READERS:
        known = ", ".join(map(str, _READERS))
        raise Unreadable(f"{what} is stored in format {number}, and this release reads {known}. It stays as it is.")
    try:
        return build(of, _READERS[number](values))
    except CodecError as error:
        raise Unreadable(f"{what} is stored in a way that cannot be read: {error}. It stays as it is.") from error


def _first(values: dict[str, Any]) -> dict[str, Any]:
    return values


_READERS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _first}
"""What makes values of the present form of each that was ever stored. None is ever taken out."""


def read_interviews(folder: Path, topics: Collection[str]) -> Interviews:
    """The formats in their order, and the questions. An absent folder holds none. Raises BankError with all flaws."""
    flaws = Flaws("")
    try:
        texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    except (OSError, UnicodeDecodeError) as error:
        raise BankError(f"{folder.name} cannot be read: {error}") from error
    questions = _read(_QUESTIONS, f"{FOLDER}/{QUESTIONS}", texts.pop(QUESTIONS, "[]"), flaws) or ()
    formats = [_read_format(name, text, flaws) for name, text in texts.items()]
    found = Interviews(tuple(sorted((f for f in formats if f), key=lambda f: (f.order, f.id))), questions)
    _check(found, topics, flaws)
    if flaws.found:
        raise BankError("\n".join(f"problems/{flaw}" for flaw in flaws.found))
    return found


def _read_format(name: str, text: str, flaws: Flaws) -> Format | None:
    file = f"{FOLDER}/{name}"
    values = read_yaml(text, file, flaws)
    if not isinstance(values, dict):
        flaws.add(file, "", "is no format", "write title, about, order, minutes, reveal and tasks")
        return None
    return _validated(_FORMAT, file, {**values, "id": name.removesuffix(".yaml")}, flaws)


def _read(adapter: TypeAdapter[T], file: str, text: str, flaws: Flaws) -> T | None:
    return _validated(adapter, file, read_yaml(text, file, flaws), flaws)


def _validated(adapter: TypeAdapter[T], file: str, values: Any, flaws: Flaws) -> T | None:
    try:
        return adapter.validate_python(values)
    except ValidationError as error:
        for detail in error.errors():
            key = ".".join(str(part) for part in detail["loc"])
            flaws.add(file, key, detail["msg"].removeprefix("Value error, ").lower(), "see problems/README.md")
        return None


def _check(found: Interviews, topics: Collection[str], flaws: Flaws) -> None:
    """What one value alone cannot show: ids twice, topics and groups that nobody knows."""
    groups = found.groups()
    for one in found.formats:
        file = f"{FOLDER}/{one.id}.yaml"
        _check_unique(file, "steps", (step.id for step in one.steps), flaws)
        _check_unique(file, "rubric", (criterion.id for criterion in one.rubric), flaws)
        for number, rule in enumerate(one.tasks, 1):
            for what, used, known in (
                ("topic", rule.topics, topics),
                ("group", (rule.question,) if rule.question else (), groups),
            ):
                for name in set(used) - set(known):
                    flaws.add(file, f"tasks.{number}", f"there is no {what} {name!r}", did_you_mean(name, known))
    _check_unique(f"{FOLDER}/{QUESTIONS}", "id", (question.id for question in found.questions), flaws)


def _check_unique(file: str, key: str, ids: Iterable[str], flaws: Flaws) -> None:
    seen: Sequence[str] = list(ids)
    for name in sorted({name for name in seen if seen.count(name) > 1}):
        flaws.add(file, key, f"{name!r} is listed twice", "keep one")
