"""How fast pages, calls and the work behind them are in a database that years of use have filled."""

from __future__ import annotations

import http.client
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer import start
from trainer.app import create_app
from trainer.bench import filling
from trainer.bench.memory import cpu_s, tree_mib
from trainer.bench.served import let_in, running
from trainer.bench.timing import measure, summary
from trainer.config import Config, own_bank
from trainer.db import db, make_engine
from trainer.models import Attempt, Interview, Problem, Purpose, Submission, User
from trainer.services import accounts, claims, idempotency, submissions, work
from trainer.services.author import Author
from trainer.services.interviews import sitting
from trainer.services.work import BRIEF, OF_STUDENTS, SLOW
from trainer.web.runtime import runtime

ROWS = 1_000_000
CLIENTS = 8
MOST_MS, MOST_WORK_MS = 50.0, 1.0
IDLE_S = 20.0
START_S = 300.0

PAGES: Mapping[str, tuple[str, ...]] = {
    "guest": ("/", "/problems", "/problems?q=queue", "/problems/{slug}"),
    "new": ("/", "/problems", "/problems/{slug}", "/progress", "/interviews", "/account"),
    "active": (
        "/",
        "/problems",
        "/problems?page=20",
        "/problems?q=the",
        "/problems?q=queue&difficulty=easy&kind=function&state=tried",
        "/problems?sort=title",
        "/problems/{slug}",
        "/problems/{slug}?submission={submission}",
        "/problems/{slug}/attempts/{submission}",
        "/problems/{slug}/reports",
        "/submissions/{submission}/result",
        "/progress",
        "/interviews",
        "/interviews/new/{format}",
        "/interviews/{interview}",
        "/interviews/{interview}/files.zip",
        "/account",
    ),
    "heavy": (
        "/",
        "/problems",
        "/problems?state=accepted&sort=open",
        "/problems/{slug}",
        "/problems/{slug}/attempts/{submission}",
        "/submissions/{submission}/result",
        "/progress",
        "/interviews",
        "/interviews/{interview}",
    ),
    "mentor": ("/mentor", "/mentor?published=20", "/mentor/reports", "/mentor/problems/{slug}.zip", "/accounts"),
    "admin": ("/mentor", "/accounts", "/accounts?q=s12&sort=seen", "/accounts?page=100", "/accounts/{heavy}"),
}
CALLS: Mapping[str, tuple[str, ...]] = {
    "guest": ("/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/problems"),
    "active": (
        "/api/v1/me",
        "/api/v1/problems",
        "/api/v1/problems?q=queue",
        "/api/v1/problems/{slug}",
        "/api/v1/problems/{slug}/attempt",
        "/api/v1/problems/{slug}/tries",
        "/api/v1/problems/{slug}/hints",
        "/api/v1/problems/{slug}/draft?language={language}",
        "/api/v1/problems/{slug}/draft/versions?language={language}",
        "/api/v1/submissions",
        "/api/v1/submissions?problem={slug}",
        "/api/v1/submissions/{submission}",
        "/api/v1/progress",
        "/api/v1/topics",
        "/api/v1/interviews",
        "/api/v1/interviews/formats",
        "/api/v1/interviews/{interview}",
        "/api/v1/interviews/{interview}/report",
        "/api/v1/interviews/{interview}/replay",
    ),
    "heavy": ("/api/v1/submissions", "/api/v1/submissions?before={middle}", "/api/v1/progress", "/api/v1/problems"),
    "mentor": ("/api/v1/mentor/uploads", "/api/v1/mentor/reports", "/api/v1/mentor/students"),
    "admin": ("/api/v1/admin/accounts", "/api/v1/admin/accounts/{heavy}", "/api/v1/admin/sign-up"),
}
EXPORTS = ("active", "heavy")


@dataclass(frozen=True)
class Caller:
    """Somebody who asks: a guest has neither a key nor a cookie. `values` fill in addresses."""

    token: str
    cookie: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """One request, told as `name`."""

    name: str
    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: Callable[[], bytes | None] = lambda: None

    @property
    def is_file(self) -> bool:
        """Is it a file that the server makes? It makes few of them at once, and refuses more."""
        return self.path.endswith(".zip")


def measure_growth(
    say: Callable[[str], None], times: int, rows: int = ROWS, home: Path | None = None
) -> dict[str, Any]:
    """All figures, as JSON values. A `home` keeps its database, and one that is filled is used as it is."""
    with tempfile.TemporaryDirectory() as made:
        config = _config(home or Path(made))
        filled_s = _fill(config, rows, say)
        callers = _callers(config)
        calls = [*_calls(callers), *_writes(callers)]
        say("statements of each request")
        statements = _statements(config, calls)
        say(f"{len(calls)} requests, {times} times each, then {CLIENTS} at once")
        with running(_settings(config), config.home / "log", within_s=START_S) as (port, pid):
            before = tree_mib(pid)
            answered = {call.name: _answered(port, pid, call, times) for call in calls}
            after = tree_mib(pid)
            exported = {name: _exported(port, pid, callers[name]) for name in EXPORTS}
            exports = tree_mib(pid)
        say("what runs behind them")
        work = _work(config)
        idle = _idle(config)
    for name, count in statements.items():
        answered[name]["statements"] = count
    return {
        "rows": rows,
        "filled_s": filled_s,
        "requests": answered,
        "exports": exported,
        "memory_mib": {"start": before, "after_requests": after, "after_exports": exports},
        "work": work,
        "idle_cpu_percent": idle,
        "too_slow": sorted(name for name, one in answered.items() if one["alone"]["p95_ms"] > MOST_MS),
        "too_slow_work": sorted(name for name, one in work.items() if one["p95_ms"] > MOST_WORK_MS),
    }


def _config(home: Path) -> Config:
    """The database is the one of the environment, or SQLite in `home`."""
    return Config(
        TRAINER_HOME=home, TRAINER_PROBLEMS=own_bank(), TRAINER_JUDGES=0, TRAINER_BACKEND="stub",
        TRAINER_RATE_LIMITS=False, DATABASE_URL=os.environ.get("DATABASE_URL", ""),
    )  # fmt: skip


def _settings(config: Config, judges: int = 0) -> dict[str, str]:
    return {
        "TRAINER_HOME": str(config.home),
        "TRAINER_PROBLEMS": str(config.problems),
        "TRAINER_JUDGES": str(judges),
        "TRAINER_BACKEND": "stub",
        "DATABASE_URL": config.database_url,
    }


def _fill(config: Config, rows: int, say: Callable[[str], None]) -> float:
    """Seconds that it took. Raises RuntimeError where somebody else uses the database."""
    began = time.monotonic()
    app = create_app(config)
    start.prepare(app, config, lambda line: None)
    with app.app_context():
        interviews = runtime().interviews
    engine = make_engine(config.sqlalchemy_url)
    with Session(engine) as session:
        if filling.is_filled(session):
            return 0.0
        if session.scalar(sa.select(sa.func.count()).select_from(User)) != 1:
            raise RuntimeError("This database is in use: the benchmark fills an empty one.")
        filling.fill(session, interviews, rows, say)
    engine.dispose()
    return round(time.monotonic() - began, 1)


def _callers(config: Config) -> dict[str, Caller]:
    names = [*filling.NAMED, *filling.STAFF]
    values: list[dict[str, Any]] = []

    def find(session: Session) -> Sequence[User]:
        users = [accounts.find_by_email(session, filling.address(name)) for name in names]
        found = [user for user in users if user is not None]
        heavy = found[names.index("heavy")].id
        values.extend(_values(session, user, heavy) for user in found)
        return found

    entered = zip(names, *let_in(config, find), strict=True)
    callers = {name: Caller(token, cookie, own) for (name, token, cookie), own in zip(entered, values, strict=True)}
    return {"guest": Caller("", "", callers["new"].values), **callers}


def _values(session: Session, user: User, heavy: int) -> dict[str, Any]:
    """What stands in addresses: of an account with rows a problem that was accepted, else any of the copies."""
    slug = session.scalar(sa.select(Problem.slug).where(Problem.slug.startswith("copy-")).limit(1))
    found: dict[str, Any] = {"slug": slug, "language": "python", "heavy": heavy}
    mine = sa.select(Submission, Problem.slug).join(Problem, Problem.id == Submission.problem_id)
    mine = mine.where(Submission.user_id == user.id, Submission.purpose == Purpose.SUBMIT, Submission.task_id.is_(None))
    solved = sa.exists().where(
        Attempt.user_id == user.id, Attempt.problem_id == Submission.problem_id, Attempt.accepted_at.is_not(None)
    )
    row = session.execute(mine.where(solved, Submission.verdict != "accepted").order_by(Submission.id).limit(1)).first()
    if row is not None:
        sent, slug = row
        interview = session.scalars(sa.select(Interview).where(Interview.user_id == user.id).limit(1)).one()
        found |= {"slug": slug, "submission": sent.id, "language": sent.language, "interview": interview.id,
                  "format": interview.format_id, "middle": sent.id + 500_000}  # fmt: skip
    return found


def _calls(callers: Mapping[str, Caller]) -> Iterator[Call]:
    for pages, key in ((PAGES, False), (CALLS, True)):
        for who, paths in pages.items():
            for path in paths:
                yield Call(f"{who} {path}", path.format(**callers[who].values), _headers(callers[who], key=key))


def _writes(callers: Mapping[str, Caller]) -> Iterator[Call]:
    """Another draft each time."""
    for who in ("active", "heavy"):
        caller = callers[who]
        path = f"/api/v1/problems/{caller.values['slug']}/draft"
        yield Call(f"{who} PUT draft", path, _headers(caller, key=True), "PUT", partial(_draft, caller))


def _draft(caller: Caller) -> bytes:
    body = {"language": caller.values["language"], "source": f"x = {time.time_ns()}" * 50, "base_revision": 0}
    return json.dumps(body | {"force": True}).encode()


def _headers(caller: Caller, *, key: bool) -> dict[str, str]:
    if not caller.token:
        return {}
    if key:
        return {"Authorization": f"Bearer {caller.token}", "Content-Type": "application/json"}
    return {"Cookie": f"trainer={caller.cookie}"}


def _ask(port: int, call: Call) -> tuple[float, int]:
    """Milliseconds until all of the answer is there, and its bytes. Raises RuntimeError for one that is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        began = time.perf_counter()
        connection.request(call.method, call.path, call.body(), dict(call.headers))
        answer = connection.getresponse()
        size = sum(map(len, iter(lambda: answer.read(2**16), b"")))
        if answer.status != 200:
            raise RuntimeError(f"{call.name}: {call.method} {call.path} is answered with {answer.status}")
        return (time.perf_counter() - began) * 1000, size
    finally:
        connection.close()


def _answered(port: int, pid: int, call: Call, times: int) -> dict[str, Any]:
    for _ in range(2):
        _ask(port, call)
    cpu = cpu_s(pid)
    alone = [_ask(port, call) for _ in range(times)]
    cpu_ms = (cpu_s(pid) - cpu) * 1000 / times
    with ThreadPoolExecutor(1 if call.is_file else CLIENTS) as clients:
        at_once = list(clients.map(lambda _: _ask(port, call)[0], range(times)))
    return {
        "alone": summary([ms for ms, _ in alone]),
        "at_once": summary(at_once),
        "cpu_ms": round(cpu_ms, 1),
        "bytes": alone[-1][1],
    }


def _exported(port: int, pid: int, caller: Caller) -> dict[str, float]:
    """All that is kept of an account: one at a time, as the server allows."""
    cpu = cpu_s(pid)
    ms, size = _ask(port, Call("export", "/api/v1/me/export", _headers(caller, key=True)))
    return {"ms": round(ms, 1), "cpu_ms": round((cpu_s(pid) - cpu) * 1000, 1), "bytes": size}


def _statements(config: Config, calls: Sequence[Call]) -> dict[str, int]:
    """How many statements each request sends to the database, of the second of two."""
    app, found = create_app(config), {}
    client = app.test_client(use_cookies=False)
    with app.app_context():
        engine = db.engine
    for call in calls:
        for _ in range(2):
            with _counted(engine) as count:
                client.open(call.path, method=call.method, headers=dict(call.headers), data=call.body())
        found[call.name] = count[0]
    return found


@contextmanager
def _counted(engine: sa.Engine) -> Iterator[list[int]]:
    count = [0]

    def add(*_: object) -> None:
        count[0] += 1

    sa.event.listen(engine, "before_cursor_execute", add)
    try:
        yield count
    finally:
        sa.event.remove(engine, "before_cursor_execute", add)


def _work(config: Config) -> dict[str, dict[str, float]]:
    """What the sweep, the judges and the streams ask again and again, while one submission waits."""
    engine = make_engine(config.sqlalchemy_url)
    with Session(engine) as session:
        user = session.scalars(sa.select(User).where(User.email == filling.address("new"))).one()
        slug = session.scalars(sa.select(Problem.slug).join(Problem.current).limit(1)).one()
        sent = session.scalars(sa.select(Submission).order_by(Submission.id.desc()).limit(1)).one()
        author, who = Author(user_id=sent.user_id, task_id=sent.task_id), Author(user_id=user.id)
        steps: dict[str, Callable[[], Any]] = {
            "look for dead workers": lambda: work.any_lapsed(session),
            "put back what they held": lambda: claims.put_back_lapsed(session),
            "ring bells": lambda: sitting.due(session),
            "old requests": lambda: idempotency.are_old(session),
            "what waits": lambda: [work.waiting(session, one, most=9) for one in (OF_STUDENTS, BRIEF, SLOW)],
            "claim the next": lambda: claims.claim_next(session, "bench", OF_STUDENTS, 10),
            "claim the next brief one": lambda: claims.claim_next(session, "bench", BRIEF, 10),
            "all streams look": lambda: submissions.progress_of_all(session, [sent.id]),
            "a stream looks": lambda: submissions.progress(session, author, sent.id),
            "the last one of a student": lambda: submissions.latest(session, who, sent.problem_id),
        }
        assert slug
        found = {name: measure(step, 200) for name, step in steps.items()}
        session.rollback()
    engine.dispose()
    return found


def _idle(config: Config) -> float:
    """Percent of a core that a server takes to which nobody comes."""
    with running(_settings(config, judges=2), config.home / "log", within_s=START_S) as (_, pid):
        time.sleep(5)
        cpu = cpu_s(pid)
        time.sleep(IDLE_S)
        return round((cpu_s(pid) - cpu) * 100 / IDLE_S, 2)
