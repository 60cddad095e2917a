"""Writes a new package: a small problem that passes every check, to be replaced file by file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from trainer.bank.files import check_slug
from trainer.bank.flaws import Flaws

_BLOCK = re.compile(r"^#+ `(?P<path>[^`\n]+)`\n+(?P<fence>`{3,})\w*\n(?P<content>.*?)^(?P=fence)[ ]*$", re.M | re.S)


TEMPLATES = {
    "function": "template.md",
    "class": "template_class.md",
    "sql": "template_sql.md",
    "service": "template_service.md",
    "debug": "template_debug.md",
    "quiz": "template_quiz.md",
}
"""A small package of a kind, in a file beside this module. It passes every check. A class is asked as functions are."""
WORDS = {"function": "Function", "class": "Class", "sql": "SQL", "service": "Service", "debug": "Debugging", "quiz": "Quiz"}
"""What people call each of them."""


def new_package(slug: str, kind: str = "function") -> Mapping[str, bytes]:
    """The files of a new package of a kind by their paths. Raises PackageError where the slug is no name for one."""
    flaws = Flaws(slug)
    check_slug(slug, flaws)
    flaws.stop()
    return files_in(files("trainer.bank").joinpath(TEMPLATES[kind]).read_text(encoding="utf-8"))


def files_in(text: str) -> Mapping[str, bytes]:
    """The files that a markdown text shows: each a heading with the path in backticks and a fenced block below it."""
    return {match["path"]: match["content"].encode() for match in _BLOCK.finditer(text)}
