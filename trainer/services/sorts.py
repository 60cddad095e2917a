"""Which sorts of boxes a judgement takes. Rows of the queue name them, and workers claim only what they can judge now.

A row names them as one text, in order and with blanks between them, so that an index finds what a worker can do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

PYTHON, DATA, SERVICE = "python", "data", "service"
"""As `sandbox.backends.troubles.sort_of` names them. A service is a set of three boxes: data, service and suite."""
SORTS = (DATA, PYTHON, SERVICE)
EVERYTHING = " ".join(SORTS)
"""Of rows of which nobody knows what they take: they wait for a worker that can do all."""
_NEEDS: Mapping[str, str] = {"function": PYTHON, "sql": DATA, "service": SERVICE, "debug": SERVICE, "quiz": ""}
_KNOWN = ("", DATA, PYTHON, SERVICE, EVERYTHING)


def needs(kind: str) -> str:
    """What an answer to a problem of this kind is judged in, its hidden data made in, and its package checked in."""
    return _NEEDS.get(kind, EVERYTHING)


def met_by(able: Collection[str]) -> tuple[str, ...]:
    """The needs of rows that are met where boxes of these sorts can be had."""
    return tuple(one for one in _KNOWN if set(one.split()).issubset(able))
