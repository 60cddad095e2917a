"""Writes a new package: a small problem that passes every check, to be replaced file by file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

from trainer.bank.files import check_slug
from trainer.bank.flaws import Flaws

_TOPICS = re.compile(rb"^topics: \[(.*)\]$", re.M)
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
WORDS = {
    "function": "Function",
    "class": "Class",
    "sql": "SQL",
    "service": "Service",
    "debug": "Debugging",
    "quiz": "Quiz",
}
"""What people call each of them."""


def new_package(slug: str, kind: str = "function") -> dict[str, bytes]:
    """The files of a new package of a kind by their paths. Raises PackageError where the slug is no name for one."""
    flaws = Flaws(slug)
    check_slug(slug, flaws)
    flaws.stop()
    return files_in(files("trainer.bank").joinpath(TEMPLATES[kind]).read_text(encoding="utf-8"))


def with_known_topics(problem: bytes, known: Sequence[str]) -> bytes:
    """A template's problem.md for a bank with these topics: those that it knows, else its first one."""
    match = _TOPICS.search(problem)
    assert match is not None
    kept = [topic for topic in match[1].decode().split(", ") if topic in known] or list(known[:1])
    return problem[: match.start(1)] + ", ".join(kept).encode() + problem[match.end(1) :]


def files_in(text: str) -> dict[str, bytes]:
    """The files that a markdown text shows: each a heading with the path in backticks and a fenced block below it."""
    return {match["path"]: match["content"].encode() for match in _BLOCK.finditer(text)}
