"""Live news of a submission as server-sent events. A stream holds a thread and a seat, never a database connection."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import partial

from flask import Flask, Response

from trainer.db import db
from trainer.errors import Unavailable
from trainer.events import Bell
from trainer.judge import submission_bell
from trainer.models import SubmissionStatus
from trainer.runtime import Runtime
from trainer.services import submissions
from trainer.services.author import Author

HEARTBEAT_S = 10.0
LOOK_AGAIN_S = 1.0
"""Another process may have judged it: then no bell rings here."""
LONGEST_S = 300.0
"""A stream ends after this; the browser opens the next one by itself."""

STREAMS = 6
"""Of one account at once, in all its tabs; more of them poll."""

Snapshot = Callable[[], tuple[dict[str, object], bool]]


def submission_stream(app: Flask, runtime: Runtime, author: Author, submission_id: int) -> Response:
    """A response that tells of every change until it is judged.

    Raises NotFound; Unavailable where no seat is free: pages poll then.
    """

    def look() -> tuple[dict[str, object], bool]:
        with app.app_context(), db.reading() as session:
            state = submissions.progress(session, author, submission_id)
        news = {
            "status": state.status,
            "position": state.position,
            "done": state.done,
            "total": state.total,
            "waiting": not runtime.sandbox.status().available,
        }
        return news, state.status is SubmissionStatus.JUDGED

    look()  # raises NotFound before the stream begins
    holder, most = _holder(author, runtime.config.stream_cap)
    if not runtime.seats.take(holder, most):
        raise Unavailable("Too many listen at once. Ask again in a second.", retry_after_s=1)
    events = _events(runtime.bell, submission_bell(submission_id), look)
    response = Response(events, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})
    response.call_on_close(partial(runtime.seats.give_back, holder))
    return response


def _holder(author: Author, cap: int) -> tuple[str, int]:
    """Who holds a stream, and how many may be theirs. All guests are one: a new guest is made by dropping a cookie."""
    if author.user_id is None:
        return "guests", max(1, cap // 2)
    return f"user {author.user_id}", max(1, min(STREAMS, cap // 2))


def _events(bell: Bell, name: str, look: Snapshot) -> Iterator[str]:
    """`state` events as things change, a comment as heartbeat, and `judged` in the end."""
    began = spoken = time.monotonic()
    last: dict[str, object] | None = None
    yield "retry: 1000\n\n"
    while bell.open and time.monotonic() - began < LONGEST_S:
        heard = bell.count(name)
        news, judged = look()
        if news != last:
            last, spoken = news, time.monotonic()
            yield f"event: {'judged' if judged else 'state'}\ndata: {json.dumps(news)}\n\n"
        if judged:
            bell.forget(name)
            return
        if time.monotonic() - spoken >= HEARTBEAT_S:
            spoken = time.monotonic()
            yield ": still here\n\n"
        bell.wait(name, heard, LOOK_AGAIN_S)
