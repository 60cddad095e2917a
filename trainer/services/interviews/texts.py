"""What is typed in an interview: answers, thinking steps, the scratchpad. What was acknowledged is never lost."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.interviews import format_of
from trainer.clock import now
from trainer.errors import Conflict, NotFound, TooLarge
from trainer.models import Interview, InterviewText
from trainer.services import attempts, catalogue, upsert
from trainer.services.interviews import sitting
from trainer.services.interviews.state import clock_of
from trainer.services.limits import source_limit

SCRATCHPAD = "scratchpad"
WORDS = "words"
"""Name of the answer to a question."""
WORDS_LIMIT = 32 * 1024
UNIQUE = (InterviewText.interview_id, InterviewText.number, InterviewText.name)


class NewerText(Conflict):
    """There is a newer state than the one that was edited, from another tab or device. `newer` is it."""

    code = "newer_draft"

    def __init__(self, newer: InterviewText) -> None:
        super().__init__("There is a newer draft, from another tab or device. Compare, then keep one.")
        self.newer = newer


def names(session: Session, interview: Interview, number: int) -> tuple[str, ...]:
    """What can be typed for a task; of task 0 the scratchpad. Raises NotFound."""
    if number == 0:
        return (SCRATCHPAD,)
    task = sitting.task(interview, number)
    boxes = tuple(step.id for step in format_of(interview.format).steps if step.ask)
    if task.version is None:
        return (WORDS, *boxes)
    return (*catalogue.content(session, task.version).languages, *boxes)


def find(session: Session, interview: Interview, number: int, name: str) -> InterviewText | None:
    return session.scalar(_of(interview, number, name))


def get(session: Session, interview: Interview, number: int, name: str) -> InterviewText:
    """Raises NotFound where nothing was typed."""
    found = find(session, interview, number, name)
    if found is None:
        raise NotFound("Nothing is typed there yet.")
    return found


def all_of(session: Session, interview: Interview) -> dict[tuple[int, str], InterviewText]:
    """Everything that was typed, by task and name."""
    found = session.scalars(sa.select(InterviewText).where(InterviewText.interview_id == interview.id))
    return {(text.number, text.name): text for text in found}


def save(
    session: Session,
    interview: Interview,
    number: int,
    name: str,
    text: str,
    *,
    base_revision: int,
    device: str = "",
    force: bool = False,
) -> InterviewText:
    """Keep what was typed.

    While the interview runs it counts, under the same rule as drafts in practice: `base_revision` is the state that was
    edited, and a newer one is never overwritten unasked (NewerText). What arrives later is kept as late, beside.
    Raises NotFound, TooLarge, Invalid.
    """
    if name not in names(session, interview, number):
        raise NotFound(f"Nothing called {name[:40]!r} is typed there.")
    attempts.check_text(text)
    most = WORDS_LIMIT if name in _WORDY or _is_step(interview, name) else source_limit(name)
    if len(text.encode()) > most:
        raise TooLarge(f"This has {len(text.encode()) // 1024:,} KB. At most {most // 1024} KB are kept.", field="text")
    # The row is locked, so that the bell is rung before this or after it, never in between.
    session.refresh(interview, ["ended_at", "closed_at"], with_for_update={"read": True})
    latest = session.scalar(_of(interview, number, name).with_for_update().execution_options(populate_existing=True))
    moment = now()  # one moment decides and is written down: what is acknowledged as in time counts
    if interview.closed_at is not None or not clock_of(interview).counts(moment):
        return _keep_late(session, interview, number, name, latest, text)
    if latest is None:
        return _insert(session, interview, number, name, text, device, moment)
    if latest.text == text:
        return latest
    if latest.revision != base_revision and not force:
        raise NewerText(latest)
    latest.revision += 1
    latest.text, latest.device, latest.saved_at = text, device[:40], moment
    session.flush()
    return latest


_WORDY = frozenset({SCRATCHPAD, WORDS})


def _is_step(interview: Interview, name: str) -> bool:
    return any(step.id == name for step in format_of(interview.format).steps)


def _keep_late(
    session: Session, interview: Interview, number: int, name: str, latest: InterviewText | None, text: str
) -> InterviewText:
    late = {"late_text": text, "late_at": now()}
    if latest is None:
        new = {"interview_id": interview.id, "number": number, "name": name, "revision": 0, "text": ""}
        new |= {"saved_at": interview.started_at} | late
        return upsert.put(session, InterviewText, UNIQUE, new, late)
    if latest.text != text:
        latest.late_text, latest.late_at = text, now()
        session.flush()
    return latest


def _insert(
    session: Session, interview: Interview, number: int, name: str, text: str, device: str, moment: datetime
) -> InterviewText:
    new = {
        "interview_id": interview.id,
        "number": number,
        "name": name,
        "revision": 1,
        "text": text,
        "device": device[:40],
        "saved_at": moment,
    }
    made = upsert.insert(session, InterviewText, new)
    if made is None:
        raise NewerText(session.scalars(_of(interview, number, name)).one())
    return made


def _of(interview: Interview, number: int, name: str) -> sa.Select[InterviewText]:
    return sa.select(InterviewText).where(
        InterviewText.interview_id == interview.id, InterviewText.number == number, InterviewText.name == name
    )
