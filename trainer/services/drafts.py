"""Drafts: what a student types is kept, and never overwritten by an older tab or another device."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from trainer.clock import now
from trainer.errors import Conflict, NotFound, TooLarge
from trainer.models import Draft
from trainer.services import attempts, upsert
from trainer.services.limits import source_limit

KEPT = 40
"""So many older states are kept of one draft."""
SAME_STATE = timedelta(seconds=60)
"""Of saves of one device closer together than this only the first and the last stay as versions."""


class NewerDraft(Conflict):
    """There is a newer draft than the one that was edited. `newer` is it."""

    code = "newer_draft"

    def __init__(self, newer: Draft) -> None:
        super().__init__("There is a newer draft, from another tab or device. Compare, then keep one.")
        self.newer = newer


def current(session: Session, user_id: int, problem_id: int, language: str) -> Draft | None:
    """The latest state, or None where nothing was typed yet."""
    return session.scalar(_of(user_id, problem_id, language).limit(1))


def last_language(session: Session, user_id: int, problem_id: int) -> str:
    """The language in which something was written for a problem last; empty where nothing was."""
    query = sa.select(Draft.language).where(Draft.user_id == user_id, Draft.problem_id == problem_id)
    return session.scalar(query.order_by(Draft.saved_at.desc(), Draft.id.desc()).limit(1)) or ""


def versions(session: Session, user_id: int, problem_id: int, language: str) -> list[Draft]:
    """All kept states, newest first."""
    return list(session.scalars(_of(user_id, problem_id, language)))


def earlier(session: Session, user_id: int, problem_id: int, language: str) -> list[Draft]:
    """The kept states before the latest one, newest first, without their texts: these may be large."""
    query = _of(user_id, problem_id, language).options(defer(Draft.source))
    return list(session.scalars(query.offset(1)))


def version(session: Session, user_id: int, problem_id: int, language: str, revision: int) -> Draft:
    """One kept state. Raises NotFound."""
    found = session.scalar(_of(user_id, problem_id, language).where(Draft.revision == revision))
    if found is None:
        raise NotFound("This draft is not kept any more.")
    return found


def open_again(session: Session, user_id: int, problem_id: int, *, language: str, source: str, origin: str) -> Draft:
    """Make an earlier text the latest state. What was there before stays as a version, however young it is.

    `origin` says where the text is from, in the place of a device. Raises Invalid, TooLarge.
    """
    return save(
        session, user_id, problem_id, language=language, source=source, base_revision=0, device=origin, force=True
    )


def save(
    session: Session,
    user_id: int,
    problem_id: int,
    *,
    language: str,
    source: str,
    base_revision: int,
    device: str = "",
    force: bool = False,
) -> Draft:
    """Keep what was typed.

    `base_revision` is the revision that was edited, 0 for the starter. If it is not the latest one NewerDraft is
    raised and nothing is lost; `force` saves all the same, and the newer one stays as an older version.
    """
    attempts.check_text(source, field="source")
    size = len(source.encode())
    most = source_limit(language)
    if size > most:
        raise TooLarge(f"The draft has {size // 1024:,} KB. At most {most // 1024} KB are kept.", field="source")
    latest = current(session, user_id, problem_id, language)
    if latest is not None and latest.revision != base_revision and not force:
        if latest.source == source:
            return latest
        raise NewerDraft(latest)
    if latest is not None and latest.source == source:
        return latest
    attempts.touch(session, user_id, problem_id)  # locks the attempt: from here on saves of this problem take turns
    before = current(session, user_id, problem_id, language) if force else latest
    new = {
        "user_id": user_id,
        "problem_id": problem_id,
        "language": language,
        "revision": (before.revision if before else 0) + 1,
        "source": source,
        "device": device[:40],
        "saved_at": now(),
    }
    draft = upsert.insert(session, Draft, new)
    if draft is None:
        raise NewerDraft(session.scalars(_of(user_id, problem_id, language).limit(1)).one())
    _thin(session, draft)
    return draft


def _thin(session: Session, draft: Draft) -> None:
    """Of the states that one device saved in quick succession keep the first and the last; of all, the newest `KEPT`.

    The last one is what another device, or an earlier text that was opened again, has replaced.
    """
    newest_first = _of(draft.user_id, draft.problem_id, draft.language)
    states = session.execute(newest_first.with_only_columns(Draft.id, Draft.device, Draft.saved_at)).all()
    quick = {
        state.id
        for after, state, before in zip(states, states[1:], states[2:], strict=False)
        if state.device == before.device == after.device and state.saved_at - before.saved_at < SAME_STATE
    }
    older = states[1:]
    gone = quick | {state.id for state in older[KEPT:]}
    if gone:
        session.execute(sa.delete(Draft).where(Draft.id.in_(gone)))


def _of(user_id: int, problem_id: int, language: str) -> sa.Select[Draft]:
    return (
        sa.select(Draft)
        .where(Draft.user_id == user_id, Draft.problem_id == problem_id, Draft.language == language)
        .order_by(Draft.revision.desc())
    )
