"""How much more several workers judge than one, and what a judgement costs them and the database. Needs PostgreSQL."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sandbox.model import AnyJob, Run
from trainer import migrate
from trainer.bench import yardsticks
from trainer.bench.memory import cpu_s
from trainer.bench.packages import function
from trainer.bench.served import process, slug, write_package, write_topics
from trainer.bench.stub_worker import BOX_S
from trainer.clock import now
from trainer.config import Config
from trainer.db import Sessions, make_engine
from trainer.models import Attempt, Problem, ProblemVersion, Purpose, Role, Submission, User, Work, WorkKind
from trainer.services import contents, judging, publishing, workers

COUNTS = (1, 2, 8)
GOALS = {2: 1.95, 8: 7.5}
"""So many workers judge at least so many times what one does."""
JUDGES, HIDDEN = 1, 1
ROUNDS = 3
WARM_S, MEASURED_S = 2.0, 10.0
"""At the beginning workers look around; what they judge then is not counted."""
THERE_S, LOOK_S = 180.0, 0.1
AT_ONCE = 1000


@dataclass(frozen=True)
class _Seen:
    """What was judged in a measured time, and the CPU seconds that it took."""

    seconds: float
    judged: int
    workers_cpu_s: float
    database_cpu_s: float | None

    def figures(self) -> dict[str, float | None]:
        each = None if self.database_cpu_s is None else self.database_cpu_s / self.judged
        return {
            "judged_per_s": round(self.judged / self.seconds, 2),
            "worker_cpu_ms": round(1000 * self.workers_cpu_s / self.judged, 2),
            "database_cpu_ms": None if each is None else round(1000 * each, 2),
        }


def measure_workers(
    say: Callable[[str], None], database_url: str, broker_url: str = "", counts: Sequence[int] = COUNTS,
    *, rounds: int = ROUNDS, measured_s: float = MEASURED_S,
) -> dict[str, Any]:  # fmt: skip
    """Submissions judged a second by so many workers, in turns, while more wait than they can do.

    Each worker judges `JUDGES` at once, in boxes that take `BOX_S` and no processor. `database_url` names a PostgreSQL
    database whose rows are of no worth, `broker_url` a RabbitMQ.
    """
    seen: dict[int, list[dict[str, float | None]]] = {count: [] for count in counts}
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        config = Config(
            TRAINER_HOME=home, TRAINER_PROBLEMS=home / "problems", TRAINER_BACKEND="stub", TRAINER_JUDGES=JUDGES,
            DATABASE_URL=database_url, TRAINER_BROKER=broker_url,
        )  # fmt: skip
        bench = _Bench(config)
        for number in range(rounds):
            for count in counts:
                say(f"workers: {count}, round {number + 1} of {rounds}")
                seen[count].append(bench.measure(count, measured_s).figures())
        bench.close()
    found = {str(count): _medians(seen[count]) for count in counts}
    first = found[str(counts[0])]["judged_per_s"]
    assert first is not None
    return {
        "box_ms": 1000 * BOX_S,
        "judges_each": JUDGES,
        "rounds": rounds,
        "by_count": {
            count: {**one, "times_one": round((one["judged_per_s"] or 0) / first, 3)} for count, one in found.items()
        },
        "seen": {str(count): rows for count, rows in seen.items()},
    }


def verdicts(figures: dict[str, Any]) -> dict[str, bool]:
    """Which of the goals a run reached."""
    return {
        f"{count} workers judge >= {times} x one": figures["by_count"][str(count)]["times_one"] >= times
        for count, times in GOALS.items()
    }


def _medians(rows: list[dict[str, float | None]]) -> dict[str, float | None]:
    values = {name: [row[name] for row in rows] for name in rows[0]}
    return {
        name: None if None in some else statistics.median(one for one in some if one is not None)
        for name, some in values.items()
    }


class _Bench:
    """A database with one problem, whose hidden data is made, and a queue that is filled for each measurement."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._engine = make_engine(config.sqlalchemy_url)
        self._sessions = Sessions.of(self._engine)
        migrate.upgrade(self._engine)
        write_package(config.problems / slug(HIDDEN), {p: text.encode() for p, text in function(HIDDEN).items()})
        write_topics(config.problems)
        with self._sessions.writing() as session:
            list(publishing.sync(session, config.problems))
            self._version = session.scalars(
                sa.select(ProblemVersion)
                .join(Problem, Problem.current_id == ProblemVersion.id)
                .where(Problem.slug == slug(HIDDEN))
            ).one()
            publishing.keep(session, publishing.prepare(contents.content(session, self._version), _nothing_to_run))
            session.execute(sa.delete(Work))

    def measure(self, count: int, measured_s: float) -> _Seen:
        rows = int(1.2 * count * JUDGES / BOX_S * (WARM_S + measured_s))
        users = self._add_users(rows)
        try:
            with self._working(count) as pids:
                self._queue(users)
                self._wait(lambda: self._judged() > count)
                time.sleep(WARM_S)
                return self._watch(pids, measured_s)
        finally:
            self._clear(users)

    def close(self) -> None:
        self._engine.dispose()

    def _watch(self, pids: Sequence[int], measured_s: float) -> _Seen:
        before = self._judged(), sum(map(cpu_s, pids)), self._database_cpu_s(), time.monotonic()
        time.sleep(measured_s)
        after = self._judged(), sum(map(cpu_s, pids)), self._database_cpu_s(), time.monotonic()
        database = None if before[2] is None or after[2] is None else after[2] - before[2]
        return _Seen(after[3] - before[3], after[0] - before[0], after[1] - before[1], database)

    @contextmanager
    def _working(self, count: int) -> Iterator[list[int]]:
        """So many workers that are there, and no others: their processes."""
        config = self._config
        settings = {
            "TRAINER_HOME": str(config.home),
            "TRAINER_PROBLEMS": str(config.problems),
            "TRAINER_JUDGES": str(JUDGES),
            "TRAINER_WARM_DATA_BOXES": "0",
            "TRAINER_WARM_SERVICE_BOXES": "0",
            "DATABASE_URL": config.database_url,
            "TRAINER_BROKER": config.broker_url,
        }
        with ExitStack() as stack:
            started = [
                stack.enter_context(process(("trainer.bench.stub_worker",), settings, config.home / f"log-{number}"))
                for number in range(count)
            ]
            self._wait(lambda: self._able() == count)
            yield [one.pid for one in started]

    def _able(self) -> int:
        with self._sessions.reading() as session:
            return sum(one.can_judge for one in workers.present(session))

    def _judged(self) -> int:
        """Of what was queued by now: what is not in the queue any more."""
        with self._sessions.reading() as session:
            left = session.scalar(sa.select(sa.func.count()).select_from(Work).where(Work.kind == WorkKind.SUBMIT))
        return self._queued - (left or 0)

    def _add_users(self, count: int) -> list[int]:
        """Accounts, each for one submission: of one account only one waits in each language."""
        stamp = time.time_ns()
        new = [
            {"email": f"w{stamp}-{number}@bench.invalid", "name": "Student", "role": Role.STUDENT, "created_at": now()}
            for number in range(count)
        ]
        with self._sessions.writing() as session:
            for place in range(0, count, AT_ONCE):
                session.execute(sa.insert(User), new[place : place + AT_ONCE])
            return list(session.scalars(sa.select(User.id).where(User.email.startswith(f"w{stamp}-"))))

    def _queue(self, users: Sequence[int]) -> None:
        self._queued = len(users)
        version = self._version
        sent = [
            {"user_id": user_id, "problem_id": version.problem_id, "version_id": version.id, "language": "python",
             "purpose": Purpose.SUBMIT, "source": yardsticks.SOURCE, "own_inputs": [], "created_at": now()}
            for user_id in users
        ]  # fmt: skip
        with self._sessions.writing() as session:
            session.execute(sa.insert(Submission), sent)
            rows = session.scalars(sa.select(Submission).where(Submission.user_id.in_(users)).order_by(Submission.id))
            tried = {"problem_id": version.problem_id, "opened_at": now(), "active_at": now(), "active_s": 0.0}
            session.execute(sa.insert(Attempt), [{"user_id": user_id, **tried} for user_id in users])
            for submission in rows.all():
                judging.queue(session, submission, version)

    def _clear(self, users: Sequence[int]) -> None:
        with self._sessions.writing() as session:
            session.execute(sa.delete(Work))
            session.execute(sa.delete(User).where(User.id.in_(users)))
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.execute(sa.text("VACUUM ANALYZE work, submissions, users"))

    def _database_cpu_s(self) -> float | None:
        """Seconds of CPU of PostgreSQL's processes. None where they are not ours to look at, or elsewhere."""
        with self._sessions.reading() as session:
            pid = session.scalar(sa.select(sa.func.pg_backend_pid()))
        try:
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            if not Path(f"/proc/{parent}/comm").read_text().startswith("postgres"):
                return None
            return cpu_s(parent)
        except OSError:
            return None

    def _wait(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + THERE_S
        while not is_so():
            if time.monotonic() > deadline:
                logs = "\n".join(path.read_text() for path in self._config.home.glob("log-*"))
                raise RuntimeError(f"the workers do not judge:\n{logs}")
            time.sleep(LOOK_S)


def _nothing_to_run(job: AnyJob) -> tuple[Run, ...]:
    raise AssertionError(f"all cases say what is expected, so nothing is run: {job}")
