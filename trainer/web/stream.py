"""Live news of a submission as server-sent events. An open stream holds neither a thread nor a database connection."""

from __future__ import annotations

from itertools import chain

from flask import Response, request

from trainer.db import db
from trainer.errors import Unavailable
from trainer.services import submissions, waits
from trainer.services.author import Author
from trainer.web.event_stream import HAND_OVER, EventStream
from trainer.web.runtime import Runtime
from trainer.web.watch import State

STREAMS = 6
"""Of one account at once, in all its tabs; more of them poll."""


def submission_stream(runtime: Runtime, author: Author, submission_id: int) -> Response:
    """A response that tells of every change until it is judged.

    Raises NotFound; Unavailable where too many streams are open: pages poll then.
    """
    holder, most = _holder(author, runtime.config.streams)

    def leave() -> None:
        runtime.watch.leave(submission_id, stream)
        runtime.stream_limit.give_back(holder)

    stream = EventStream(leave)
    runtime.watch.follow(submission_id, stream)
    try:
        first = _look(author, submission_id)  # raises NotFound before the stream begins
        if not runtime.stream_limit.take(holder, most):
            raise Unavailable("Too many listen at once. Ask again in a second.", retry_after_s=1)
    except Exception:
        runtime.watch.leave(submission_id, stream)
        raise
    stream.begin(first.event, is_last=first.is_last)
    return _response(stream)


def _look(author: Author, submission_id: int) -> State:
    with db.reading() as session:
        progress = submissions.progress(session, author, submission_id)
        return State(progress, waits.why(session, progress.status, progress.kind, progress.language))


def _response(stream: EventStream) -> Response:
    """A stream that is over already, and one of which only the head is wanted, is an answer like others."""
    hand_over = request.environ.get(HAND_OVER)
    data, is_end = stream.take()
    if is_end or request.method == "HEAD":
        stream.close()
        response = Response([data])
    elif hand_over is not None:
        response = Response(iter([data]))
        hand_over(stream)
    else:
        response = Response(chain([data], stream))
        response.call_on_close(stream.close)
    response.mimetype = "text/event-stream"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _holder(author: Author, cap: int) -> tuple[str, int]:
    """Who holds a stream, and how many may be theirs. All guests are one: a new guest is made by dropping a cookie."""
    if author.user_id is None:
        return "guests", max(1, cap // 2)
    return f"user {author.user_id}", max(1, min(STREAMS, cap // 2))
