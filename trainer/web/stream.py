"""Live news of a submission as server-sent events. A stream holds a thread and a seat, never a database connection."""

from __future__ import annotations

import json
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
from trainer.work.events import Bell
from trainer.work.judge import submission_bell

HEARTBEAT_S = 10.0
LOOK_AGAIN_S = 1.0
"""Another process may have judged it: then no bell rings here."""
LONGEST_S = 300.0
"""A stream ends after this; the browser opens the next one by itself."""

STREAMS = 6
"""Of one account at once, in all its tabs; more of them poll."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the row said, and how often its bell had rung before."""

    news: dict[str, object]
    judged: bool
    heard: int


def submission_stream(runtime: Runtime, author: Author, submission_id: int) -> Response:
    """A response that tells of every change until it is judged.

    Raises NotFound; Unavailable where no seat is free: pages poll then.
    """
    open_session, bell, name = db.sessionmaker, runtime.bell, submission_bell(submission_id)

    def look() -> Look:
        heard = bell.count(name)
        with open_session() as session:
            state = submissions.progress(session, author, submission_id)
        news = {
            "status": state.status,
            "position": state.position,
            "done": state.done,
            "total": state.total,
            "waiting": not runtime.sandbox.status().available,
        }
        return Look(news, state.status is SubmissionStatus.JUDGED, heard)

    holder, most = _holder(author, runtime.config.stream_cap)

    def leave() -> None:
        bell.forget(name)
        runtime.seats.give_back(holder)

    try:
        first = look()  # raises NotFound before the stream begins
        if not runtime.seats.take(holder, most):
            raise Unavailable("Too many listen at once. Ask again in a second.", retry_after_s=1)
    except Exception:
        bell.forget(name)
        raise
    response = Response(_events(bell, name, look, first), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(leave)
    return response


def _holder(author: Author, cap: int) -> tuple[str, int]:
    """Who holds a stream, and how many may be theirs. All guests are one: a new guest is made by dropping a cookie."""
    if author.user_id is None:
        return "guests", max(1, cap // 2)
    return f"user {author.user_id}", max(1, min(STREAMS, cap // 2))


def _events(bell: Bell, name: str, look: Callable[[], Look], seen: Look) -> Iterator[str]:
    """`state` events as things change, a comment as heartbeat, and `judged` in the end."""
    began = spoken = time.monotonic()
    yield "retry: 1000\n\n" + _event(seen)
    while not seen.judged:
        bell.wait(name, seen.heard, LOOK_AGAIN_S)
        if not bell.open or time.monotonic() - began >= LONGEST_S:
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
