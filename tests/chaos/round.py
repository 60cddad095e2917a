"""A round: clients send programs in while things are ended, and everything is looked at afterwards."""

from __future__ import annotations

import http.client
import random
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from threading import Condition
from typing import Any

import sqlalchemy as sa

from tests import recordings
from tests.chaos.stage import CLIENTS, Part, Stage
from tests.served import call
from trainer.models import Work, WorkKind

MOST_BETWEEN = 12
"""So many verdicts at most come between two troubles, however fast the machine is."""
LATEST_S = 0.3
TWO_AT_ONCE = 0.25
PATIENCE_S = 300.0
AGAIN_S, LOOK_S = 0.05, 0.05
PROGRAMS = {
    "accepted": "def double(number):\n    return 2 * number\n",
    "wrong answer": "def double(number):\n    return 3 * number\n",
    "run-time error": "def double(number):\n    return 1 // 0\n",
    "compile error": "def double(number:\n",
}


@dataclass
class Toll:
    """What a round did, and what was wrong with it."""

    ended: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)


class Progress:
    """Counts verdicts. `wait_for` returns when there are so many, or when all clients have left, or one has failed."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._done = 0
        self._clients = CLIENTS
        self._over = False

    def count(self) -> None:
        with self._changed:
            self._done += 1
            self._changed.notify_all()

    def leave(self, client: Future[Any]) -> None:
        with self._changed:
            self._clients -= 1
            is_over = not self._clients or client.exception() is not None
        if is_over:
            self.end()

    def end(self) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()

    @property
    def is_over(self) -> bool:
        with self._changed:
            return self._over

    def wait_for(self, more: int) -> bool:
        with self._changed:
            enough = self._done + more
            self._changed.wait_for(lambda: self._over or self._done >= enough)
            return not self._over


def run_round(stage: Stage, submissions: int, chance: random.Random) -> Toll:
    """Let each client submit its share, one after the other, while things are ended, and look at the outcome."""
    toll, progress = Toll(), Progress()
    first = newest(stage.database) + 1
    with ThreadPoolExecutor(CLIENTS) as threads:
        shares = [range(number, submissions, CLIENTS) for number in range(CLIENTS)]
        pairs = zip(stage.tokens, shares, strict=True)
        clients = [threads.submit(lambda *of: list(submit(stage, progress, *of)), *pair) for pair in pairs]
        for client in clients:
            client.add_done_callback(progress.leave)
        trouble(stage, progress, chance, toll.ended)  # in this thread: PostgreSQL ends with the one that starts it
        outcome = dict(chain.from_iterable(client.result() for client in clients))
    toll.complaints += complaints(stage.database, outcome, first, submissions)
    return toll


def trouble(stage: Stage, progress: Progress, chance: random.Random, ended: Counter[str]) -> None:
    """End something now and then, and start it again, until the round is over: where it does not start, at once."""
    try:
        while progress.wait_for(chance.randint(1, MOST_BETWEEN)):
            time.sleep(chance.uniform(0, LATEST_S))  # at any moment of what is under way
            chosen = choose(stage.parts, chance)
            for part in chosen:
                part.kill()
                ended[part.name] += 1
            for part in chosen:
                part.start()
    finally:
        progress.end()


def choose(parts: Sequence[Part], chance: random.Random) -> list[Part]:
    """One part, or now and then two, in the order in which they can be started."""
    count = 2 if chance.random() < TWO_AT_ONCE else 1
    chosen = chance.choices(range(len(parts)), [part.weight for part in parts], k=count)
    return [parts[number] for number in sorted(set(chosen))]


def submit(stage: Stage, progress: Progress, token: str, share: range) -> Iterator[tuple[int, str]]:
    """Each submission's number, once it is judged, and what was wrong with that."""
    for at in share:
        wanted, source = list(PROGRAMS.items())[at % len(PROGRAMS)]
        body = {"language": "python", "source": source}
        number = insist(stage, progress, token, "POST", "/api/v1/problems/double/submissions", body)["id"]
        deadline = time.monotonic() + PATIENCE_S
        verdict = None
        while not verdict and not progress.is_over and time.monotonic() < deadline:
            verdict = insist(stage, progress, token, "GET", f"/api/v1/submissions/{number}")["verdict"]
            time.sleep(0 if verdict else LOOK_S)
        progress.count()
        yield number, "" if verdict == wanted else f"wanted {wanted}, got {verdict}"


def insist(stage: Stage, progress: Progress, token: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
    """Ask until a server answers: the same key each time, so that what one took already is not taken twice."""
    key = {"Idempotency-Key": str(uuid.uuid4())} if body else {}
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            status, answer = call(stage.url, method, path, body, token, key)
        except (OSError, ValueError, http.client.HTTPException) as error:
            status, answer = 0, {"detail": str(error)}
        if status in (200, 202):
            return dict(answer)
        if progress.is_over or time.monotonic() > deadline:
            raise AssertionError(f"{method} {path}: {status} {answer}")
        time.sleep(AGAIN_S)


def newest(database: sa.Engine) -> int:
    """The number of the submission that came last."""
    with database.connect() as connection:
        return int(connection.scalar(sa.text("SELECT coalesce(max(id), 0) FROM submissions")) or 0)


def complaints(database: sa.Engine, told: dict[int, str], first: int, submissions: int) -> Iterator[str]:
    yield from (f"submission {number}: {what}" for number, what in told.items() if what)
    if len(told) != submissions:
        yield f"{submissions - len(told)} submissions were lost"
    counted = {number: count for number, count in recordings.counts(database).items() if number >= first}
    yield from (f"submission {number} was recorded {count} times" for number, count in counted.items() if count > 1)
    with database.connect() as connection:
        stored = connection.scalar(sa.text("SELECT count(*) FROM submissions WHERE id >= :first"), {"first": first})
        waiting = sa.select(sa.func.count()).select_from(Work).where(Work.kind == WorkKind.SUBMIT)
        left = connection.scalar(waiting)
    if stored != submissions or len(counted) != submissions:
        yield f"{submissions} submissions were sent, {stored} are stored, {len(counted)} have a verdict"
    if left:
        yield f"{left} submissions are left in the queue"
