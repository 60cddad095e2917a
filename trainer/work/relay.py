"""Takes news to the other processes that use the same PostgreSQL, by its NOTIFY and LISTEN.

Each process has one connection for it, and a thread that waits for news from either side. There are two channels, so
that a worker is not woken by each verdict of the others. Where the connection is lost,
the thread connects again and says that any topic may have changed meanwhile. With SQLite there is no relay: its
processes share a machine, and find what others did by looking again each second.
"""

from __future__ import annotations

import selectors
import threading
from collections import deque
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import structlog

from trainer.work.news import News, is_for_workers
from trainer.work.waker import Waker

log = structlog.get_logger()

FOR_SERVERS, FOR_WORKERS = "trainer_news", "trainer_work"
CHANNELS = (FOR_SERVERS, FOR_WORKERS)
RECONNECT_S = 0.5
STOP_S = 2.0
MOST_WAITING = 1000
"""While the database is away so much news is kept to be sent; beyond it the oldest is lost."""
OPTIONS = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""A server that vanished without a word is noticed within half a minute."""
SEND = "SELECT pg_notify(channel, topic) FROM unnest(%s::text[], %s::text[]) AS news (channel, topic)"


class Relay:
    """`start` and `stop` may be called once each. `channels` are those that it listens to."""

    def __init__(self, url: str, news: News, channels: Sequence[str] = CHANNELS) -> None:
        self._url = url
        self._news = news
        self._channels = channels
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self._waker: Waker | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)
        self.listens = threading.Event()
        """Is set while news of others comes in."""

    @classmethod
    def of(cls, url: str, news: News, channels: Sequence[str]) -> Relay | None:
        """The relay of a process that uses this database, where its sort of database has one."""
        return cls(url, news, channels) if sa.make_url(url).get_backend_name() == "postgresql" else None

    def start(self) -> None:
        self._waker = Waker()
        self._news.carry = self._send
        self._thread.start()

    def stop(self) -> None:
        """Send what waits, if that is possible at once, and end."""
        self._news.carry = None
        self._stopping.set()
        if self._waker is not None:
            self._waker.wake()
            self._thread.join(STOP_S)

    def _send(self, topic: str) -> None:
        assert self._waker is not None
        self._waiting.append(topic)
        self._waker.wake()

    def _run(self) -> None:
        assert self._waker is not None
        engine = sa.create_engine(
            self._url,
            poolclass=sa.NullPool,
            pool_reset_on_return=None,  # a connection that is lost cannot be reset
            isolation_level="AUTOCOMMIT",
            connect_args={**OPTIONS},
        )
        was_lost = False
        while not self._stopping.is_set():
            try:
                with engine.connect() as connection:
                    self._serve(connection.connection.driver_connection, self._waker)
            except Exception as error:  # of the driver or of SQLAlchemy: whatever it is, it is tried again
                if not was_lost or self.listens.is_set():
                    log.warning("news of other processes does not come in", why=str(error).partition("\n")[0])
                was_lost = True
            self.listens.clear()
            self._stopping.wait(RECONNECT_S)
        self._waker.close()

    def _serve(self, driver: Any, waker: Waker) -> None:
        """`driver` is psycopg's connection. Raises its errors when the connection is lost."""
        driver.execute("SET synchronous_commit = off")  # what is told has no need of the disk
        for channel in self._channels:
            driver.execute(f"LISTEN {channel}")
        self._news.tell_all()  # of what others published before, nobody heard
        self.listens.set()
        with selectors.DefaultSelector() as selector:
            selector.register(waker, selectors.EVENT_READ)
            selector.register(driver, selectors.EVENT_READ)
            while not self._stopping.is_set():
                selector.select()
                waker.drain()
                self._exchange(driver)
        self._exchange(driver)

    def _exchange(self, driver: Any) -> None:
        """Send what waits, and tell here what others sent."""
        if topics := list(self._waiting):
            driver.execute(SEND, ([_channel_of(topic) for topic in topics], topics))
            for _ in topics:
                self._waiting.popleft()
        for notice in driver.notifies(timeout=0):
            if notice.pid != driver.info.backend_pid:
                self._news.tell(notice.payload)


def _channel_of(topic: str) -> str:
    return FOR_WORKERS if is_for_workers(topic) else FOR_SERVERS
