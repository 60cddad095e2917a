"""What answers are written in: the sandbox's languages, and forms of answers that are no programs.

Whoever needs the name, the title or the file ending of a language asks here or `sandbox.languages`, and keeps no table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sandbox.languages import language, languages

SQL, FILES, ANSWERS = "sql", "files", "answers"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of answers that is no programming language. `ending` is empty where an answer is no text of one file."""

    name: str
    title: str
    version: str = ""
    ending: str = ""
    lexer: str = ""


FORMS: Mapping[str, Form] = {
    one.name: one
    for one in (
        Form(SQL, "SQL", version="PostgreSQL 15", ending="sql", lexer="sql"),
        Form(FILES, "Files"),
        Form(ANSWERS, "Answers"),
    )
}


def names() -> tuple[str, ...]:
    """All that answers may be written in: languages, then other forms."""
    return (*languages(), *FORMS)


def title(name: str) -> str:
    """What it is called: JavaScript. A name that is not known any more stands for itself."""
    known = _known(name)
    return known.title if known else name


def title_and_version(name: str) -> str:
    """Python 3.11; JavaScript, Node 18."""
    known = _known(name)
    if known is None or not known.version:
        return title(name)
    return f"{known.title}{' ' if known.version[:1].isdigit() else ', '}{known.version}"


def ending(name: str) -> str:
    """The ending of its files without a dot; empty where an answer is no text of one file."""
    known = _known(name)
    return known.ending if known else ""


def lexer(name: str) -> str:
    """Its name in the editor and in Pygments; empty where nothing is highlighted."""
    known = _known(name)
    return known.lexer if known else ""


def by_ending(ending: str) -> str:
    """The name of what files with this ending hold; empty where it is nothing known."""
    return next((one.name for one in languages().values() if one.ending == ending), "")


def titles() -> dict[str, str]:
    """What languages are called, by their names."""
    return {name: one.title for name, one in languages().items()}


def grammars() -> dict[str, str]:
    """Names in the editor by the endings of files."""
    return {ending(name): lexer(name) for name in names() if ending(name)}


def time_limit_s(name: str, limit_s: float) -> float:
    """A problem's time limit as it is for programs in this language."""
    known = language(name)
    return limit_s * known.time_factor if known else limit_s


def unknown(chosen: Collection[str]) -> list[str]:
    """Those of these names that are no language."""
    return [name for name in chosen if name not in languages()]


def in_order(chosen: Collection[str]) -> tuple[str, ...]:
    """The languages of these names, in the table's order."""
    return tuple(name for name in languages() if name in chosen)


def _known(name: str) -> Form | None:
    found = language(name)
    if found is None:
        return FORMS.get(name)
    return Form(found.name, found.title, found.version, found.ending, found.lexer)
