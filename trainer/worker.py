"""Judges at work: Dramatiq actors that claim a row, have it judged and record what came out.

A message carries only a row's id. The broker lives in this process and forgets everything when it dies; a sweep over
the table finds what waits or was left behind, and sends it again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

import dramatiq
import structlog
from dramatiq.brokers.stub import StubBroker
from flask import Flask
from sqlalchemy.orm import Session

from sandbox import EngineUnavailable, Sandbox
from trainer.config import Config
from trainer.db import db
from trainer.errors import TrainerError
from trainer.events import Bell
from trainer.judge import Judge
from trainer.services import judging, publishing, uploads
from trainer.services.interviews import sitting

log = structlog.get_logger()

Held = judging.Claim | uploads.CheckClaim
RowActor = dramatiq.Actor[[int], None]

SWEEP_S = 1.0
STOP_S = 5.0
"""So long a stop waits for judgings to end; then they are put back."""


class Worker:
    """Threads that judge, one that renews leases, and one that sweeps. `start` and `stop` may be called once each."""

    def __init__(self, app: Flask, config: Config, sandbox: Sandbox, bell: Bell, topics: Collection[str]) -> None:
        self._app = app
        self._lease = timedelta(seconds=config.lease_s)
        self._sandbox = sandbox
        self._bell = bell
        self._judge = Judge(app, sandbox, bell, topics)
        self._held: set[Held] = set()
        self._sent: set[tuple[str, int]] = set()
        self._lock = threading.Lock()
        self._slow = threading.Lock()
        self._stopping = threading.Event()
        self._broker = StubBroker(middleware=[])
        self._judge_actor = self._actor(self.judge, "judging")
        self._prepare_actor = self._actor(self.prepare, "checks")
        self._check_actor = self._actor(self.check, "checks")
        # One thread more than judges, so that a mentor's check, which takes minutes, does not hold up students.
        self._threads = dramatiq.Worker(self._broker, worker_threads=config.judges + 1)
        self._slots = threading.BoundedSemaphore(config.judges)
        self._keepers = [
            threading.Thread(target=self._repeat, args=(self._renew, config.lease_s / 4), name="leases", daemon=True),
            threading.Thread(target=self._repeat, args=(self._sweep, SWEEP_S), name="sweep", daemon=True),
        ]

    def start(self) -> None:
        self._broker.emit_after("process_boot")
        self._threads.start()
        for keeper in self._keepers:
            keeper.start()

    def stop(self) -> None:
        """Take no new work, let what runs end within `STOP_S`, put the rest back."""
        self._stopping.set()
        self._threads.stop(timeout=int(STOP_S * 1000))
        with self._app.app_context(), db.writing() as session:
            for held in self._take_all_held():
                _put_back(session, held)
        for keeper in self._keepers:
            keeper.join()

    def send_submission(self, submission_id: int) -> None:
        """Have a row judged soon. Sending one twice does no harm."""
        self._send("judge", submission_id, self._judge_actor)

    def send_upload(self, upload_id: int) -> None:
        self._send("check", upload_id, self._check_actor)

    def judge(self, submission_id: int) -> None:
        """The actor: claim, judge, record. Does nothing where the row is judged or held elsewhere."""
        with self._slots, self._forgotten("judge", submission_id):
            if self._stopping.is_set():
                return
            with self._app.app_context(), db.writing() as session:
                held = judging.claim(session, submission_id, self._lease)
            if held is not None:
                with self._holding(held):
                    self._judge.judge(held)

    def check(self, upload_id: int) -> None:
        """The actor: check a mentor's package, one at a time."""
        with self._forgotten("check", upload_id), self._slow_slot() as free:
            if not free:
                return
            with self._app.app_context(), db.writing() as session:
                held = uploads.claim(session, upload_id, self._lease)
            if held is not None:
                with self._holding(held):
                    self._judge.check(held)

    def prepare(self, version_id: int) -> None:
        """The actor: make a version's hidden data ready before anybody waits for it."""
        with self._slow_slot() as free:
            if not free:
                self._forget("prepare", version_id)
                return
            try:
                self._judge.prepare(version_id)
            except EngineUnavailable as error:
                log.warning("the engine is away; hidden data is made later", version=version_id, why=str(error))
                self._forget("prepare", version_id)
            except TrainerError as error:
                log.error("hidden data cannot be made", version=version_id, why=str(error))

    @contextmanager
    def _slow_slot(self) -> Iterator[bool]:
        """Checks and preparations take minutes: one at a time, so that students find a thread. False: come again."""
        free = not self._stopping.is_set() and self._slow.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._slow.release()

    def _actor(self, step: Callable[[int], None], queue: str) -> RowActor:
        decorate = dramatiq.actor(broker=self._broker, actor_name=step.__name__, queue_name=queue)
        return decorate(step)

    def _send(self, what: str, row_id: int, actor: RowActor) -> None:
        with self._lock:
            if (what, row_id) in self._sent or self._stopping.is_set():
                return
            self._sent.add((what, row_id))
        actor.send(row_id)

    @contextmanager
    def _forgotten(self, what: str, row_id: int) -> Iterator[None]:
        """After the block the row may be sent again."""
        try:
            yield
        finally:
            self._forget(what, row_id)

    def _forget(self, what: str, row_id: int) -> None:
        with self._lock:
            self._sent.discard((what, row_id))

    @contextmanager
    def _holding(self, held: Held) -> Iterator[None]:
        """Renew the lease during the block."""
        with self._lock:
            self._held.add(held)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(held)

    def _take_all_held(self) -> list[Held]:
        with self._lock:
            taken = list(self._held)
            self._held.clear()
        return taken

    def _repeat(self, step: Callable[[], None], every_s: float) -> None:
        while not self._stopping.is_set():
            try:
                with self._app.app_context():
                    step()
            except Exception:
                log.exception("a step of the worker failed; it is tried again")
            self._stopping.wait(every_s)

    def _renew(self) -> None:
        with self._lock:
            held = list(self._held)
        if held:
            with db.writing() as session:
                for claim in held:
                    _renew(session, claim, self._lease)

    def _sweep(self) -> None:
        with db.writing() as session:
            lapsed = judging.put_back_lapsed(session) + uploads.put_back_lapsed(session)
            for interview in sitting.due(session):
                sitting.close(session, interview)
        if lapsed:
            log.warning("put back what a dead judge held", count=lapsed)
        if not self._sandbox.status().available:
            return
        with db.reading() as session:
            waiting, unchecked = judging.queued(session), uploads.queued(session)
            unprepared = publishing.unprepared(session)
        for submission_id in waiting:
            self.send_submission(submission_id)
        for upload_id in unchecked:
            self.send_upload(upload_id)
        for version_id in unprepared[:1] if not self._slow.locked() else ():
            self._send("prepare", version_id, self._prepare_actor)


def _renew(session: Session, held: Held, lease: timedelta) -> None:
    if isinstance(held, judging.Claim):
        judging.renew(session, held, lease)
    else:
        uploads.renew(session, held, lease)


def _put_back(session: Session, held: Held) -> None:
    if isinstance(held, judging.Claim):
        judging.put_back(session, held)
    else:
        uploads.put_back(session, held)
