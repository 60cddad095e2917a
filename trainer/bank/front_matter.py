"""The front matter of problem.md: its keys, their types, and words for what is wrong with them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError
from pydantic_core import ErrorDetails

from sandbox.model import Compare, Limits
from trainer.bank.aliases import Aliases
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.plain_scalars import QUOTES
from trainer.bank.problem import Complexity, Difficulty, Reveal
from trainer.bank.strict_yaml import read_yaml

FILE = "problem.md"
_CLOSED = ConfigDict(extra="forbid", frozen=True)
_Line = Annotated[StrictStr, Field(min_length=1, max_length=100, pattern=r"^[^\r\n]+$")]


_Name = Annotated[StrictStr, Field(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")]
_Setting = Annotated[StrictStr, Field(max_length=200)]


class _Limits(BaseModel):
    model_config = _CLOSED
    time_limit_s: Annotated[float, Field(strict=True, ge=0.1, le=20)] = 2.0
    memory_mib: Annotated[StrictInt, Field(ge=32, le=1024)] = 256
    output_kib: Annotated[StrictInt, Field(ge=1, le=1024)] = 64


class _Complexity(BaseModel):
    model_config = _CLOSED
    time: _Line
    space: _Line


class FrontMatter(BaseModel):
    """What stands between the two lines of dashes, whatever the kind."""

    model_config = _CLOSED
    title: _Line
    kind: StrictStr
    difficulty: Difficulty
    topics: Annotated[list[StrictStr], Field(min_length=1, max_length=6)]
    reveal: Reveal = Reveal.FULL
    minutes: Annotated[StrictInt, Field(ge=1, le=240)]
    prerequisites: list[StrictStr] = []
    warm_up: StrictBool = False
    known_as: Aliases = ()


class LimitedMatter(FrontMatter):
    """Of kinds whose answers run."""

    signature: StrictStr
    limits: _Limits = _Limits()

    def read_limits(self) -> Limits:
        return Limits(self.limits.time_limit_s, self.limits.memory_mib, self.limits.output_kib)


class FunctionMatter(LimitedMatter):
    in_place: StrictStr | None = None
    compare: Compare = Compare.CLOSE
    complexity: _Complexity

    def read_complexity(self) -> Complexity:
        return Complexity(self.complexity.time, self.complexity.space)


class ServiceMatter(FrontMatter):
    """Of services. `env` are settings beside those that every service gets."""

    start: _Line = "python3 app.py"
    env: dict[_Name, _Setting] = {}
    upstream: StrictBool = False


class DebugMatter(ServiceMatter):
    """Of debugging. Lines of the starter that a good answer changes, adds or removes at most."""

    most_changed_lines: Annotated[StrictInt, Field(ge=1, le=200)]


_NESTED: dict[str, type[BaseModel]] = {"limits": _Limits, "complexity": _Complexity}

_STAND_INS: dict[str, Any] = {
    "title": "?",
    "difficulty": Difficulty.EASY,
    "topics": ["?"],
    "minutes": 1,
    "signature": "",
    "complexity": _Complexity(time="?", space="?"),
    "most_changed_lines": 1,
}
"""Values for keys that are missing or wrong, with which the rest of a package can be looked at."""


@dataclass(frozen=True, slots=True)
class Front:
    """What problem.md says. `matter` is None where it has flaws.

    `draft` is the matter with stand-ins for what is wrong, or None where not even the kind can be known.
    """

    statement: str
    kind: str = ""
    matter: FrontMatter | None = None
    draft: FrontMatter | None = None


def read_front_matter(
    text: str, models: Mapping[str, type[FrontMatter]], topics: Collection[str] | None, flaws: Flaws
) -> Front:
    """The front matter, and the statement below it. `models` are the kinds' keys by their names.

    Topics must be known; None as `topics` leaves them alone.
    """
    handler = YAMLHandler()
    if not handler.detect(text) or len(re.findall(r"(?m)^---\s*$", text)) < 2:
        flaws.add(FILE, "", "has no front matter", "begin with a line '---', the keys, and a line '---'")
        return Front(text)
    matter, statement = handler.split(text)
    if not statement.strip():
        flaws.add(FILE, "", "has no statement", "write it below the front matter")
    statement = statement.strip() + "\n"
    value = read_yaml(matter, FILE, flaws)
    if value is None:
        return _guessed(matter, statement, models)
    if not isinstance(value, dict):
        flaws.add(FILE, "", "the front matter holds no keys", "write one 'key: value' a line")
        return Front(statement)
    return _validate(value, statement, models, topics, flaws)


def _validate(
    value: dict[Any, Any],
    statement: str,
    models: Mapping[str, type[FrontMatter]],
    topics: Collection[str] | None,
    flaws: Flaws,
) -> Front:
    kind = value.get("kind")
    if isinstance(kind, str) and kind not in models:
        flaws.add(FILE, "kind", f"there is no kind {kind!r}", did_you_mean(kind, models))
    _check_topics(value, topics, flaws)
    model = models.get(str(kind), models["function"])
    try:
        matter = model.model_validate(value)
        return Front(statement, matter.kind, matter, matter if matter.kind in models else None)
    except ValidationError as error:
        details = error.errors()
    for detail in sorted(details, key=lambda detail: detail["type"] != "extra_forbidden"):
        _add(detail, model, flaws)
    if str(kind) not in models:
        return Front(statement)
    return Front(statement, str(kind), None, _drafted(value, {str(d["loc"][0]) for d in details}, model))


def _guessed(matter: str, statement: str, models: Mapping[str, type[FrontMatter]]) -> Front:
    """Of a front matter that is no YAML only the kind, with which the other files can be looked at."""
    said = re.search(r"(?m)^kind:[ ]*(\w+)[ ]*$", matter)
    kind = said[1] if said and said[1] in models else ""
    return Front(statement, kind, None, _drafted({"kind": kind}, (), models[kind]) if kind else None)


def _drafted(value: Mapping[Any, Any], wrong: Collection[str], model: type[FrontMatter]) -> FrontMatter | None:
    """The matter without what is wrong in it."""
    stand_ins = {key: fill for key, fill in _STAND_INS.items() if key in model.model_fields}
    try:
        return model.model_validate(stand_ins | {key: given for key, given in value.items() if str(key) not in wrong})
    except ValidationError:
        return None


def _check_topics(value: Mapping[Any, Any], topics: Collection[str] | None, flaws: Flaws) -> None:
    """Whatever else is wrong; that they are lists of texts is a matter of their type."""
    for key in ("topics", "prerequisites"):
        listed = value.get(key)
        found = [topic for topic in listed if isinstance(topic, str)] if isinstance(listed, list) else []
        for topic in found:
            if topics is not None and topic not in topics:
                flaws.add(FILE, key, f"unknown topic {topic!r}", did_you_mean(topic, topics))
        if len(set(found)) < len(found):
            flaws.add(FILE, key, "names a topic twice", "keep one")


def _add(detail: ErrorDetails, of: type[FrontMatter], flaws: Flaws) -> None:
    """One error of pydantic in our words."""
    path = [str(part) for part in detail["loc"]]
    key, kind = ".".join(path), detail["type"]
    if kind == "extra_forbidden":
        model = _NESTED.get(path[0]) if len(path) > 1 else None
        near = model.model_fields if model else _names(of)
        flaws.add(FILE, "", f"unknown key {key!r}", did_you_mean(path[-1], near))
    elif kind == "missing":
        flaws.add(FILE, key, "is missing", f"add a line '{path[-1]}: …'")
    elif kind == "string_type" and isinstance(detail["input"], bool | int | float | datetime.date):
        flaws.add(FILE, key, f"{_shown(detail['input'])} is no text", QUOTES)
    else:
        flaws.add(FILE, key, f"{_shown(detail['input'])} will not do", detail["msg"].lower())


def _names(model: type[FrontMatter]) -> set[str]:
    """All keys of a kind, those below another with both names."""
    nested = {
        f"{key}.{name}" for key, part in _NESTED.items() if key in model.model_fields for name in part.model_fields
    }
    return {*model.model_fields, *nested}


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
