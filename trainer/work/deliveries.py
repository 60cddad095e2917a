"""Messages that RabbitMQ hands to the lanes of this process, over one connection."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from pika import BlockingConnection
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ConnectionWrongStateError

from trainer.work.lanes import Lane

PREFIX = "trainer."
LONGEST_HELD_S = 45.0
"""RabbitMQ closes a channel that owes an acknowledgement for longer than its `consumer_timeout`, of a minute at least.

Work that takes longer is acknowledged before: should its worker die, the sweep finds its row all the same.
"""


class QueueLost(Exception):
    """A queue, or the channel to one, is not there any more. The message says which, for the log."""


@dataclass(frozen=True, eq=False, slots=True)
class _Delivery:
    channel: BlockingChannel
    tag: int
    came_at: float


class Deliveries:
    """One channel for each lane, and as many messages at once as the lane has threads.

    A message is acknowledged when its lane has done a piece of work and recorded it, or has found that none waits. All
    methods are for the thread that has the connection.
    """

    def __init__(self, connection: BlockingConnection, lanes: Collection[Lane]) -> None:
        self._connection = connection
        self._lanes = lanes
        self._channels: list[BlockingChannel] = []
        self._owed: set[_Delivery] = set()

    def look(self, *, wanted: bool) -> None:
        """Have messages come in, or leave them to other workers, as is wanted now. Raises QueueLost."""
        if wanted != bool(self._channels):
            self._open() if wanted else self._close()
        if not all(channel.is_open for channel in self._channels):
            raise QueueLost("it closed a channel")
        for delivery in [one for one in self._owed if time.monotonic() - one.came_at > LONGEST_HELD_S]:
            self._acknowledge(delivery)

    def _open(self) -> None:
        for lane in self._lanes:
            channel = self._connection.channel()
            self._channels.append(channel)
            channel.add_on_cancel_callback(_lost)
            channel.basic_qos(prefetch_count=lane.threads)
            channel.basic_consume(PREFIX + lane.name, partial(self._deliver, lane))

    def _close(self) -> None:
        """What is not acknowledged goes to other workers."""
        for channel in self._channels:
            channel.close()
        self._channels.clear()
        self._owed.clear()

    def _deliver(self, lane: Lane, channel: BlockingChannel, method: Any, _properties: Any, _body: bytes) -> None:
        """Whatever the message says: it says that there may be work."""
        delivery = _Delivery(channel, method.delivery_tag, time.monotonic())
        self._owed.add(delivery)
        lane.hand(partial(self._done, delivery))

    def _done(self, delivery: _Delivery) -> None:
        """Is called by the lane's threads. Where the connection is lost, the message comes again and does no harm."""
        with contextlib.suppress(ConnectionWrongStateError):
            self._connection.add_callback_threadsafe(partial(self._acknowledge, delivery))

    def _acknowledge(self, delivery: _Delivery) -> None:
        if delivery in self._owed and delivery.channel.is_open:
            delivery.channel.basic_ack(delivery.tag)
        self._owed.discard(delivery)


def _lost(method: Any) -> None:
    raise QueueLost("a queue was deleted")
