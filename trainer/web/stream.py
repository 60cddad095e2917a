"""Live news of a submission as server-sent events. A stream holds a thread and a seat, never a database connection."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Response

from trainer.db import db
from trainer.errors import Unavailable
from trainer.models import SubmissionStatus
from trainer.services import submissions
from trainer.services.author import Author
from trainer.web.runtime import Runtime
from trainer.work.news import Inbox, submission_topic

HEARTBEAT_S = 10.0
LOOK_AGAIN_S = 1.0
"""News can be lost, and with SQLite another process sends none."""
LONGEST_S = 300.0
"""A stream ends after this; the browser opens the next one by itself."""

STREAMS = 6
"""Of one account at once, in all its tabs; more of them poll."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the row said."""

    news: dict[str, object]
    judged: bool


def submission_stream(runtime: Runtime, author: Author, submission_id: int) -> Response:
    """A response that tells of every change until it is judged.

    Raises NotFound; Unavailable where no seat is free: pages poll then.
    """
    open_session, inbox = db.sessionmaker, Inbox(runtime.news, submission_topic(submission_id))

    def look() -> Look:
        with open_session() as session:
            state = submissions.progress(session, author, submission_id)
        news = {
            "status": state.status,
            "position": state.position,
            "done": state.done,
            "total": state.total,
            "waiting": not runtime.sandbox.status().available,
        }
        return Look(news, state.status is SubmissionStatus.JUDGED)

    holder, most = _holder(author, runtime.config.stream_cap)

    def leave() -> None:
        inbox.close()
        runtime.stream_limit.give_back(holder)

    try:
        first = look()  # raises NotFound before the stream begins
        if not runtime.stream_limit.take(holder, most):
            raise Unavailable("Too many listen at once. Ask again in a second.", retry_after_s=1)
    except Exception:
        inbox.close()
        raise
    response = Response(_events(inbox, runtime.stopping, look, first), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(leave)
    return response


def _holder(author: Author, cap: int) -> tuple[str, int]:
    """Who holds a stream, and how many may be theirs. All guests are one: a new guest is made by dropping a cookie."""
    if author.user_id is None:
        return "guests", max(1, cap // 2)
    return f"user {author.user_id}", max(1, min(STREAMS, cap // 2))


def _events(inbox: Inbox, stopping: threading.Event, look: Callable[[], Look], seen: Look) -> Iterator[str]:
    """`state` events as things change, a comment as heartbeat, and `judged` in the end."""
    began = spoken = time.monotonic()
    yield "retry: 1000\n\n" + _event(seen)
    while not seen.judged:
        inbox.take(LOOK_AGAIN_S)
        if stopping.is_set() or time.monotonic() - began >= LONGEST_S:
            return
        last, seen = seen, look()
        if seen.news != last.news:
            spoken = time.monotonic()
            yield _event(seen)
        elif time.monotonic() - spoken >= HEARTBEAT_S:
            spoken = time.monotonic()
            yield ": still here\n\n"


def _event(seen: Look) -> str:
    return f"event: {'judged' if seen.judged else 'state'}\ndata: {json.dumps(seen.news)}\n\n"
