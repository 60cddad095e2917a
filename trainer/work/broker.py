"""Has RabbitMQ wake a worker for what is queued, where `TRAINER_BROKER` names one.

The table is the truth. A message says only that there may be work, and what it says is read by nobody: it may be lost,
come twice, late or from a stranger. Each process has one connection, and a thread that publishes, hands messages to the
lanes, acknowledges them and keeps the connection alive, however long a judging takes. While the broker is away, what
is queued is told by the database as without one, and the sweep finds the rest; nobody who queues work waits for it.
"""

from __future__ import annotations

import contextlib
import logging
import random
import re
import threading
from collections import deque
from collections.abc import Callable, Collection

import structlog
from pika import BasicProperties, BlockingConnection, DeliveryMode, URLParameters
from pika.adapters.blocking_connection import BlockingChannel
from pika.adapters.utils.connection_workflow import AMQPConnectorStackTimeout
from pika.exceptions import AMQPError, ChannelClosed, ConnectionClosed, ConnectionWrongStateError

from trainer.work.deliveries import PREFIX, Deliveries
from trainer.work.lanes import Lane
from trainer.work.news import QUEUED_SUBMISSIONS, QUEUED_UPLOADS, News

log = structlog.get_logger()

LANES = {QUEUED_SUBMISSIONS: ("judging", "brief"), QUEUED_UPLOADS: ("slow",)}
"""Names of the lanes that may do what there is news of. Each has a queue."""
HEARTBEAT_S = 20
CONNECT_S, BLOCKED_S = 5.0, 10.0
"""So long the thread waits for an answer, and for a broker that takes nothing because it is short of memory or disk."""
TICK_S = 1.0
PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0
STOP_S = 2.0
MOST_WAITING = 1000
TO_SEND = BasicProperties(delivery_mode=DeliveryMode.Transient, expiration="60000")
"""A message that is a minute old, or was kept over a restart, is of no use: the sweep has found its row long ago."""


class Broker:
    """`feed` comes before `start`; each, and `stop`, may be called once.

    `trouble` says in one sentence that the broker is away, and why. It is empty while it is there.
    """

    def __init__(self, url: str, news: News) -> None:
        self._parameters = _parameters(url)
        self._news = news
        self._lanes: Collection[Lane] = ()
        self._can_work: Callable[[], bool] = lambda: False
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self._connection: BlockingConnection | None = None
        self._failures = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="broker", daemon=True)
        self.is_connected = threading.Event()
        self.trouble = _sentence("it was not reached yet")

    def feed(self, lanes: Collection[Lane], can_work: Callable[[], bool]) -> None:
        """Have messages wake the threads of these lanes, whenever they can work."""
        self._lanes, self._can_work = lanes, can_work

    def start(self) -> None:
        logging.getLogger("pika").setLevel(logging.CRITICAL)  # it tells of each attempt in a dozen lines
        self._news.hand_over = self._take
        self._thread.start()

    def stop(self) -> None:
        """Send and acknowledge what waits, if that is possible at once, and end."""
        self._news.hand_over = None
        self._stopping.set()
        self._call(_nothing)
        self._thread.join(STOP_S)

    def _take(self, topic: str) -> bool:
        """Have a topic told to a worker. False where that is none, or while the broker is away. Never blocks."""
        if topic not in LANES or not self.is_connected.is_set():
            return False
        self._waiting.append(topic)
        self._call(self._publish)
        return True

    def _call(self, deed: Callable[[], None]) -> None:
        """Have the broker's thread do it, if it is connected."""
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(ConnectionWrongStateError):
                connection.add_callback_threadsafe(deed)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._connection = BlockingConnection(self._parameters)
                self._serve(self._connection)
            except Exception as error:  # of pika, TLS or the system: whatever it is, it is tried again
                self._tell_lost(_why(error))
            finally:
                self._end_connection()
            pause = min(PAUSE_S * 2**self._failures, LONGEST_PAUSE_S)
            self._failures += 1
            self._stopping.wait(pause * random.uniform(0.5, 1))  # not all processes at the same moment

    def _serve(self, connection: BlockingConnection) -> None:
        """Raises errors of pika when the connection is lost."""
        self._channel: BlockingChannel = connection.channel()
        for lane in {name for names in LANES.values() for name in names}:
            self._channel.queue_declare(PREFIX + lane, durable=True)
        deliveries = Deliveries(connection, self._lanes)
        deliveries.look(wanted=self._can_work())
        self._tell_connected()
        while not self._stopping.is_set():
            self._publish()
            connection.process_data_events(time_limit=TICK_S)
            deliveries.look(wanted=self._can_work())
        self._publish()
        connection.process_data_events(time_limit=0)

    def _publish(self) -> None:
        while self._waiting:
            for lane in LANES[self._waiting[0]]:
                self._channel.basic_publish("", PREFIX + lane, b"", TO_SEND)
            self._waiting.popleft()

    def _tell_connected(self) -> None:
        if self._failures:
            log.warning("the broker is there again")
        self._failures = 0
        self.trouble = ""
        self.is_connected.set()

    def _tell_lost(self, why: str) -> None:
        if self.is_connected.is_set() or not self._failures:
            log.warning("the broker is away", why=why)
        self.trouble = _sentence(why)

    def _end_connection(self) -> None:
        """Close it, where it is open, and tell others by the database of what was not published."""
        self.is_connected.clear()
        connection, self._connection = self._connection, None
        if connection is not None and connection.is_open:
            with contextlib.suppress(AMQPError):
                connection.close()
        while self._waiting:
            self._news.send(self._waiting.popleft())


def _parameters(url: str) -> URLParameters:
    parameters = URLParameters(url)
    parameters.connection_attempts = 1
    parameters.socket_timeout = parameters.stack_timeout = CONNECT_S
    parameters.blocked_connection_timeout = BLOCKED_S
    parameters.heartbeat = HEARTBEAT_S
    return parameters


def _why(error: Exception) -> str:
    """What pika's errors say for people: it stands in quotes within what they hold. None holds the password."""
    if isinstance(error, AMQPConnectorStackTimeout | TimeoutError):
        return "it does not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, ChannelClosed | ConnectionClosed):
        return str(error.reply_text)
    said = str(error) or " ".join(map(repr, error.args)) or type(error).__name__
    quoted = re.search(r"""(["'])(.+)\1""", said)
    return (quoted[2] if quoted else said).partition("\n")[0][:200]


def _sentence(why: str) -> str:
    return f"The broker is away, and work is found without it: {why.rstrip('.')}"


def _nothing() -> None:
    """Called only to wake the thread."""
