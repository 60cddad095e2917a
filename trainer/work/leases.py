"""Rows that this process holds under lease: renewed while they are worked on, put back when it stops."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from flask import Flask
from sqlalchemy import exc
from sqlalchemy.orm import Session

from sandbox import EngineUnavailable
from trainer.db import db
from trainer.services import judging, preparing, uploads

log = structlog.get_logger()

Held = judging.Claim | uploads.CheckClaim | preparing.DataClaim


def is_passing(error: BaseException) -> bool:
    """Is an error trouble that passes by itself, as a locked database, a lost connection or an engine that is away?

    Work that met one is put back, and never ends as an error of the judge.
    """
    if isinstance(error, EngineUnavailable | exc.OperationalError | exc.InterfaceError | exc.TimeoutError):
        return True
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    return error.__cause__ is not None and is_passing(error.__cause__)


class Leases:
    """Claims that threads of this process hold. Threads may share it."""

    def __init__(self, app: Flask, length: timedelta) -> None:
        self.length = length
        self._app = app
        self._held: set[Held] = set()
        self._owed: set[Held] = set()
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, held: Held) -> Iterator[None]:
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
            with self._app.app_context(), db.writing() as session:
                for one in held:
                    _renew(session, one, self.length)

    def give_back(self, held: Held) -> None:
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
                with self._app.app_context(), db.writing() as session:
                    _put_back(session, one)
            except Exception as error:
                log.warning("work cannot be put back now", work=str(one), why=str(error))
                return
            with self._lock:
                self._owed.discard(one)


def _renew(session: Session, held: Held, lease: timedelta) -> None:
    match held:
        case judging.Claim():
            judging.renew(session, held, lease)
        case uploads.CheckClaim():
            uploads.renew(session, held, lease)
        case preparing.DataClaim():
            preparing.renew(session, held, lease)


def _put_back(session: Session, held: Held) -> None:
    match held:
        case judging.Claim():
            judging.put_back(session, held)
        case uploads.CheckClaim():
            uploads.put_back(session, held)
        case preparing.DataClaim():
            preparing.put_back(session, held)
