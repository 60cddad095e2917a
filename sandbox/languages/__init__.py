"""One folder a language: what it is (`language.py`), its image, what runs a program in the box, and its self-test.

More languages may lie in folders that the variable TRAINER_LANGUAGES_PATH names, separated by colons.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from sandbox.languages.language import Language

__all__ = ["Language", "language", "languages", "places"]

HERE = Path(__file__).parent
VARIABLE = "TRAINER_LANGUAGES_PATH"


def places() -> tuple[Path, ...]:
    """The folders in which the folders of languages lie."""
    return (HERE, *(Path(place) for place in os.environ.get(VARIABLE, "").split(os.pathsep) if place))


@cache
def languages() -> Mapping[str, Language]:
    """All languages by name: Python first, then as their titles sort. Read once a process."""
    found = [_read(path) for place in places() for path in sorted(place.glob("*/language.py"))]
    return {one.name: one for one in sorted(found, key=lambda one: (one.name != "python", one.title.casefold()))}


def language(name: str) -> Language | None:
    """The language of this name, or None where there is none: a format of answers, or one that was taken out."""
    return languages().get(name)


def _read(path: Path) -> Language:
    spec = spec_from_file_location(f"{__name__}.{path.parent.name}.language", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Language = module.LANGUAGE
    return found
