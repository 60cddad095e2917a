"""A service's answer as pages show it: files, and the packages that its box has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache

from sandbox.images.inputs import recipe
from trainer.bank.causes import ANSWER, NAMED
from trainer.bank.problem import Problem
from trainer.bank.questions import Choice
from trainer.bank.sources import unpack
from trainer.errors import InputError

PROMISED = ("flask", "fastapi", "uvicorn", "sqlalchemy", "psycopg", "redis", "pyjwt", "argon2-cffi", "httpx", "pytest")
UNNAMED = "No cause is named yet, and without it a submission cannot be accepted. It would count as a try."
_NAMES = {"flask": "Flask", "fastapi": "FastAPI", "sqlalchemy": "SQLAlchemy", "pyjwt": "PyJWT"}
_LOCKED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def files_of(source: str, with_cause: bool = False) -> dict[str, str]:
    """The files of a draft or submission, also where they cannot be taken: what was typed is shown again.

    The named cause comes only if asked for.
    """
    try:
        files = unpack(source)
    except InputError:
        files = _typed(source)
    return {path: text for path, text in sorted(files.items()) if with_cause or path != ANSWER}


def _typed(source: str) -> dict[str, str]:
    """Files that are too many, too large or oddly named; none where there are none."""
    try:
        found = json.loads(source)
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {path: text.encode(errors="replace").decode() for path, text in pairs if isinstance(text, str)}


def lacks_cause(problem: Problem, source: str) -> bool:
    """Is there a cause to name, and none named?"""
    wanted = problem.service is not None and problem.service.cause is not None
    return wanted and not files_of(source, with_cause=True).get(ANSWER, "").strip()


def tells_cause(step: str) -> bool:
    """Is this the step whose reason an author wrote, as markdown?"""
    return step == NAMED


def in_order_of_ids(choices: Iterable[Choice]) -> list[Choice]:
    """An order that says nothing: ids are made from the texts."""
    return sorted(choices, key=lambda choice: choice.id)


@cache
def box_packages() -> tuple[tuple[str, str], ...]:
    """Packages that a service may import, with their versions, as they are locked."""
    locked = dict(_LOCKED.findall(recipe("service").requirements.read_text()))
    return tuple((_NAMES.get(name, name), locked[name]) for name in PROMISED)
