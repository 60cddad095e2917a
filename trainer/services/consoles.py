"""Consoles: services that students try out, each a row that one worker claims and whose boxes it has.

The row is the truth: a worker closes the boxes of a console whose row is gone, and whoever asks a console writes what
is asked beside its row, where its worker finds it. A console has the account that opened it, and answers nobody else.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sandbox.model import ServiceJob
from trainer import kinds
from trainer.db import moment_after, utc_now
from trainer.errors import Busy, Invalid, NotFound, Unavailable
from trainer.kinds.base import Record
from trainer.models import Console, ConsoleCall, ConsoleDeed, ConsoleStatus, ProblemVersion
from trainer.services import catalogue, workers
from trainer.services.sorts import SERVICE

OPEN_S = 240.0
"""A console that is not open by then is given up. Its service may take three minutes to start."""
KEPT_S = 300.0
"""So long students are told that the worker of their console is gone."""
LONGEST_CALL_S = 600.0
"""What nobody has read the answer of by then is deleted: whoever asked is gone."""

FULL = "All places for trying services out are taken. Try again in a minute, or submit."
GONE = "Your service is not there any more. Start it again."
AWAY = "Services cannot be started at the moment. Your files are safe; try again in a moment."
STARTING = "Your service is starting already."
WORKER_GONE = "The machine that ran your service has stopped. Your files are safe; start your service again."


class Ended(NotFound):
    """A console whose worker is gone."""


@dataclass(frozen=True, slots=True)
class Call:
    """Something that is asked of a console."""

    id: int
    console_id: str
    deed: ConsoleDeed
    request: Record


@dataclass(frozen=True, slots=True)
class Claimed:
    """A console that a worker has to start."""

    console_id: str
    user_id: int
    version_id: int
    source: str


def new_id() -> str:
    """A name that cannot be guessed."""
    return secrets.token_urlsafe(12)


def job_of(session: Session, version: ProblemVersion, source: str) -> ServiceJob:
    """The service that somebody writes for a version of a problem. Raises Invalid where it has none that could run."""
    content = catalogue.content(session, version)
    job = kinds.get(content.kind).job(content, content.samples, source, content.languages[0])
    if not isinstance(job, ServiceJob):
        message = getattr(job, "compile_output", "") or "This problem has no service that could run."
        raise Invalid(message, field="source")
    return job


# whoever asks


def reserve(session: Session, console_id: str, user_id: int, version_id: int, source: str) -> Call:
    """Have a console opened; an earlier one of the same account ends. Raises Busy, Unavailable."""
    moment = _end_earlier(session, user_id)
    if not workers.able(session).can_judge(SERVICE):
        raise Unavailable(AWAY)
    new = {"user_id": user_id, "version_id": version_id, "source": source, "refused_by": []}
    session.add(Console(id=console_id, opened_at=moment, **new))
    try:
        session.flush()
    except IntegrityError as error:
        raise Busy(STARTING) from error
    return _call(session, console_id, ConsoleDeed.OPEN, {})


def ask(session: Session, user_id: int, console_id: str, deed: ConsoleDeed, request: Record) -> tuple[Call, str]:
    """Ask a console of one's own something: the call, and the worker that will answer. Raises NotFound, Ended."""
    own = sa.select(Console.worker_id).where(Console.id == console_id, Console.user_id == user_id)
    worker_id = session.scalar(own.with_for_update(read=True, key_share=True))
    if worker_id is None:
        raise NotFound(GONE)
    if not workers.is_present(session, worker_id):
        raise Ended(WORKER_GONE)
    return _call(session, console_id, deed, request), worker_id


def outcome(session: Session, call: Call) -> Record | None:
    """What a call was answered, None while it is not. Raises NotFound, Busy, Unavailable where it never will be."""
    row = session.execute(_OUTCOME, {"the_id": call.id}).first()
    if row is None:
        raise NotFound(GONE)
    if row.answer is not None:
        found: Record = row.answer
        return found
    if row.worker_id is None:
        if workers.able(session).who(SERVICE) <= set(row.refused_by):
            raise Busy(FULL) if row.is_full else Unavailable(AWAY)
    elif not workers.is_present(session, row.worker_id):
        raise Unavailable(WORKER_GONE)
    return None


def forget(session: Session, call: Call) -> None:
    """Whoever asked waits no longer."""
    session.execute(sa.delete(ConsoleCall).where(ConsoleCall.id == call.id))


def close(session: Session, user_id: int, console_id: str) -> str | None:
    """End a console of one's own; the worker that has to hear of it. Raises NotFound."""
    found = session.execute(
        sa.delete(Console).where(Console.id == console_id, Console.user_id == user_id).returning(Console.worker_id)
    ).first()
    if found is None:
        raise NotFound(GONE)
    worker_id: str | None = found.worker_id
    return worker_id


def _end_earlier(session: Session, user_id: int) -> datetime:
    """Delete the console that the account has. The present moment. Raises Busy where that one is being started."""
    earlier = session.scalar(sa.select(Console).where(Console.user_id == user_id).with_for_update())
    moment: datetime = session.scalars(sa.select(utc_now())).one()
    if earlier is not None:
        if _is_starting(session, earlier) and (moment - earlier.opened_at).total_seconds() < OPEN_S:
            raise Busy(STARTING)
        session.execute(sa.delete(Console).where(Console.id == earlier.id))
    return moment


def _is_starting(session: Session, console: Console) -> bool:
    if console.status is ConsoleStatus.OPEN:
        return False
    return console.worker_id is None or workers.is_present(session, console.worker_id)


def _call(session: Session, console_id: str, deed: ConsoleDeed, request: Record) -> Call:
    call = ConsoleCall(console_id=console_id, deed=deed, request=request, asked_at=utc_now())
    session.add(call)
    session.flush()
    return Call(call.id, console_id, deed, request)


# whoever answers


def held(session: Session, worker_id: str) -> frozenset[str]:
    """Ids of the consoles that a worker is to have."""
    return frozenset(session.scalars(_HELD, {"the_worker": worker_id}))


def unanswered(session: Session, worker_id: str) -> list[Call]:
    """What is asked of a worker's open consoles, in the order in which it was asked."""
    return [Call(*row) for row in session.execute(_UNANSWERED, {"the_worker": worker_id})]


def waiting(session: Session, worker_id: str) -> list[str]:
    """Ids of the consoles that wait for a worker, and that this one has not refused. The oldest first."""
    return [console_id for console_id, refused_by in session.execute(_WAITING) if worker_id not in refused_by]


def claim(session: Session, worker_id: str, console_id: str) -> Claimed | None:
    """Take a console that waits. None where another worker was faster, or it waits no more."""
    row = session.execute(
        sa.update(Console)
        .where(Console.id == console_id, Console.status == ConsoleStatus.WAITING)
        .values(status=ConsoleStatus.STARTING, worker_id=worker_id)
        .returning(Console.id, Console.user_id, Console.version_id, Console.source)
    ).first()
    return None if row is None else Claimed(*row)


def refuse(session: Session, worker_id: str, console_id: str, *, is_full: bool) -> None:
    """Say that this worker cannot have a console that waits, or that it has claimed: another one may."""
    console = session.scalar(sa.select(Console).where(Console.id == console_id).with_for_update())
    if console is None or console.worker_id not in (None, worker_id):
        return
    console.status, console.worker_id = ConsoleStatus.WAITING, None
    console.refused_by = [*console.refused_by, worker_id]
    console.is_full = console.is_full or is_full
    session.flush()


def mark_open(session: Session, worker_id: str, console_id: str, told: Record) -> bool:
    """Tell that a console runs, and how. False where nobody wants it any more."""
    mine = sa.and_(Console.id == console_id, Console.worker_id == worker_id)
    opened = sa.update(Console).where(mine).values(status=ConsoleStatus.OPEN, source="").returning(Console.id)
    if session.execute(opened).first() is None:
        return False
    first = sa.and_(ConsoleCall.console_id == console_id, ConsoleCall.deed == ConsoleDeed.OPEN)
    session.execute(sa.update(ConsoleCall).where(first).values(answer=told))
    return True


def answer(session: Session, call: Call, told: Record) -> None:
    """Answer a call, unless nobody waits for it any more."""
    session.execute(sa.update(ConsoleCall).where(ConsoleCall.id == call.id).values(answer=told))


def end(session: Session, console_id: str) -> None:
    """A console is no more."""
    session.execute(sa.delete(Console).where(Console.id == console_id))


def end_lost(session: Session, worker_id: str, console_ids: Collection[str]) -> None:
    """These are said to be this worker's, and it has them no more."""
    session.execute(sa.delete(Console).where(Console.id.in_(console_ids), Console.worker_id == worker_id))


# the sweep


def any_over(session: Session) -> bool:
    """Is there anything to forget?"""
    return bool(session.scalar(sa.select(sa.or_(sa.exists().where(_over()), sa.exists().where(_unread())))))


def forget_over(session: Session) -> None:
    """Delete consoles whose workers are gone for long, or that nobody took, and answers that nobody reads."""
    session.execute(sa.delete(Console).where(_over()))
    session.execute(sa.delete(ConsoleCall).where(_unread()))


def _over() -> sa.ColumnElement[bool]:
    waits = Console.status == ConsoleStatus.WAITING
    untaken = sa.and_(waits, Console.opened_at < moment_after(-OPEN_S))
    return sa.or_(untaken, sa.and_(~waits, ~workers.was_present(Console.worker_id, within_s=KEPT_S)))


def _unread() -> sa.ColumnElement[bool]:
    return ConsoleCall.asked_at < moment_after(-LONGEST_CALL_S)


_OUTCOME = (
    sa.select(ConsoleCall.answer, Console.worker_id, Console.refused_by, Console.is_full)
    .join(Console, Console.id == ConsoleCall.console_id)
    .where(ConsoleCall.id == sa.bindparam("the_id"))
)
_HELD = sa.select(Console.id).where(Console.worker_id == sa.bindparam("the_worker"))
_UNANSWERED = (
    sa.select(ConsoleCall.id, ConsoleCall.console_id, ConsoleCall.deed, ConsoleCall.request)
    .join(Console, Console.id == ConsoleCall.console_id)
    .where(
        Console.worker_id == sa.bindparam("the_worker"),
        Console.status == ConsoleStatus.OPEN,
        ConsoleCall.answer.is_(None),
    )
    .order_by(ConsoleCall.id)
)
_WAITING = (
    sa.select(Console.id, Console.refused_by)
    .where(Console.status == ConsoleStatus.WAITING)
    .order_by(Console.opened_at, Console.id)
)
