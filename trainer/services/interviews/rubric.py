"""Rubrics: how an interview is read by its student, and by somebody whom the student invites."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from trainer.bank.interviews import format_of
from trainer.clock import now
from trainer.errors import Invalid, NotFound, Refused, Unreadable
from trainer.models import Interview, InterviewReader, RubricEntry, User
from trainer.services import attempts, upsert
from trainer.services.interviews.state import check_apart, is_over, loaded

REMARK_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person says: entries by criterion. `points` of `most`, of the criteria that are filled in."""

    user: User
    is_student: bool
    entries: Mapping[str, RubricEntry]
    points: int
    most: int


def readable(session: Session, user_id: int, interview_id: int) -> Interview:
    """An interview that is the user's own, or over and opened to them.

    Raises NotFound; Held where it shares a task with the one that the user sits now.
    """
    interview = session.scalar(loaded().where(Interview.id == interview_id))
    if interview is not None:
        check_apart(session, user_id, interview)
    if interview is not None and interview.user_id == user_id:
        return interview
    reader = None if interview is None else reader_of(session, interview)
    if interview is None or reader is None or reader.user_id != user_id or not is_over(interview):
        raise NotFound("There is no such interview.")
    return interview


def reader_of(session: Session, interview: Interview) -> InterviewReader | None:
    """Who was invited, if anybody was."""
    query = sa.select(InterviewReader).where(InterviewReader.interview_id == interview.id)
    return session.scalar(query.options(joinedload(InterviewReader.user)))


def invite(session: Session, interview: Interview) -> str:
    """The secret part of a link for one reader. An earlier link, and who came by it, can read no longer."""
    token = secrets.token_urlsafe(24)
    made = {"token_hash": _hash(token), "made_at": now(), "user_id": None, "opened_at": None}
    new = {"interview_id": interview.id, **made}
    upsert.put(session, InterviewReader, (InterviewReader.interview_id,), new, made)
    return token


def withdraw(session: Session, interview: Interview) -> None:
    """Nobody else reads it any more. What was said of it stays."""
    session.execute(sa.delete(InterviewReader).where(InterviewReader.interview_id == interview.id))


def open_by_link(session: Session, user: User, token: str) -> int:
    """Who opens the link first is the reader; the interview's id. Raises NotFound, Refused."""
    mine = sa.select(InterviewReader).where(InterviewReader.token_hash == _hash(token))
    reader = session.scalar(mine.with_for_update().execution_options(populate_existing=True))
    if reader is None:
        raise NotFound("This link opens no report. Perhaps the student has made another link.")
    interview = session.get_one(Interview, reader.interview_id)
    if interview.user_id == user.id:
        return interview.id
    if reader.user_id not in (None, user.id):
        raise Refused("Somebody else has opened this link. Its student can make another one.")
    if reader.user_id is None:
        reader.user_id, reader.opened_at = user.id, now()
        session.flush()
    return interview.id


def fill(session: Session, interview: Interview, user_id: int, criterion: str, level: int, remark: str = "") -> None:
    """Say how an interview was in one criterion. Raises Invalid, NotFound."""
    if not is_over(interview):
        raise Invalid("The rubric is filled in when the interview is over.")
    found = next((one for one in format_of(interview.format).rubric if one.id == criterion), None)
    if found is None:
        raise NotFound(f"The rubric has no line {criterion[:40]!r}.")
    if not 0 <= level <= found.most:
        raise Invalid(f"{found.title} goes from 0 to {found.most}.", field=criterion)
    remark = remark.replace("\r\n", "\n").strip()
    attempts.check_text(remark)
    if len(remark) > REMARK_LIMIT:
        raise Invalid(
            f"A remark has at most {REMARK_LIMIT:,} characters; this one has {len(remark):,}.", field=criterion
        )
    said = {"level": level, "remark": remark, "saved_at": now()}
    new = {"interview_id": interview.id, "user_id": user_id, "criterion": criterion, **said}
    unique = (RubricEntry.interview_id, RubricEntry.user_id, RubricEntry.criterion)
    upsert.put(session, RubricEntry, unique, new, said)


def readings(session: Session, interview: Interview) -> list[Reading]:
    """What was said by now, the student's own first."""
    rows = session.execute(
        sa.select(RubricEntry, User)
        .join(User, User.id == RubricEntry.user_id)
        .where(RubricEntry.interview_id == interview.id)
        .order_by(User.id != interview.user_id, User.id)
    ).all()
    most = _most(interview)
    found: dict[int, tuple[User, dict[str, RubricEntry]]] = {}
    for entry, user in rows:
        found.setdefault(user.id, (user, {}))[1][entry.criterion] = entry
    return [
        Reading(
            user=user,
            is_student=user.id == interview.user_id,
            entries=entries,
            points=sum(entry.level for entry in entries.values()),
            most=sum(most.get(criterion, 0) for criterion in entries),
        )
        for user, entries in found.values()
    ]


def _most(interview: Interview) -> dict[str, int]:
    """Points of each criterion; none where the format cannot be read: the remarks still can."""
    try:
        return {one.id: one.most for one in format_of(interview.format).rubric}
    except Unreadable:
        return {}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
