"""Tells the others by the database that this process judges, and how its engine is."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import replace
from importlib.metadata import version

import structlog

from sandbox import Sandbox, SandboxError
from sandbox.backends.image_store import ImageStore
from sandbox.images import images, is_built
from trainer import migrate
from trainer.config import Config
from trainer.db import Sessions
from trainer.services import workers
from trainer.services.workers import About, EngineState
from trainer.work.broker import Broker

log = structlog.get_logger()

BEAT_S = 4.0
LOOK_S = 0.5
"""The engine is looked at so often: what changes is told at once."""
IMAGES_S, STORE_S = 60.0, 5
"""Which images the engine has is asked so often, and whoever asks waits no longer."""
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
        self._broker = broker
        self.id = secrets.token_hex(16)
        self._told: EngineState | None = None
        self._told_at = 0.0
        self._sorts: tuple[str, ...] = ()
        self._asked_at = 0.0
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
            sorts = self._built() if status.available else self._sorts
            broker = self._broker.trouble if self._broker is not None else ""
            message = "; ".join(filter(None, (status.message, broker)))
            engine = EngineState(status.available, message, status.why_single, sorts)
            if self.is_too_old.is_set():
                engine = replace(engine, is_available=False, message=TOO_OLD, sorts=())
            if engine == self._told and time.monotonic() - self._told_at < BEAT_S:
                return
            with self._sessions.writing() as session:
                workers.beat(session, self.id, self._about(), engine, status.warm)
                workers.forget_gone(session)
                fits = migrate.fits(session.connection())
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

    def _built(self) -> tuple[str, ...]:
        """Images that the engine has, as it said last."""
        if not self._sorts or time.monotonic() - self._asked_at >= IMAGES_S:
            self._asked_at = time.monotonic()
            self._sorts = built_images(self._config)
        return self._sorts


def built_images(config: Config) -> tuple[str, ...]:
    """Sorts of boxes that can be started: images that the engine has. None where it does not answer."""
    if config.backend == "stub":
        return images()
    try:
        store = ImageStore(config.docker_host or None, STORE_S)
        return tuple(image for image in images() if is_built(image, store))
    except SandboxError:
        return ()
