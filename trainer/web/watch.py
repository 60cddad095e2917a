"""Looks at submissions for all who follow them, many rows in one query, and tells what has changed.

It looks when there is news of a row, and at all of them once a second: news can be lost, a place in the queue changes
without any, and with SQLite other processes send none. So a thousand open streams ask the database once a second.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field

import structlog
from flask import Flask

from trainer.db import db
from trainer.models import SubmissionStatus
from trainer.services import submissions, waits, workers
from trainer.services.submissions import Progress
from trainer.web.event_stream import EventStream
from trainer.work.news import Inbox, News, submission_topic

log = structlog.get_logger()

LOOK_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True)
class State:
    """How far a submission is, as its followers are told. `why`: in a sentence, why no judge can take it now."""

    progress: Progress
    why: str

    @property
    def is_last(self) -> bool:
        return self.progress.status is SubmissionStatus.JUDGED

    @property
    def event(self) -> bytes:
        at = self.progress
        news = {
            "status": at.status, "position": at.position, "done": at.done, "total": at.total,
            "waiting": bool(self.why), "why": self.why,
        }  # fmt: skip
        return f"event: {'judged' if self.is_last else 'state'}\ndata: {json.dumps(news)}\n\n".encode()


@dataclass(slots=True)
class _Followed:
    submission_id: int
    streams: list[EventStream] = field(default_factory=list)


class Watch:
    """`start` may be called once, `stop` any number of times. Threads may share it."""

    def __init__(self, app: Flask, news: News) -> None:
        self._app = app
        self._inbox = Inbox(news)
        self._followed: dict[str, _Followed] = {}
        self._lock = threading.Lock()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End all streams."""
        self._is_stopping = True
        self._inbox.close()
        if self._thread.is_alive():
            self._thread.join()

    def follow(self, submission_id: int, stream: EventStream) -> None:
        """Tell a stream of what changes from now on, until the submission is judged or the stream leaves."""
        topic = submission_topic(submission_id)
        with self._lock:
            self._followed.setdefault(topic, _Followed(submission_id)).streams.append(stream)
            self._inbox.add(topic)

    def leave(self, submission_id: int, stream: EventStream) -> None:
        topic = submission_topic(submission_id)
        with self._lock:
            found = self._followed.get(topic)
            if found is None or stream not in found.streams:
                return
            found.streams.remove(stream)
            if not found.streams:
                del self._followed[topic]
                self._inbox.drop(topic)

    def _run(self) -> None:
        look_at = time.monotonic() + LOOK_AGAIN_S
        while not self._is_stopping:
            heard: Collection[str] = self._inbox.take(max(0.0, look_at - time.monotonic()))
            if time.monotonic() >= look_at:
                look_at = time.monotonic() + LOOK_AGAIN_S
                heard = self._topics()
            try:
                self._tell(heard)
            except Exception as error:
                log.warning("followers of submissions are told later", why=str(error))
        for stream in self._streams(self._topics()):
            stream.end()

    def _tell(self, topics: Collection[str]) -> None:
        with self._lock:
            ids = {topic: self._followed[topic].submission_id for topic in topics if topic in self._followed}
        if not ids:
            return
        with self._app.app_context(), db.reading() as session:
            found = submissions.progress_of_all(session, ids.values())
            able = workers.able(session) if any(map(_is_not_judged, found.values())) else workers.Able({})
        for topic, submission_id in ids.items():
            at = found.get(submission_id)
            state = State(at, waits.why_of(able, at.status, at.kind, at.language)) if at is not None else None
            for stream in self._streams([topic]):
                if state is None:
                    stream.end()
                else:
                    stream.tell(state.event, is_last=state.is_last)

    def _topics(self) -> list[str]:
        with self._lock:
            return list(self._followed)

    def _streams(self, topics: Collection[str]) -> list[EventStream]:
        with self._lock:
            return [stream for topic in topics if topic in self._followed for stream in self._followed[topic].streams]


def _is_not_judged(progress: Progress) -> bool:
    return progress.status is not SubmissionStatus.JUDGED
