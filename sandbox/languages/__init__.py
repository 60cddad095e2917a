"""One folder a language: what it is (`language.py`), its image, what runs a program in the box, and its self-test."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from sandbox.languages.language import Language

__all__ = ["Language", "language", "languages"]

HERE = Path(__file__).parent


@cache
def languages() -> Mapping[str, Language]:
    """All languages by name: Python first, then as their titles sort."""
    names = [path.parent.name for path in HERE.glob("*/language.py")]
    found: list[Language] = [import_module(f"{__name__}.{name}.language").LANGUAGE for name in names]
    return {one.name: one for one in sorted(found, key=lambda one: (one.name != "python", one.title.casefold()))}


def language(name: str) -> Language | None:
    """The language of this name, or None where there is none: a format of answers, or one that was taken out."""
    return languages().get(name)
