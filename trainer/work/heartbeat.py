"""Tells the others by the database that this process judges, and which boxes it can have."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import structlog

from sandbox import Sandbox, SandboxStatus
from trainer import migrate
from trainer.config import Config
from trainer.db import Sessions
from trainer.services import workers
from trainer.services.sorts import of_installation
from trainer.services.workers import About, EngineState
from trainer.work import boxes

if TYPE_CHECKING:
    from trainer.work.broker import Broker

log = structlog.get_logger()

BEAT_S = 4.0
LOOK_S = 0.5
"""The engine is looked at so often: what changes is told at once."""
TOO_OLD = "The tables are of a newer version of the trainer. Update this worker, then start it again."


class Heartbeat:
    """`start` and `stop` may be called once each."""

    def __init__(
        self, sessions: Sessions, config: Config, sandbox: Sandbox, name: str, broker: Broker | None = None
    ) -> None:
        self._sessions = sessions
        self._name = name
        self._config = config
        self._sandbox = sandbox
        self._sorts = of_installation(config.offered)
        self._broker = broker
        self.id = secrets.token_hex(16)
        self._told: EngineState | None = None
        self._told_at = 0.0
        self._tables = migrate.Tables()
        self._stopping = threading.Event()
        self.is_too_old = threading.Event()
        """Set when the tables are of a version with which this one does not work: nothing may be claimed then."""
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Tell once, and then from time to time."""
        self._beat()
        self._thread.start()

    def stop(self) -> None:
        """Tell that this process judges no more."""
        self._stopping.set()
        self._thread.join()
        try:
            with self._sessions.writing() as session:
                workers.stop(session, self.id)
        except Exception as error:
            log.warning("others learn later that this worker has ended", why=str(error))

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_S):
            self._beat()

    def _beat(self) -> None:
        """Tell what is new, or that nothing is. Never raises: what fails is tried again."""
        try:
            status = self._sandbox.status()
            broker = self._broker.trouble if self._broker is not None else ""
            engine = _engine(status, boxes.troubles(self._sandbox, self._sorts), broker, self._sorts)
            if self.is_too_old.is_set():
                engine = replace(engine, is_available=False, message=TOO_OLD, sorts=())
            if engine == self._told and time.monotonic() - self._told_at < BEAT_S:
                return
            with self._sessions.writing() as session:
                workers.beat(session, self.id, self._about(), engine, status.warm)
                workers.forget_gone(session)
                fits = self._tables.fit(session.connection())
            self._note_tables(fits)
        except Exception as error:
            log.warning("others are not told that this worker is there", why=str(error))
        else:
            self._told, self._told_at = engine, time.monotonic()

    def _note_tables(self, fits: bool) -> None:
        """Whoever has updated the tables has told so in them, and stopped this worker, too, or is about to."""
        if not fits and not self.is_too_old.is_set():
            log.error("nothing more is judged", why=TOO_OLD)
            self.is_too_old.set()

    def _about(self) -> About:
        config = self._config
        return About(
            name=self._name,
            version=version("interview-trainer"),
            judges=config.judges,
            max_boxes=config.max_boxes,
            max_memory_mib=config.max_memory_mib,
        )


def _engine(status: SandboxStatus, troubles: dict[str, str], broker: str, all_sorts: tuple[str, ...]) -> EngineState:
    """What can be had. Whoever looks may be the first one to find the engine away."""
    lost = troubles if status.available or troubles else dict.fromkeys(all_sorts, status.message)
    sorts = tuple(sort for sort in all_sorts if sort not in lost)
    why = "" if sorts else status.message or next(iter(lost.values()))
    message = "; ".join(filter(None, (why, broker)))
    return EngineState(bool(sorts), message, status.why_single, sorts, lost)
