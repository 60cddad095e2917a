"""Fills an empty database as years of use would: rows in bulk, from the bank's own answers, judged without a box."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from sandbox.model import Case, CaseResult, Judgement, Run, RunStatus, Verdict
from trainer import kinds
from trainer.bank.data import dump_cases
from trainer.bank.interviews import Format, Interviews
from trainer.bank.problem import Problem as Content
from trainer.clock import now
from trainer.db import Base
from trainer.models import (
    Attempt,
    Draft,
    HintTaken,
    Interview,
    InterviewTask,
    KnownMistakes,
    Problem,
    ProblemVersion,
    Purpose,
    Report,
    ReportKind,
    Role,
    Submission,
    SubmissionStatus,
    TestData,
    User,
)
from trainer.services import contents, search

PROBLEMS, STUDENTS = 1_000, 5_000
DAYS = 730
NAMED = {"new": 0, "middle": 200, "active": 2_000, "heavy": 10_000}
"""Accounts that pages are measured with, and how many submissions each has."""
STAFF = {"mentor": Role.MENTOR, "admin": Role.ADMIN}
GUESTS, RUNS, WRONG = 0.02, 1 / 6, 0.5
"""Shares of the submissions."""
REPORTS, INTERVIEWS, SENT_IN_INTERVIEWS = 900, 500, 4
OF_NAMED = 12
"""Each named account, the new one apart, has sat so many interviews."""
HIDDEN = 14
"""Cases of a record: with their details it comes to about six kilobytes."""
AT_ONCE = 2_000
"""Rows of one insert."""


def address(name: str) -> str:
    """The address of an account by its name."""
    return f"{name}@bench.invalid"


def is_filled(session: Session) -> bool:
    """Was this database filled before?"""
    return session.scalar(sa.select(User.id).where(User.email == address("admin"))) is not None


def fill(session: Session, interviews: Interviews, rows: int, say: Callable[[str], None]) -> None:
    """Add problems until there are a thousand, accounts, `rows` submissions, and what goes with them."""
    rng = random.Random(1)
    say(f"problems: {PROBLEMS:,}")
    _copy_problems(session)
    answers = _answers(session)
    say(f"accounts: {STUDENTS:,}")
    users = _add_users(session)
    say(f"submissions: {rows:,}")
    attempts = _Attempts()
    _insert(session, Submission, attempts.seen(_submissions(rng, users, answers, rows)))
    say(f"attempts: {len(attempts.found):,}")
    _insert(session, Attempt, attempts.rows())
    _insert(session, Draft, attempts.drafts())
    _insert(session, HintTaken, attempts.hints())
    _insert(session, Report, _reports(rng, users, answers))
    say(f"interviews: {INTERVIEWS:,}")
    _add_interviews(session, rng, _coding(interviews), users, answers)
    session.commit()
    with session.get_bind().connect().execution_options(isolation_level="AUTOCOMMIT") as line:  # type: ignore[union-attr]
        line.execute(sa.text("ANALYZE"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be sent to one version, and its judgement."""

    problem_id: int
    version_id: int
    language: str
    source: str
    verdict: str
    score: float
    record: dict[str, Any]


def _copy_problems(session: Session) -> None:
    """Copies of the bank's problems under other names. Nothing of any of them waits to be made ready."""
    versions = session.scalars(sa.select(ProblemVersion).join(Problem, Problem.current_id == ProblemVersion.id)).all()
    columns = sa.inspect(ProblemVersion).columns
    kept = session.execute(sa.select(*columns).where(ProblemVersion.id.in_([one.id for one in versions]))).mappings()
    originals = [dict(row) for row in kept]
    for number in range(PROBLEMS - len(originals)):
        original = originals[number % len(originals)]
        title = f"{original['title']} {number // len(originals) + 2}"
        values = {name: value for name, value in original.items() if name != "id"} | {"warm_up": False, "title": title}
        problem = Problem(slug=f"copy-{number:04}")
        session.add(problem)
        session.flush()
        copy = ProblemVersion(**values | {"problem_id": problem.id})
        session.add(copy)
        session.flush()
        problem.current = copy
    session.flush()
    search.bring_up_to_date(session)
    for digest in set(session.scalars(sa.select(ProblemVersion.data_digest))):
        session.merge(TestData(digest=digest, cases=dump_cases(()), count=HIDDEN, created_at=now()))
    proved = sa.select(KnownMistakes.version_id)
    left = session.scalars(sa.select(ProblemVersion.id).where(ProblemVersion.id.not_in(proved))).all()
    _insert(session, KnownMistakes, [{"version_id": number, "patterns": {}} for number in left])


def _answers(session: Session) -> dict[bool, list[Answer]]:
    """The bank's answers to every version: the accepted ones under True, the others under False."""
    found: dict[bool, list[Answer]] = {True: [], False: []}
    for version in session.scalars(sa.select(ProblemVersion).join(Problem, Problem.current_id == ProblemVersion.id)):
        content = contents.content(session, version)
        for one in _judged(content):
            found[one.verdict == "accepted"].append(replace(one, problem_id=version.problem_id, version_id=version.id))
    return found


def _judged(content: Content) -> Iterator[Answer]:
    kind = kinds.get(content.kind)
    for one in content.submissions:
        if one.language not in content.languages:
            continue
        judgement = _judgement(content, one.verdict, one.source, one.language)
        yield Answer(
            0,
            0,
            one.language,
            one.source,
            judgement.verdict,
            judgement.score,
            kind.record(content, judgement, one.language),
        )


def _judgement(content: Content, verdict: Verdict, source: str, language: str) -> Judgement:
    """What the judge would say of an answer, were all cases like the samples. A quiz is judged in earnest."""
    made = kinds.get(content.kind).job(content, content.samples, source, language)
    if isinstance(made, Judgement):
        return made
    hidden = [replace(made.cases[n % len(made.cases)], name=f"hidden {n}", sample=False) for n in range(HIDDEN)]
    failing = len(made.cases) + HIDDEN // 2
    results = [
        _result(case, Verdict.ACCEPTED if verdict is Verdict.ACCEPTED or place != failing else verdict)
        for place, case in enumerate((*made.cases, *hidden))
    ]
    accepted = sum(result.verdict is Verdict.ACCEPTED for result in results)
    return Judgement(verdict, accepted / len(results), tuple(results))


def _result(case: Case, verdict: Verdict) -> CaseResult:
    value = case.expected if verdict is Verdict.ACCEPTED else None
    run = Run(RunStatus.RETURNED, value=value, time_ms=1.5, memory_mib=12.0)
    return CaseResult(case, run=run, verdict=verdict)


def _add_users(session: Session) -> dict[str, int]:
    """Ids by names."""
    names = [*NAMED, *STAFF, *(f"s{number}" for number in range(STUDENTS))]
    new = [
        {"email": address(name), "name": f"Student {name}", "password_hash": "none", "created_at": now(),
         "role": STAFF.get(name, Role.STUDENT)}
        for name in names
    ]  # fmt: skip
    _insert(session, User, new)
    ids = {row.email: row.id for row in session.execute(sa.select(User.email, User.id))}
    return {name: ids[address(name)] for name in names}


def _submissions(
    rng: random.Random, users: dict[str, int], answers: dict[bool, list[Answer]], rows: int
) -> Iterator[dict[str, Any]]:
    """Rows from two years ago until now. Who has how many is exact for the named accounts."""
    students = [number for name, number in users.items() if name not in NAMED and name not in STAFF]
    named = [users[name] for name, count in NAMED.items() for _ in range(min(count, rows // 10))]
    owners: list[int | None] = [*named, *([None] * int(rows * GUESTS))]
    owners += [rng.choice(students) for _ in range(rows - len(owners))]
    rng.shuffle(owners)
    began, step = now() - timedelta(days=DAYS), timedelta(days=DAYS) / rows
    for place, owner in enumerate(owners):
        answer = rng.choice(answers[rng.random() >= WRONG])
        sent: dict[str, Any] = {"user_id": owner, "guest_key": None if owner else f"guest {place}", "own_inputs": []}
        purpose = Purpose.RUN if owner and rng.random() < RUNS else Purpose.SUBMIT
        yield sent | _judged_row(answer, began + place * step) | {"purpose": purpose}


def _judged_row(answer: Answer, moment: datetime) -> dict[str, Any]:
    return {
        "problem_id": answer.problem_id,
        "version_id": answer.version_id,
        "purpose": Purpose.SUBMIT,
        "language": answer.language,
        "source": answer.source,
        "created_at": moment,
        "status": SubmissionStatus.JUDGED,
        "cases_done": HIDDEN,
        "cases_total": HIDDEN,
        "judged_at": moment,
        "verdict": answer.verdict,
        "score": answer.score,
        "record": answer.record,
    }


class _Attempts:
    """The attempts that submissions make, gathered as these go by."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], dict[str, Any]] = {}

    def seen(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in rows:
            if row["user_id"] is not None:
                self._add(row)
            yield row

    def _add(self, row: dict[str, Any]) -> None:
        moment = row["created_at"]
        key = (row["user_id"], row["problem_id"])
        one = self.found.setdefault(key, {"opened_at": moment, "accepted_at": None, "last": row})
        one |= {"active_at": moment, "last": (row["language"], row["source"])}
        if one["accepted_at"] is None and row["verdict"] == "accepted" and row["purpose"] is Purpose.SUBMIT:
            one["accepted_at"] = moment

    def rows(self) -> Iterator[dict[str, Any]]:
        for (user_id, problem_id), one in self.found.items():
            times = {name: one[name] for name in ("opened_at", "active_at", "accepted_at")}
            yield {"user_id": user_id, "problem_id": problem_id, "active_s": 600.0, **times}

    def drafts(self) -> Iterator[dict[str, Any]]:
        for (user_id, problem_id), one in self.found.items():
            language, source = one["last"]
            yield {"user_id": user_id, "problem_id": problem_id, "language": language, "revision": 1,
                   "source": source, "device": "", "saved_at": one["active_at"]}  # fmt: skip

    def hints(self) -> Iterator[dict[str, Any]]:
        """Every fourth attempt has taken one."""
        for place, ((user_id, problem_id), one) in enumerate(self.found.items()):
            if place % 4 == 0:
                yield {"user_id": user_id, "problem_id": problem_id, "number": 1, "taken_at": one["opened_at"]}


def _reports(rng: random.Random, users: dict[str, int], answers: dict[bool, list[Answer]]) -> Iterator[dict[str, Any]]:
    """Half of them are answered."""
    for number in range(REPORTS):
        answer = rng.choice(answers[True])
        moment = now() - timedelta(days=DAYS) * (1 - number / REPORTS)
        closed = {"resolved_at": moment, "answer": "It says so now."} if number % 2 else {"resolved_at": None}
        yield {"user_id": users[f"s{number % STUDENTS}"], "problem_id": answer.problem_id, "kind": ReportKind.STATEMENT,
               "version_id": answer.version_id, "text": "What is meant by the second sentence? " * 8,
               "created_at": moment, "answer": "", **closed}  # fmt: skip


def _coding(interviews: Interviews) -> Format:
    """A format that asks for programs alone."""
    return next(one for one in interviews.formats if all(rule.kinds for rule in one.tasks))


def _add_interviews(
    session: Session, rng: random.Random, format: Format, users: dict[str, int], answers: dict[bool, list[Answer]]
) -> None:
    """Interviews of a format that are over, with what was sent in them."""
    named = [users[name] for name in NAMED if name != "new"] * OF_NAMED
    sitters = [*named, *(users[f"s{number}"] for number in range(INTERVIEWS - len(named)))]
    rng.shuffle(sitters)
    sent: list[dict[str, Any]] = []
    for place, user_id in enumerate(sitters):
        moment = now() - timedelta(days=DAYS) * (1 - place / len(sitters)) - timedelta(days=1)
        drawn = [rng.choice(answers[True]) for _ in format.tasks]
        interview = Interview(
            user_id=user_id, format_id=format.id, format=format.as_json(), seed=place, factor=1.0, demo=False,
            started_at=moment, bell_at=moment + timedelta(minutes=format.minutes),
            closed_at=moment + timedelta(minutes=format.minutes),
            tasks=[
                InterviewTask(number=number, version_id=answer.version_id, points=rule.points / 2)
                for number, (rule, answer) in enumerate(zip(format.tasks, drawn, strict=True), 1)
            ],
        )  # fmt: skip
        session.add(interview)
        session.flush()
        for number in range(SENT_IN_INTERVIEWS):
            task, answer = interview.tasks[number % len(drawn)], drawn[number % len(drawn)]
            row = _judged_row(answer, moment + timedelta(minutes=1 + number))
            sent.append(row | {"user_id": user_id, "task_id": task.id, "own_inputs": []})
    _insert(session, Submission, sent)


def _insert(session: Session, model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        session.execute(sa.insert(model.__table__), some)  # type: ignore[arg-type]
        session.commit()
