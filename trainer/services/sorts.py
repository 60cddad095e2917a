"""Which sorts of boxes a judgement takes. Rows of the queue name them, and workers claim only what they can judge now.

A row names them as one text, in order and with blanks between them, so that an index finds what a worker can do. The
sort of box in which programs of a language run is called as the language is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sandbox.languages import language, languages
from trainer.languages import in_order

PYTHON = "python"
DATA = "data"
SERVICE = "service"
"""As `sandbox.backends.troubles.sort_of` names them. A service is a set of three boxes: data, service and suite."""
EVERYTHING = f"{DATA} {PYTHON} {SERVICE}"
"""Of rows of which nobody knows what they take: they wait for a worker that can do all that every installation does."""
_NEEDS: Mapping[str, str] = {"function": PYTHON, "sql": DATA, "service": SERVICE, "debug": SERVICE, "quiz": ""}


def of_installation(chosen: Collection[str]) -> tuple[str, ...]:
    """The sorts that workers have where these languages are offered: hidden data is made in Python's in any case."""
    return (DATA, *in_order({PYTHON, *chosen}), SERVICE)


SORTS = of_installation(languages())
_KNOWN = ("", *SORTS, EVERYTHING)


def needs(kind: str, written_in: str = PYTHON) -> str:
    """What an answer to a problem of this kind is judged in.

    Without a language: what its hidden data is made in, and its package checked in.
    """
    found = _NEEDS.get(kind, EVERYTHING)
    return written_in if found == PYTHON and language(written_in) else found


def met_by(able: Collection[str]) -> tuple[str, ...]:
    """The needs of rows that are met where boxes of these sorts can be had."""
    return tuple(one for one in _KNOWN if set(one.split()).issubset(able))
