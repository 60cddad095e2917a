"""Judges at work: they claim the row that is next, have it judged and record what came out.

The tables are the truth: a row is claimed under a lease, and whoever dies leaves nothing behind but a lease that ends.
A sweep puts such rows back, ends interviews whose time is over, and wakes judges for what waits.

Who is judged when: see `trainer.services.work`. Where there are several judges, one of them takes only what is brief,
so that a service under judgement for minutes keeps nobody waiting for a compile error. Mentors' checks and the making
of hidden data, which take minutes, have a thread of their own. What takes boxes that cannot be made now is left to
others, or until they can.
"""

from __future__ import annotations

import itertools
import os
import secrets
import socket
import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.orm import Session

from sandbox import Sandbox
from trainer.config import Config
from trainer.db import Sessions
from trainer.models import WorkKind
from trainer.services import claims, work
from trainer.services.sorts import of_installation
from trainer.services.work import BRIEF, OF_STUDENTS, SLOW, WITH_REJUDGING, Capacity
from trainer.work import boxes
from trainer.work.console_host import ConsoleHost
from trainer.work.heartbeat import Heartbeat
from trainer.work.judge import PROGRESS_S, Judge
from trainer.work.lanes import Lane
from trainer.work.leases import Leases, is_passing
from trainer.work.news import QUEUED_SUBMISSIONS, QUEUED_UPLOADS, News
from trainer.work.sweep import Sweep

if TYPE_CHECKING:
    from trainer.work.broker import Broker

log = structlog.get_logger()

SWEEP_S = 1.0
STOP_S = 5.0
"""So long a stop waits for judgings to end; then they are put back. Slow work takes minutes: it is put back at once."""
EACH = 8
"""One claim of so many takes what has waited longest, so that nothing waits for ever."""


class Worker:
    """Lanes of threads that work, a thread that renews leases, one that shows progress, one that sweeps; and consoles.

    `start` and `stop` may be called once each. `name` is who holds what it claims, for those who look at the tables.
    """

    def __init__(
        self,
        sessions: Sessions,
        config: Config,
        sandbox: Sandbox,
        news: News,
        topics: Collection[str],
        broker: Broker | None = None,
    ) -> None:
        self.name = f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._sessions = sessions
        self._sandbox = sandbox
        self._sorts = of_installation(config.offered)
        self._leases = Leases(sessions, config.lease_s)
        self._judge = Judge(sessions, sandbox, news, topics, self._leases, self.name)
        self._sweep = Sweep(sessions, self._leases, news)
        self._heartbeat = Heartbeat(sessions, config, sandbox, self.name, broker)
        self.consoles = ConsoleHost(sessions, sandbox, news, self._heartbeat.id, config.consoles)
        self._stopping = threading.Event()
        news.subscribe(QUEUED_SUBMISSIONS, lambda _: self.wake_judges())
        news.subscribe(QUEUED_UPLOADS, lambda _: self.wake_checks())
        self._lanes = {
            OF_STUDENTS: self._lane("judging", max(1, config.judges - 1), OF_STUDENTS),
            SLOW: self._lane("slow", 1, SLOW),
        }
        if config.judges > 1:
            self._lanes[BRIEF] = self._lane("brief", 1, BRIEF)
        if broker is not None:
            broker.feed(self._lanes.values(), self._can_work)
        self._keepers = [
            threading.Thread(target=self._repeat, args=(self._leases.renew, config.lease_s / 4), name="leases"),
            threading.Thread(target=self._repeat, args=(self._look_around, SWEEP_S), name="sweep"),
            threading.Thread(target=self._repeat, args=(self._judge.show_progress, PROGRESS_S), name="progress"),
        ]
        for keeper in self._keepers:
            keeper.daemon = True

    def start(self) -> None:
        self._heartbeat.start()
        self.consoles.start()
        for lane in self._lanes.values():
            lane.start()
        for keeper in self._keepers:
            keeper.start()

    def stop(self) -> None:
        """Take no new work, let judgings under way end within `STOP_S`, put the rest back."""
        self._stopping.set()
        self._heartbeat.stop()
        with ThreadPoolExecutor(len(self._lanes) + 1) as pool:
            pool.submit(self.consoles.stop)
            for capacity, lane in self._lanes.items():
                pool.submit(lane.stop, 0 if capacity == SLOW else STOP_S)
        self._leases.give_all_back()
        for keeper in self._keepers:
            keeper.join()

    def wake_judges(self, count: int = 1) -> None:
        """So many submissions wait. Saying it twice does no harm."""
        for capacity, lane in self._lanes.items():
            if capacity != SLOW:
                lane.nudge(count)

    def wake_checks(self) -> None:
        """An upload waits for its check, or hidden data for being made."""
        self._lanes[SLOW].nudge()

    def _lane(self, name: str, threads: int, capacity: Capacity) -> Lane:
        count = itertools.count(1)
        return Lane(name, threads, lambda: self._do_next(capacity, longest_waiting=next(count) % EACH == 0))

    def _do_next(self, capacity: Capacity, *, longest_waiting: bool = False) -> bool:
        if self._heartbeat.is_too_old.is_set():
            return False
        able = boxes.able(self._sandbox, self._sorts)
        try:
            with self._sessions.writing() as session:
                may = self._with_rejudging(session, able) if capacity == SLOW else capacity
                held = claims.claim_next(
                    session, self.name, may, self._leases.length_s, able=able, longest_waiting=longest_waiting
                )
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("nothing can be claimed", why=str(error))
            return False
        if held is None:
            return False
        goes_on = self._judge.do(held)
        if held.kind is WorkKind.DATA:
            self.wake_judges(self._lanes[OF_STUDENTS].threads)  # for what waited for this data
        # Whoever found a sort in trouble goes on with the rest.
        return goes_on or boxes.able(self._sandbox, self._sorts) != able

    def _with_rejudging(self, session: Session, able: Collection[str]) -> Capacity:
        """What may be slow. Nothing is judged anew while students wait for what this worker could do."""
        return SLOW if work.waiting(session, OF_STUDENTS, most=1, able=able) else WITH_REJUDGING

    def _can_work(self) -> bool:
        """While no engine answers, messages are left to other workers."""
        return (
            not self._stopping.is_set() and not self._heartbeat.is_too_old.is_set() and self._sandbox.status().available
        )

    def _repeat(self, step: Callable[[], None], every_s: float) -> None:
        while not self._stopping.is_set():
            try:
                step()
            except Exception as error:
                if is_passing(error):
                    log.warning("a step of the worker waits for the database", why=str(error))
                else:
                    log.exception("a step of the worker failed; it is tried again")
            self._stopping.wait(every_s)

    def _look_around(self) -> None:
        """Sweep, then wake who can do what waits. Nobody is woken for what takes boxes that cannot be had now."""
        self._sweep.run()
        able = boxes.able(self._sandbox, self._sorts)
        with self._sessions.reading() as session:
            wide = {one: WITH_REJUDGING if one == SLOW else one for one in self._lanes}
            found = {
                one: work.waiting(session, wide[one], most=lane.threads, able=able) for one, lane in self._lanes.items()
            }
        for capacity, count in found.items():
            self._lanes[capacity].nudge(count)
