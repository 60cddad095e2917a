"""The front matter of problem.md: its keys, their types, and words for what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError
from pydantic_core import ErrorDetails

from sandbox.model import Compare, Limits
from trainer.bank.flaws import Flaws, did_you_mean
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


class LimitedMatter(FrontMatter):
    """Of kinds whose answers run."""

    signature: StrictStr
    limits: _Limits = _Limits()

    def read_limits(self) -> Limits:
        return Limits(self.limits.time_limit_s, self.limits.memory_mib, self.limits.output_kib)


class FunctionMatter(LimitedMatter):
    in_place: StrictStr | None = None
    compare: Compare = Compare.EXACT
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


def read_front_matter(
    text: str, models: Mapping[str, type[FrontMatter]], flaws: Flaws
) -> tuple[FrontMatter | None, str]:
    """The front matter, or None with flaws, and the statement below it. `models` are the kinds' keys by their names."""
    handler = YAMLHandler()
    if not handler.detect(text) or len(re.findall(r"(?m)^---\s*$", text)) < 2:
        flaws.add(FILE, "", "has no front matter", "begin with a line '---', the keys, and a line '---'")
        return None, text
    matter, statement = handler.split(text)
    if not statement.strip():
        flaws.add(FILE, "", "has no statement", "write it below the front matter")
    value = read_yaml(matter, FILE, flaws)
    return (None if value is None else _validate(value, models, flaws)), statement.strip() + "\n"


def check_words(matter: FrontMatter, topics: Collection[str] | None, flaws: Flaws) -> None:
    """Topics must be known; None as `topics` leaves them alone."""
    for key, found in (("topics", matter.topics), ("prerequisites", matter.prerequisites)):
        for topic in found:
            if topics is not None and topic not in topics:
                flaws.add(FILE, key, f"unknown topic {topic!r}", did_you_mean(topic, topics))
        if len(set(found)) < len(found):
            flaws.add(FILE, key, "names a topic twice", "keep one")


def _validate(value: Any, models: Mapping[str, type[FrontMatter]], flaws: Flaws) -> FrontMatter | None:
    if not isinstance(value, dict):
        flaws.add(FILE, "", "the front matter holds no keys", "write one 'key: value' a line")
        return None
    kind = value.get("kind")
    if isinstance(kind, str) and kind not in models:
        flaws.add(FILE, "kind", f"there is no kind {kind!r}", did_you_mean(kind, models))
    model = models.get(str(kind), models["function"])
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for detail in sorted(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden"):
            _add(detail, model, flaws)
        return None


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
