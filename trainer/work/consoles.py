"""Consoles as whoever answers requests sees them: they belong to workers, in this process or in another one.

A console that runs in this process is spoken to directly. To another process goes a row that says what is asked, and
whoever waits for its answer hears of it by news.
"""

from __future__ import annotations

import time

from sandbox.live import Glance
from trainer.db import Sessions
from trainer.errors import Busy, Unavailable
from trainer.kinds.base import Record
from trainer.models import ConsoleDeed
from trainer.services import consoles
from trainer.services.consoles import AWAY, OPEN_S, WORKER_GONE, Call, Ended
from trainer.work.console_host import BUSY, FAILED, ConsoleHost, look_again_s
from trainer.work.live_consoles import Sent
from trainer.work.news import QUEUED_CONSOLES, Inbox, News, console_host_topic, console_topic

SEND_S, LOOK_S = 60.0, 30.0
"""So long an answer is waited for. A request takes at most five seconds, and on a busy machine three times as long."""
LATE = "The machine that runs your service has not answered in time. Try again, or start your service again."
NOT_ASKED = "Your service could not be asked. Try again, or start it again."


class Consoles:
    """All consoles, wherever they run. `host` has those of this process, where it judges. Threads may share it."""

    def __init__(self, sessions: Sessions, news: News, host: ConsoleHost | None = None) -> None:
        self._sessions = sessions
        self._news = news
        self._host = host

    def open(self, user_id: int, version_id: int, source: str) -> tuple[str, Glance]:
        """Start a service: its id, and how it is. The student's earlier one ends.

        Raises Busy where no place is free, Unavailable.
        """
        console_id = consoles.new_id()
        with Inbox(self._news, console_topic(console_id)) as inbox:
            with self._sessions.writing() as session:
                call = consoles.reserve(session, console_id, user_id, version_id, source)
            try:
                return console_id, Glance(**self._answer(inbox, call, QUEUED_CONSOLES, OPEN_S, AWAY))
            except BaseException:
                with self._sessions.writing() as session:
                    consoles.end(session, console_id)
                self._news.publish(QUEUED_CONSOLES)
                raise

    def send(self, user_id: int, console_id: str, request: Record) -> Sent:
        """Send a service a request. Raises NotFound, Busy, Unavailable."""
        if self._host is not None and self._host.has(user_id, console_id):
            return self._host.send(console_id, request)
        return Sent(**self._asked(user_id, console_id, ConsoleDeed.SEND, request, SEND_S))

    def look(self, user_id: int, console_id: str, since: int) -> Glance:
        """How a service is; one whose worker is gone tells so. Raises NotFound, Busy, Unavailable."""
        if self._host is not None and self._host.has(user_id, console_id):
            return self._host.look(console_id, since)
        try:
            return Glance(**self._asked(user_id, console_id, ConsoleDeed.LOOK, {"since": since}, LOOK_S))
        except Ended:
            return Glance(False, "", since, WORKER_GONE)

    def close(self, user_id: int, console_id: str) -> None:
        """End a service. Raises NotFound."""
        with self._sessions.writing() as session:
            worker_id = consoles.close(session, user_id, console_id)
        if self._host is not None:
            self._host.close(console_id)
        self._news.publish(console_topic(console_id))
        if worker_id is not None:
            self._news.publish(console_host_topic(worker_id))

    def _asked(self, user_id: int, console_id: str, deed: ConsoleDeed, request: Record, within_s: float) -> Record:
        with Inbox(self._news, console_topic(console_id)) as inbox:
            with self._sessions.writing() as session:
                call, worker_id = consoles.ask(session, user_id, console_id, deed, request)
            return self._answer(inbox, call, console_host_topic(worker_id), within_s, LATE)

    def _answer(self, inbox: Inbox, call: Call, topic: str, within_s: float, late: str) -> Record:
        """What a call is answered; its row goes. Those who answer hear `topic`; `late` is said where they do not."""
        try:
            self._news.publish(topic)
            until = time.monotonic() + within_s
            while (left_s := until - time.monotonic()) > 0:
                inbox.take(min(left_s, look_again_s(self._news)))
                with self._sessions.reading() as session:
                    told = consoles.outcome(session, call)
                if told is not None:
                    return _read(told)
            raise Unavailable(late)
        finally:
            with self._sessions.writing() as session:
                consoles.forget(session, call)


def _read(told: Record) -> Record:
    if BUSY in told:
        raise Busy(told[BUSY])
    if FAILED in told:
        raise Unavailable(NOT_ASKED)
    return told
