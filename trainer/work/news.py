"""News of what has changed: who subscribes to a topic hears of it at once.

A topic is a short text. News carries no content: whoever hears of a topic looks at the database, which is the truth. So
news may come twice, late or, after a lost connection, not at all: subscribers look again by themselves from time to
time. Within a process it goes from thread to thread; `trainer.work.relay` takes it to other processes, and
`trainer.work.broker` takes what wakes workers to one of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self

QUEUED_SUBMISSIONS = "queued submissions"
"""A submission waits for a judge."""
QUEUED_UPLOADS = "queued uploads"
"""An upload waits for its check."""
QUEUED_CONSOLES = "queued consoles"
"""A console waits for a worker."""

Hear = Callable[[str], None]
"""Is told the topic. It must not block: it runs in the thread that publishes."""


_OF_CONSOLES = "consoles of "
_FOR_WORKERS = (QUEUED_SUBMISSIONS, QUEUED_UPLOADS, QUEUED_CONSOLES)


def is_for_workers(topic: str) -> bool:
    """Is it of use to those that work? All other news is for those that serve, of whom somebody waits for it."""
    return topic in _FOR_WORKERS or topic.startswith(_OF_CONSOLES)


def submission_topic(submission_id: int) -> str:
    """The topic of one submission's changes."""
    return f"submission {submission_id}"


def upload_topic(upload_id: int) -> str:
    """The topic of one upload's changes."""
    return f"upload {upload_id}"


def console_topic(console_id: str) -> str:
    """The topic of whoever waits for what a console answers."""
    return f"console {console_id}"


def console_host_topic(worker_id: str) -> str:
    """The topic of what is asked of a worker's consoles, and of those that are closed."""
    return f"{_OF_CONSOLES}{worker_id}"


class News:
    """Publish and subscribe, by topic. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: dict[str, list[Hear]] = {}
        self.carry: Hear | None = None
        """Takes what is published here to other processes, where there may be any."""
        self.hand_over: Callable[[str], bool] | None = None
        """Has a broker take it to one of the others in place of all of them. False where it does not take it."""

    def subscribe(self, topic: str, hear: Hear) -> None:
        with self._lock:
            self._subscribers.setdefault(topic, []).append(hear)

    def unsubscribe(self, topic: str, hear: Hear) -> None:
        with self._lock:
            left = [one for one in self._subscribers.get(topic, []) if one != hear]
            if left:
                self._subscribers[topic] = left
            else:
                self._subscribers.pop(topic, None)

    def publish(self, topic: str) -> None:
        """To be called when what has changed is committed."""
        self.tell(topic)
        if self.hand_over is None or not self.hand_over(topic):
            self.send(topic)

    def send(self, topic: str) -> None:
        """Tell all other processes."""
        if self.carry is not None:
            self.carry(topic)

    def tell(self, topic: str) -> None:
        """Tell the subscribers in this process alone."""
        with self._lock:
            found = list(self._subscribers.get(topic, ()))
        for hear in found:
            hear(topic)

    def tell_all(self) -> None:
        """Any topic may have changed, because news was lost for a while."""
        with self._lock:
            topics = list(self._subscribers)
        for topic in topics:
            self.tell(topic)

    @property
    def topics(self) -> frozenset[str]:
        """All that somebody in this process subscribes to."""
        with self._lock:
            return frozenset(self._subscribers)


class Inbox:
    """Collects the topics that were heard of, until somebody takes them: what comes between two looks is not missed."""

    def __init__(self, news: News, *topics: str) -> None:
        self._news = news
        self._topics: set[str] = set()
        self._heard: set[str] = set()
        self._changed = threading.Condition()
        self._is_open = True
        for topic in topics:
            self.add(topic)

    def add(self, topic: str) -> None:
        """Subscribe to one more topic."""
        with self._changed:
            if topic in self._topics:
                return
            self._topics.add(topic)
        self._news.subscribe(topic, self._hear)

    def drop(self, topic: str) -> None:
        self._news.unsubscribe(topic, self._hear)
        with self._changed:
            self._topics.discard(topic)
            self._heard.discard(topic)

    def take(self, timeout_s: float) -> set[str]:
        """The topics heard of since the last call. Waits for one, but no longer than until the inbox is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._heard or not self._is_open, timeout_s)
            heard, self._heard = self._heard, set()
            return heard

    def close(self) -> None:
        """Unsubscribe, and wake whoever waits."""
        with self._changed:
            topics = set(self._topics)
            self._is_open = False
            self._changed.notify_all()
        for topic in topics:
            self.drop(topic)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hear(self, topic: str) -> None:
        with self._changed:
            if topic in self._topics:
                self._heard.add(topic)
                self._changed.notify_all()
