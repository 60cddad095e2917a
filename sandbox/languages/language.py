"""What the rest of the program asks about a programming language: one value a language, in its folder's `language.py`.

Formats of answers that are no programs (a query, a folder of files, a sheet of answers) are no languages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.signature import Calls, Function, Type


@dataclass(frozen=True, slots=True)
class Literals:
    """How values are written in a language. `text` writes a str; `items` and `entries` enclose lists and dicts."""

    null: str
    true: str
    false: str
    text: Callable[[str], str]
    items: tuple[str, str] = ("[", "]")
    entries: tuple[str, str] = ("{", "}")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a box must give so that programs of a language start, beyond what every program gets."""

    memory_mib: int = 0  # what the runtime takes before a program does anything; a problem's limit is raised by it
    pids: int = 64
    scratch_mib: int = 16
    programs_in_scratch: bool = False  # may what lies in scratch be executed?


def change_as_python(name: str, type_: str) -> str:
    """A statement that changes what the caller sees, rather than what a name is bound to."""
    return {"list": f"{name}[:] = …", "dict": f"{name}[key] = …"}.get(type_, f"{name}.value = …")


def holds_all(type_: Type) -> bool:
    """A language whose values can be of every type that a signature may name."""
    return True


@dataclass(frozen=True, slots=True)
class Language:
    """A programming language that answers may be written in.

    `name` is what submissions, the API and packages call it, and the name of its folder and its image. `ending` is its
    files' without a dot. `lexer` is its name in Pygments and in the editor. `comment` begins a comment that goes to the
    end of the line. `starter` writes the code that a student starts from: it compiles, and it is wrong. `spell` turns a
    name of a signature, which is written as Python's are, into one of this language: slidingWindow. `time_factor` is
    what a problem's time limit is multiplied with. `change` writes an example of a statement that changes a parameter
    itself, by its name and its type's ("list", "dict" …). `version` is shown, and the image's own test holds it.
    `holds`: can a value of this type, which may be a part of another, be written in it? `errors` are names of errors
    that the language itself or its library raises: a student may be told of those though a case is hidden.
    """

    name: str
    title: str
    ending: str
    version: str
    lexer: str
    comment: str
    starter: Callable[[Calls], str]
    literals: Literals
    spell: Callable[[str], str] = str
    change: Callable[[str, str], str] = change_as_python
    time_factor: float = 1.0
    needs: Needs = Needs()
    holds: Callable[[Type], bool] = holds_all
    errors: frozenset[str] = frozenset()

    def can_answer(self, signature: Calls) -> bool:
        """Can what has this signature be written in it?"""
        functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
        types = [type_ for one in functions for type_ in (one.returns, *(p.type for p in one.parameters))]
        return all(self.holds(part) for type_ in types for part in type_.parts())

    @property
    def source_file(self) -> str:
        """What a program's file is called, in traces too."""
        return f"solution.{self.ending}"
