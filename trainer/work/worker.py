"""Judges at work: they claim the row that has waited longest, have it judged and record what came out.

The tables are the truth: a row is claimed under a lease, and whoever dies leaves nothing behind but a lease that ends.
A sweep puts such rows back, ends interviews whose time is over, and wakes judges for what waits.

Who is judged when: first come, first served. Where there are several judges, one of them takes only what is short
(see `trainer.services.judging.next_queued`), so that a service under judgement for minutes keeps nobody waiting for a
compile error. Mentors' checks and the making of hidden data, which take minutes, have a thread of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from flask import Flask

from sandbox import Sandbox
from trainer.config import Config
from trainer.db import db
from trainer.services import judging, preparing, uploads
from trainer.work.heartbeat import Heartbeat
from trainer.work.judge import PROGRESS_S, Judge
from trainer.work.lanes import Lane
from trainer.work.leases import Leases
from trainer.work.news import News
from trainer.work.sweep import Sweep

log = structlog.get_logger()

SWEEP_S = 1.0
STOP_S = 5.0
"""So long a stop waits for judgings to end; then they are put back. Slow work takes minutes: it is put back at once."""


class Worker:
    """Lanes of threads that work, a thread that renews leases, one that shows progress, and one that sweeps.

    `start` and `stop` may be called once each.
    """

    def __init__(self, app: Flask, config: Config, sandbox: Sandbox, news: News, topics: Collection[str]) -> None:
        self._app = app
        self._sandbox = sandbox
        self._leases = Leases(app, timedelta(seconds=config.lease_s))
        self._judge = Judge(app, sandbox, news, topics, self._leases)
        self._sweep = Sweep(app, self._leases)
        self._heartbeat = Heartbeat(app, config, sandbox)
        self._stopping = threading.Event()
        self._most = config.judges
        self._judging = [Lane("judging", max(1, config.judges - 1), lambda: self._judge_next(brisk=False))]
        if config.judges > 1:
            self._judging.append(Lane("brisk", 1, lambda: self._judge_next(brisk=True)))
        self._slow = Lane("checks", 1, self._check_or_prepare_next)
        self._keepers = [
            threading.Thread(target=self._repeat, args=(self._leases.renew, config.lease_s / 4), name="leases"),
            threading.Thread(target=self._repeat, args=(self._look_around, SWEEP_S), name="sweep"),
            threading.Thread(target=self._repeat, args=(self._judge.show_progress, PROGRESS_S), name="progress"),
        ]
        for keeper in self._keepers:
            keeper.daemon = True

    def start(self) -> None:
        self._heartbeat.start()
        for lane in self._lanes:
            lane.start()
        for keeper in self._keepers:
            keeper.start()

    def stop(self) -> None:
        """Take no new work, let judgings under way end within `STOP_S`, put the rest back."""
        self._stopping.set()
        self._heartbeat.stop()
        with ThreadPoolExecutor(len(self._lanes)) as pool:
            list(pool.map(lambda lane: lane.stop(0 if lane is self._slow else STOP_S), self._lanes))
        self._leases.give_all_back()
        for keeper in self._keepers:
            keeper.join()

    def wake_judges(self, count: int = 1) -> None:
        """So many submissions wait. Saying it twice does no harm."""
        for lane in self._judging:
            lane.nudge(count)

    def wake_checks(self) -> None:
        """An upload waits for its check, or hidden data for being made."""
        self._slow.nudge()

    @property
    def _lanes(self) -> list[Lane]:
        return [*self._judging, self._slow]

    def _judge_next(self, *, brisk: bool) -> bool:
        with self._app.app_context():
            with db.reading() as session:
                waiting = judging.next_queued(session, brisk=brisk)
            if waiting is None:
                return False
            with db.writing() as session:
                held = judging.claim(session, waiting, self._leases.length)
        if held is None:
            return True  # another judge was faster: something else may wait
        with self._leases.holding(held):
            return self._judge.judge(held)

    def _check_or_prepare_next(self) -> bool:
        """Mentors wait for a check, so it comes first."""
        with self._app.app_context():
            with db.reading() as session:
                waits = uploads.queued(session, limit=1)
                versions = preparing.unprepared(session, limit=1)
            if waits:
                with db.writing() as session:
                    held = uploads.claim_next(session, self._leases.length)
                if held is not None:
                    with self._leases.holding(held):
                        return self._judge.check(held)
        if not versions:
            return False
        goes_on = self._judge.prepare(versions[0])
        self.wake_judges(self._most)  # for what waited for this data
        return goes_on

    def _repeat(self, step: Callable[[], None], every_s: float) -> None:
        while not self._stopping.is_set():
            try:
                step()
            except Exception:
                log.exception("a step of the worker failed; it is tried again")
            self._stopping.wait(every_s)

    def _look_around(self) -> None:
        """Sweep, then wake who can do what waits. While no engine answers, nobody is woken."""
        self._sweep.run()
        if not self._sandbox.status().available:
            return
        with self._app.app_context(), db.reading() as session:
            waiting = len(judging.queued(session, limit=self._most))
            slow = bool(uploads.queued(session, limit=1) or preparing.unprepared(session, limit=1))
        self.wake_judges(waiting)
        if slow:
            self.wake_checks()
