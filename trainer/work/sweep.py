"""What has to be done though nobody asks for it: lapsed work goes back to its queue, interviews end at their bell.

One thing that cannot be read stops nothing else: each step stands alone, and each interview has its own transaction.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import structlog

from trainer.db import Sessions
from trainer.services import claims, consoles, idempotency, rejudging, troubles, work
from trainer.services.interviews import sitting
from trainer.work.leases import Leases, is_passing
from trainer.work.news import QUEUED_SUBMISSIONS, News

log = structlog.get_logger()


class Sweep:
    """Runs once a second in every process that judges; several at once do no harm, and look before they write.

    What one of them puts back or closes just now is passed over by the others; each takes interviews in an order of its
    own.
    """

    def __init__(self, sessions: Sessions, leases: Leases, news: News) -> None:
        self._sessions = sessions
        self._news = news
        self._leases = leases
        self._told: set[troubles.Trouble] = set()

    def run(self) -> None:
        """All steps. Never raises."""
        steps = (
            self._lapsed, self._interviews, self._requests, self._consoles, self._set_aside, self._rejudgings,
            self._tell_troubles,
        )  # fmt: skip
        for step in (self._leases.pay, *steps):
            self._guarded(step)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception as error:
            if is_passing(error):
                log.warning("a step of the sweep waits for the database", why=str(error))
            else:
                log.exception("a step of the sweep failed; it is tried again")

    def _lapsed(self) -> None:
        with self._sessions.reading() as session:
            if not work.any_lapsed(session):
                return
        with self._sessions.writing() as session:
            lapsed = claims.put_back_lapsed(session)
        for one in lapsed:
            log.warning("a worker died over this", kind=one.kind, subject=one.subject_id, lapses=one.lapses)

    def _interviews(self) -> None:
        with self._sessions.reading() as session:
            due = sitting.due(session)
        random.shuffle(due)
        for interview_id in due:
            self._close(interview_id)

    def _close(self, interview_id: int) -> None:
        """Ring the bell of one interview. A failure is counted: after some, it ends without what cannot be read."""
        try:
            with self._sessions.writing() as session:
                sent = sitting.close_due(session, interview_id)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("an interview cannot be closed", interview=interview_id)
            with self._sessions.writing() as session:
                sitting.count_failure(session, interview_id)
        else:
            for _ in sent:
                self._news.publish(QUEUED_SUBMISSIONS)

    def _requests(self) -> None:
        """Forget what was answered to requests that will not come again."""
        with self._sessions.reading() as session:
            if not idempotency.are_old(session):
                return
        with self._sessions.writing() as session:
            idempotency.forget_old(session)

    def _consoles(self) -> None:
        """Forget consoles whose workers are gone for long."""
        with self._sessions.reading() as session:
            if not consoles.any_over(session):
                return
        with self._sessions.writing() as session:
            consoles.forget_over(session)

    def _set_aside(self) -> None:
        """Forget what was given up long ago."""
        with self._sessions.reading() as session:
            if not work.any_forgettable(session):
                return
        with self._sessions.writing() as session:
            work.forget_set_aside(session)

    def _rejudgings(self) -> None:
        """Queue more of what is to be judged anew."""
        with self._sessions.reading() as session:
            if not rejudging.any_to_queue(session):
                return
        with self._sessions.writing() as session:
            rejudging.queue_more(session)

    def _tell_troubles(self) -> None:
        """Say once of everything that is given up."""
        with self._sessions.reading() as session:
            found = set(troubles.listed(session))
        for one in found - self._told:
            log.error("given up", what=one.what, why=one.why)
        self._told = found
