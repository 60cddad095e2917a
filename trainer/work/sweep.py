"""What has to be done though nobody asks for it: lapsed work goes back to its queue, interviews end at their bell.

One thing that cannot be read stops nothing else: each step stands alone, and each interview has its own transaction.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from flask import Flask

from trainer.db import db
from trainer.services import idempotency, judging, troubles, uploads
from trainer.services.interviews import sitting
from trainer.work.leases import Leases, is_passing

log = structlog.get_logger()


class Sweep:
    """Runs once a second in every process that judges; several at once do no harm."""

    def __init__(self, app: Flask, leases: Leases) -> None:
        self._app = app
        self._leases = leases
        self._told: set[troubles.Trouble] = set()

    def run(self) -> None:
        """All steps. Never raises."""
        steps = (self._submissions, self._uploads, self._interviews, self._requests, self._tell_troubles)
        for step in (self._leases.pay, *steps):
            self._guarded(step)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            with self._app.app_context():
                step()
        except Exception as error:
            if is_passing(error):
                log.warning("a step of the sweep waits for the database", why=str(error))
            else:
                log.exception("a step of the sweep failed; it is tried again")

    def _submissions(self) -> None:
        with db.writing() as session:
            lapsed = judging.put_back_lapsed(session)
        if lapsed:
            log.warning("put back submissions that a dead judge held", count=lapsed)

    def _uploads(self) -> None:
        with db.writing() as session:
            lapsed = uploads.put_back_lapsed(session)
        if lapsed:
            log.warning("put back uploads that a dead worker checked", count=lapsed)

    def _interviews(self) -> None:
        with db.reading() as session:
            due = sitting.due(session)
        for interview_id in due:
            self._close(interview_id)

    def _close(self, interview_id: int) -> None:
        """Ring the bell of one interview. A failure is counted: after some, it ends without what cannot be read."""
        try:
            with db.writing() as session:
                sitting.close_due(session, interview_id)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("an interview cannot be closed", interview=interview_id)
            with db.writing() as session:
                sitting.count_failure(session, interview_id)

    def _requests(self) -> None:
        """Forget what was answered to requests that will not come again."""
        with db.reading() as session:
            if not idempotency.are_old(session):
                return
        with db.writing() as session:
            idempotency.forget_old(session)

    def _tell_troubles(self) -> None:
        """Say once of everything that is given up."""
        with db.reading() as session:
            found = set(troubles.listed(session))
        for one in found - self._told:
            log.error("given up", what=one.what, why=one.why)
        self._told = found
