"""A student's own cases of a problem: kept until they are deleted, and run with the samples."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Invalid, NotFound, TooLarge
from trainer.kinds.base import EXPECTED, NAME
from trainer.models import OwnCase
from trainer.services import attempts

MOST = 10
"""So many own cases are kept of a problem, and so many a run takes."""
LONGEST = 64 * 1024  # bytes of one case
LONGEST_NAME = 80


def listed(session: Session, user_id: int, problem_id: int) -> list[OwnCase]:
    """The student's cases, in the order in which they were made."""
    mine = (OwnCase.user_id == user_id, OwnCase.problem_id == problem_id)
    return list(session.scalars(sa.select(OwnCase).where(*mine).order_by(OwnCase.id)))


def texts(case: OwnCase) -> dict[str, str]:
    """A case as a run takes it."""
    return dict(case.input) | {NAME: case.name, EXPECTED: case.expected}


def add(session: Session, user_id: int, problem_id: int, given: Mapping[str, str]) -> OwnCase:
    """Keep a case, given as a run takes it. What does not fit the problem is kept, too: it may be half written.

    Raises Invalid where there are too many, TooLarge.
    """
    _check(given)
    attempts.touch(session, user_id, problem_id)  # locks the attempt, so that cases are counted in turn
    kept = listed(session, user_id, problem_id)
    if len(kept) >= MOST:
        raise Invalid(f"{MOST} cases are kept of a problem. Delete one, then add this one.", field="own_inputs")
    case = OwnCase(user_id=user_id, problem_id=problem_id, **_columns(given, len(kept) + 1))
    session.add(case)
    session.flush()
    return case


def change(session: Session, user_id: int, problem_id: int, case_id: int, given: Mapping[str, str]) -> OwnCase:
    """Raises NotFound, for other people's too; TooLarge, Invalid."""
    _check(given)
    case = _own(session, user_id, problem_id, case_id)
    for name, value in _columns(given, 1).items():
        setattr(case, name, value)
    session.flush()
    return case


def remove(session: Session, user_id: int, problem_id: int, case_id: int) -> None:
    """Raises NotFound."""
    session.delete(_own(session, user_id, problem_id, case_id))
    session.flush()


def _own(session: Session, user_id: int, problem_id: int, case_id: int) -> OwnCase:
    case = session.get(OwnCase, case_id)
    if case is None or (case.user_id, case.problem_id) != (user_id, problem_id):
        raise NotFound("There is no such case.")
    return case


def _columns(given: Mapping[str, str], number: int) -> dict[str, object]:
    name = " ".join(given.get(NAME, "").split())[:LONGEST_NAME]
    return {
        "name": name or f"case {number}",
        "input": {key: text for key, text in given.items() if key not in (NAME, EXPECTED)},
        "expected": given.get(EXPECTED, ""),
        "saved_at": now(),
    }


def _check(given: Mapping[str, str]) -> None:
    if sum(len(key.encode()) + len(text.encode(errors="replace")) for key, text in given.items()) > LONGEST:
        raise TooLarge("This case has more than 64 KB. Try a smaller input.", field="own_inputs")
    for key, text in given.items():
        attempts.check_text(key, field="own_inputs")
        attempts.check_text(text, field=key[:40])
