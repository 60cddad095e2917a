"""The consoles of a worker: it claims those that wait, has their boxes, answers what is asked, and closes them.

The tables are the truth. A look at them, when there is news and from time to time, tells what to do: close what has no
row any more, answer what is asked, take what waits. What takes time is done by other threads than the one that looks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Protocol, TypeVar

import structlog

from sandbox import SandboxError
from sandbox.errors import NoRoom
from sandbox.live import Glance, LiveService, ServiceGone
from sandbox.model import Json, ServiceJob
from trainer.db import Sessions
from trainer.errors import Busy, NotFound
from trainer.kinds.base import Record
from trainer.models import ConsoleDeed, ProblemVersion
from trainer.services import consoles
from trainer.services.consoles import GONE, Call, Claimed
from trainer.work.leases import is_passing
from trainer.work.live_consoles import MOST_AT_ONCE, LiveConsole, Sent
from trainer.work.news import QUEUED_CONSOLES, Inbox, News, console_host_topic, console_topic

log = structlog.get_logger()

LOOK_S, LOOK_SOON_S = 1.0, 0.05
Found = TypeVar("Found")
BUSY, FAILED = "busy", "failed"
"""Keys of an answer that is none: too much is asked at once; something of ours went wrong."""


def look_again_s(news: News) -> float:
    """When to look at the tables though nothing was heard: soon, where other processes send no news."""
    return LOOK_SOON_S if news.carry is None else LOOK_S


class Opener(Protocol):
    """What consoles need of the sandbox."""

    def open_service(self, job: ServiceJob) -> LiveService: ...


class ConsoleHost:
    """At most `most` consoles at once. `start` and `stop` may be called once each."""

    def __init__(
        self,
        sessions: Sessions,
        sandbox: Opener,
        news: News,
        worker_id: str,
        most: int,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions = sessions
        self._sandbox = sandbox
        self._news = news
        self._worker_id = worker_id
        self._most = most
        self._clock = clock
        self._live: dict[str, LiveConsole] = {}
        self._starting: set[str] = set()
        self._begun: set[int] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._inbox = Inbox(news, QUEUED_CONSOLES, console_host_topic(worker_id))
        self._pool = ThreadPoolExecutor(max(1, most * (MOST_AT_ONCE + 2)), thread_name_prefix="console")
        self._thread = threading.Thread(target=self._run, name="consoles", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Close them all. Their rows stay: by them students are told that their worker has stopped."""
        with self._lock:
            self._stopping.set()
        self._inbox.close()
        if self._thread.is_alive():
            self._thread.join()
        for live in self._take(lambda live: True):
            live.service.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def has(self, user_id: int, console_id: str) -> bool:
        """Does this student's console run here?"""
        with self._lock:
            live = self._live.get(console_id)
        return live is not None and live.user_id == user_id

    def send(self, console_id: str, request: Json) -> Sent:
        """Raises NotFound, Busy."""
        return self._asked(console_id, lambda live: live.send(request))

    def look(self, console_id: str, since: int) -> Glance:
        """Raises NotFound, Busy."""
        return self._asked(console_id, lambda live: live.look(since))

    def close(self, console_id: str) -> None:
        """Give its boxes back, where they are here."""
        for live in self._take(lambda live: live.id == console_id):
            live.service.close()

    def _asked(self, console_id: str, deed: Callable[[LiveConsole], Found]) -> Found:
        with self._lock:
            live = self._live.get(console_id)
        if live is None:
            raise NotFound(GONE)
        try:
            return deed(live)
        except ServiceGone as error:
            self._end(console_id)
            raise NotFound(GONE) from error

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._look_around()
            except Exception as error:
                if is_passing(error):
                    log.warning("consoles wait for the database", why=str(error))
                else:
                    log.exception("a look at the consoles failed; it is tried again")
                self._stopping.wait(LOOK_S)
            self._inbox.take(look_again_s(self._news) if self._live else LOOK_S)

    def _look_around(self) -> None:
        for console_id in self._over():
            self._end(console_id)
        with self._sessions.reading() as session:
            held = consoles.held(session, self._worker_id)
            calls = consoles.unanswered(session, self._worker_id) if held else []
            waiting = consoles.waiting(session, self._worker_id)
        for live in self._take(lambda live: live.id not in held):
            live.service.close()
        if lost := held - self._here():
            with self._sessions.writing() as session:
                consoles.end_lost(session, self._worker_id, lost)
        for call in calls:
            if call.id not in self._begun:
                self._pool.submit(self._answer, call)
        self._begun = {call.id for call in calls}
        for console_id in waiting:
            self._claim_or_refuse(console_id)

    def _claim_or_refuse(self, console_id: str) -> None:
        if len(self._here()) >= self._most:
            self._refuse(console_id, is_full=True)
            return
        with self._sessions.writing() as session:
            claimed = consoles.claim(session, self._worker_id, console_id)
        if claimed is not None:
            with self._lock:
                self._starting.add(console_id)
            self._pool.submit(self._open, claimed)

    def _open(self, claimed: Claimed) -> None:
        try:
            self._start(claimed)
        except NoRoom:
            self._refuse(claimed.console_id, is_full=True)
        except ServiceGone:
            self._end(claimed.console_id)
        except SandboxError as error:
            log.warning("no service can be started", why=str(error))
            self._refuse(claimed.console_id, is_full=False)
        except Exception:
            log.exception("a console cannot be opened")
            self._refuse(claimed.console_id, is_full=False)
        finally:
            with self._lock:
                self._starting.discard(claimed.console_id)

    def _start(self, claimed: Claimed) -> None:
        with self._sessions.reading() as session:
            version = session.get_one(ProblemVersion, claimed.version_id)
            job = consoles.job_of(session, version, claimed.source)
        service = self._sandbox.open_service(job)
        try:
            glance = service.start()
            live = LiveConsole(claimed.console_id, claimed.user_id, service, self._clock)
            with self._lock:
                if self._stopping.is_set():
                    raise ServiceGone
                self._live[live.id] = live
            with self._sessions.writing() as session:
                is_wanted = consoles.mark_open(session, self._worker_id, live.id, asdict(glance))
            if not is_wanted:
                raise ServiceGone
        except BaseException:
            with self._lock:
                self._live.pop(claimed.console_id, None)
            service.close()
            raise
        self._news.publish(console_topic(live.id))

    def _answer(self, call: Call) -> None:
        """Do what is asked, and write down what came of it. A console that is gone has no row to write to."""
        try:
            told = self._perform(call)
        except NotFound:
            return
        except Busy as error:
            told = {BUSY: str(error)}
        except Exception:
            log.exception("a console cannot be asked")
            told = {FAILED: True}
        try:
            with self._sessions.writing() as session:
                consoles.answer(session, call, told)
        except Exception as error:
            log.warning("what a console answered is lost", why=str(error))
        self._news.publish(console_topic(call.console_id))

    def _perform(self, call: Call) -> Record:
        if call.deed is ConsoleDeed.LOOK:
            return asdict(self.look(call.console_id, call.request["since"]))
        return asdict(self.send(call.console_id, call.request))

    def _refuse(self, console_id: str, *, is_full: bool) -> None:
        with self._sessions.writing() as session:
            consoles.refuse(session, self._worker_id, console_id, is_full=is_full)
        self._news.publish(console_topic(console_id))
        self._news.publish(QUEUED_CONSOLES)

    def _end(self, console_id: str) -> None:
        """It runs no more. Its row goes, unless this worker stops: then the row tells that."""
        self.close(console_id)
        if not self._stopping.is_set():
            with self._sessions.writing() as session:
                consoles.end(session, console_id)
            self._news.publish(console_topic(console_id))

    def _here(self) -> set[str]:
        with self._lock:
            return {*self._live, *self._starting}

    def _over(self) -> list[str]:
        with self._lock:
            return [live.id for live in self._live.values() if live.is_over]

    def _take(self, wanted: Callable[[LiveConsole], bool]) -> list[LiveConsole]:
        with self._lock:
            found = [live for live in self._live.values() if wanted(live)]
            for live in found:
                del self._live[live.id]
        return found
