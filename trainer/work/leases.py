"""Rows that this process holds under lease: renewed while they are worked on, put back when it stops."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import exc

from sandbox import EngineUnavailable
from trainer.db import Sessions
from trainer.db_faults import is_full, is_read_only
from trainer.services import claims, work
from trainer.services.work import Claim

log = structlog.get_logger()


def is_passing(error: BaseException) -> bool:
    """Is an error trouble that passes by itself: a database that is locked, lost, full or read-only, an engine away?

    Work that met one is put back, and never ends as an error of the judge.
    """
    if isinstance(error, EngineUnavailable | exc.OperationalError | exc.InterfaceError | exc.TimeoutError):
        return True
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    return is_full(error) or is_read_only(error) or (error.__cause__ is not None and is_passing(error.__cause__))


class Leases:
    """Claims that threads of this process hold. Threads may share it."""

    def __init__(self, sessions: Sessions, length_s: float) -> None:
        self.length_s = length_s
        self._sessions = sessions
        self._held: set[Claim] = set()
        self._owed: set[Claim] = set()
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, held: Claim) -> Iterator[None]:
        """Renew a claim during the block."""
        with self._lock:
            self._held.add(held)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(held)

    def renew(self) -> None:
        """Say of all that is held that it is still worked on."""
        with self._lock:
            held = list(self._held)
        if held:
            with self._sessions.writing() as session:
                work.renew(session, held, self.length_s)

    def give_back(self, held: Claim) -> None:
        """Put work back into its queue: now, or as soon as the database answers again. Never raises."""
        with self._lock:
            self._held.discard(held)
            self._owed.add(held)
        self.pay()

    def give_all_back(self) -> None:
        with self._lock:
            self._owed |= self._held
            self._held.clear()
        self.pay()

    def pay(self) -> None:
        """Put back what could not be put back before. Never raises: what fails is tried again at the next call."""
        with self._lock:
            owed = list(self._owed)
        for one in owed:
            try:
                with self._sessions.writing() as session:
                    claims.put_back(session, one)
            except Exception as error:
                log.warning("work cannot be put back now", work=str(one), why=str(error))
                return
            with self._lock:
                self._owed.discard(one)
