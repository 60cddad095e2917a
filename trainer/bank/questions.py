"""Questions with their answers, as packages hold them and statements may: the types, and how they are read.

A choice is known by an id made from its text, so answers say nothing of the order in which authors wrote, and stay
right when a choice is added.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, ValidationError

from trainer.bank.flaws import Spot, did_you_mean
from trainer.bank.plain_scalars import QUOTES

_CLOSED = ConfigDict(extra="forbid", frozen=True)
_Text = Annotated[StrictStr, Field(min_length=1, max_length=4000)]
_Line = Annotated[StrictStr, Field(min_length=1, max_length=300, pattern=r"^[^\r\n]+$")]
_Number = StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)]
LONGEST_NUMBER = 40
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")


class QuestionType(StrEnum):
    SINGLE = "single"  # one choice is right
    MULTIPLE = "multiple"  # all right ones and no other
    ORDER = "order"  # items into their order
    MATCH = "match"  # each left to its right
    TEXT = "text"  # a word or short phrase
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, to order or to match; `why` is markdown for somebody who took it."""

    id: str
    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class KnownWrong:
    """A wrong answer that people give, and what is wrong with it."""

    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `ask`, `why` and the texts of choices are markdown.

    `choices`: what can be chosen; of an order the items as they belong; of a match the right-hand sides, those of
    `lefts` first and in their order. `accept`: forms of a text that are right, the first one is shown. A number is
    right within `tolerance` of `answer`.
    """

    name: str
    type: QuestionType
    ask: str
    why: str = ""
    choices: tuple[Choice, ...] = ()
    lefts: tuple[Choice, ...] = ()
    accept: tuple[str, ...] = ()
    answer: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    wrong: tuple[KnownWrong, ...] = ()

    @property
    def heading(self) -> str:
        return self.name[:1].upper() + self.name[1:]


class _Choice(BaseModel):
    model_config = _CLOSED
    text: _Text
    why: _Text
    right: StrictBool = False


class _Pair(BaseModel):
    model_config = _CLOSED
    left: _Text
    right: _Text
    why: _Text


class _Wrong(BaseModel):
    model_config = _CLOSED
    answer: _Line | _Number
    why: _Text


class _Question(BaseModel):
    model_config = _CLOSED
    name: Annotated[_Line, Field(max_length=80)]
    type: QuestionType
    ask: _Text


class _WithChoices(_Question):
    choices: Annotated[list[_Choice], Field(min_length=2, max_length=8)]


class _WithItems(_Question):
    items: Annotated[list[_Text], Field(min_length=3, max_length=8)]
    why: _Text


class _WithPairs(_Question):
    pairs: Annotated[list[_Pair], Field(min_length=2, max_length=8)]
    others: Annotated[list[_Text], Field(max_length=4)] = []


class _WithText(_Question):
    accept: Annotated[list[_Line], Field(min_length=1, max_length=20)]
    why: _Text
    wrong: Annotated[list[_Wrong], Field(max_length=8)] = []


class _WithNumber(_Question):
    answer: _Number
    tolerance: Annotated[_Number, Field(ge=0)] = 0
    unit: Annotated[StrictStr, Field(max_length=20)] = ""
    why: _Text
    wrong: Annotated[list[_Wrong], Field(max_length=8)] = []


_MODELS: Mapping[str, type[_Question]] = {
    QuestionType.SINGLE: _WithChoices,
    QuestionType.MULTIPLE: _WithChoices,
    QuestionType.ORDER: _WithItems,
    QuestionType.MATCH: _WithPairs,
    QuestionType.TEXT: _WithText,
    QuestionType.NUMBER: _WithNumber,
}


CHOICES = {QuestionType.ORDER: "items", QuestionType.MATCH: "pairs"}
"""What the key is called that holds the choices."""


def read_question(item: Any, spot: Spot) -> Question | None:
    """The question that a mapping describes, or None with flaws."""
    if not isinstance(item, dict):
        spot.add("is no question", "write 'name: …' and its keys below it")
        return None
    model = _MODELS.get(str(item.get("type")))
    if model is None:
        known = [str(name) for name in _MODELS]
        given = item.get("type")
        said = "is missing" if given is None else f"{given!r} is no type"
        spot.at(": type").add(said, did_you_mean(str(given), known) if given else f"known: {', '.join(known)}")
        return None
    try:
        read = model.model_validate(item)
    except ValidationError as error:
        _explain(error, model, spot)
        return None
    question = _made(read)
    return question if _is_sound(question, spot) else None


def squeeze(text: str) -> str:
    """A text answer as it is compared: without case, outer and doubled blanks, and a closing full stop."""
    return " ".join(text.split()).rstrip(".").rstrip().casefold()


def read_number(text: str, unit: str = "") -> Decimal | None:
    """A number as people write it: 1500, 1 500, 1_500, 1,500, 0.25, 0,25; None where it is none.

    A comma before each group of three digits parts thousands, any other single one is a decimal comma. The question's
    `unit` may stand behind the number, of "minutes" also "minute", and a percent sign where there is no other unit.
    """
    plain = _without_unit("".join(text.split()).casefold(), unit).replace("_", "").replace("\u2212", "-")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain) if len(plain) <= LONGEST_NUMBER else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and abs(value.adjusted()) < LONGEST_NUMBER else None


def shuffled(question: Question, seed: str = "") -> tuple[Choice, ...]:
    """Its choices in an order that gives nothing away and stays while `seed` does; items never in their right order."""
    found = sorted(question.choices, key=lambda choice: hashlib.sha256(f"{seed} {choice.id}".encode()).digest())
    if question.type is QuestionType.ORDER and found == list(question.choices):
        found = found[1:] + found[:1]
    return tuple(found)


def known_wrong(question: Question, answer: str) -> str:
    """What is wrong with a text or number that people often give, or nothing."""
    if question.type is QuestionType.NUMBER:
        value = read_number(answer, question.unit)
        same = (w.why for w in question.wrong if read_number(w.answer, question.unit) == value)
        return next(same, "") if value is not None else ""
    return next((w.why for w in question.wrong if squeeze(w.answer) == squeeze(answer)), "")


def is_right_text(question: Question, answer: str) -> bool:
    """Is a text or a number that was typed the answer?"""
    if question.type is QuestionType.TEXT:
        return squeeze(answer) in map(squeeze, question.accept)
    value = read_number(answer, question.unit)
    return value is not None and question.answer is not None and abs(value - question.answer) <= question.tolerance


def _explain(error: ValidationError, model: type[_Question], spot: Spot) -> None:
    for detail in error.errors():
        path = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in detail["loc"])
        here = spot.at(f": {path.lstrip('.')}")
        match detail["type"]:
            case "extra_forbidden":
                here.add("unknown key", did_you_mean(str(detail["loc"][-1]), model.model_fields))
            case "missing":
                here.add("is missing", f"add '{detail['loc'][-1]}: …'")
            case "string_type" if isinstance(detail["input"], bool | int | float | datetime.date):
                here.add(f"{detail['input']} is no text", QUOTES)
            case _:
                here.add("will not do", detail["msg"].lower())


def _made(read: _Question) -> Question:
    base: dict[str, Any] = {"name": read.name, "type": read.type, "ask": read.ask}
    match read:
        case _WithChoices():
            choices = (Choice(_id(c.text), c.text, c.right, c.why) for c in read.choices)
            return Question(**base, choices=tuple(choices))
        case _WithItems():
            return Question(**base, why=read.why, choices=tuple(Choice(_id(text), text) for text in read.items))
        case _WithPairs():
            rights = [Choice(_id(pair.right), pair.right, why=pair.why) for pair in read.pairs]
            others = [Choice(_id(text), text) for text in read.others]
            lefts = (Choice(_id(pair.left), pair.left, why=pair.why) for pair in read.pairs)
            return Question(**base, choices=(*rights, *others), lefts=tuple(lefts))
        case _WithText():
            return Question(**base, why=read.why, accept=tuple(read.accept), wrong=_wrong(read.wrong))
        case _WithNumber():
            answer, tolerance = Decimal(str(read.answer)), Decimal(str(read.tolerance))
            return Question(
                **base, why=read.why, answer=answer, tolerance=tolerance, unit=read.unit, wrong=_wrong(read.wrong)
            )
    raise AssertionError(read)


def _wrong(listed: Iterable[_Wrong]) -> tuple[KnownWrong, ...]:
    return tuple(KnownWrong(str(one.answer), one.why) for one in listed)


def _without_unit(text: str, unit: str) -> str:
    """A text without blanks, without the unit at its end."""
    named = "".join(unit.split()).casefold()
    for ending in (named, named.removesuffix("s"), "" if named not in ("", "percent") else "%"):
        if ending and text.endswith(ending):
            return text.removesuffix(ending)
    return text


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _is_sound(question: Question, spot: Spot) -> bool:
    """What no type can say: the right number of right choices, nothing twice, wrong answers that are wrong."""
    before = len(spot.flaws.found)
    for place, choices in (
        (f": {CHOICES.get(question.type, 'choices')}", question.choices),
        (": pairs", question.lefts),
    ):
        for id, times in Counter(choice.id for choice in choices).items():
            if times > 1:
                text = next(choice.text for choice in choices if choice.id == id)
                spot.at(place).add(f"{text[:40]!r} stands there twice", "keep one")
    right = sum(choice.right for choice in question.choices)
    if question.type is QuestionType.SINGLE and right != 1:
        spot.at(": choices").add(f"{right} are right", "mark exactly one with 'right: true'")
    if question.type is QuestionType.MULTIPLE and not 0 < right < len(question.choices):
        spot.at(": choices").add(f"{right} of {len(question.choices)} are right", "mark at least one, not all of them")
    for wrong in question.wrong:
        if is_right_text(question, wrong.answer):
            spot.at(": wrong").add(f"{wrong.answer!r} is right", "take it out, or out of what is accepted")
        if question.type is QuestionType.NUMBER and read_number(wrong.answer, question.unit) is None:
            spot.at(": wrong").add(f"{wrong.answer!r} is no number", "write digits")
    return len(spot.flaws.found) == before
