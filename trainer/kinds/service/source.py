"""A service's files as forms post them, and as their author reads them."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.bank.problem import Problem
from trainer.bank.sources import pack, unpack
from trainer.errors import InputError

FIELD = "file:"


def from_form(problem: Problem, form: Mapping[str, list[str]]) -> str:
    """With scripts one field holds all files; without them each file is a text area, file:app.py."""
    if "source" in form:
        return "".join(form["source"])
    files = {
        key.removeprefix(FIELD): "".join(texts).replace("\r\n", "\n")
        for key, texts in form.items()
        if key.startswith(FIELD)
    }
    return pack(files)


def to_read(problem: Problem, source: str) -> str:
    """All files below each other, each under a line with its path."""
    try:
        files = unpack(source)
    except InputError:
        return source
    return "\n".join(f"── {path} ──\n{text.rstrip()}\n" for path, text in sorted(files.items()))
