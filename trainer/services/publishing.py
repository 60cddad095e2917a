"""From packages to published versions: syncing the bank's folder, mentors' uploads, hidden data made ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from sandbox.model import AnyJob, Run
from trainer import kinds
from trainer.bank.data import data_digest, dump_cases, resolve
from trainer.bank.files import Package, load_folder, to_zip
from trainer.bank.package import list_bank, read_package
from trainer.bank.problem import Problem as Content
from trainer.clock import now
from trainer.errors import TrainerError
from trainer.models import KnownMistakes, Problem, ProblemVersion, TestData

RunJob = Callable[[AnyJob], tuple[Run, ...]]


def sync(session: Session, folder: Path) -> Iterator[tuple[str, str]]:
    """Store a version of every package that changed, and yield (slug, what happened).

    What happens is "unchanged", "new", "version 3", or the error of a package that cannot be read; the others are
    stored all the same. A problem whose folder is gone stays: submissions point at it.
    """
    for slug in list_bank(folder):
        try:
            yield slug, _publish_package(session, load_folder(folder / slug))
        except TrainerError as error:
            yield slug, str(error)


def publish(
    session: Session, package: Package, *, content: Content | None = None, user_id: int | None = None, note: str = ""
) -> ProblemVersion:
    """Make a package the problem's current version. One with the same content becomes current again."""
    content = content or read_package(package.files, package.slug)
    problem = session.scalar(sa.select(Problem).where(Problem.slug == package.slug))
    if problem is None:
        problem = Problem(slug=package.slug)
        session.add(problem)
        session.flush()
    version = session.scalar(
        sa.select(ProblemVersion).where(
            ProblemVersion.problem_id == problem.id, ProblemVersion.digest == package.digest
        )
    )
    if version is None:
        version = _new_version(session, problem, package, content, user_id, note)
    problem.current = version
    session.flush()
    return version


def hidden_cases(session: Session, version: ProblemVersion) -> TestData | None:
    """The version's test data, if it was made ready already."""
    return session.get(TestData, version.data_digest, options=[undefer(TestData.cases)])


def count_hidden(session: Session, version: ProblemVersion) -> int | None:
    """How many hidden cases a version has. None until its test data is made ready."""
    return session.scalar(sa.select(TestData.count).where(TestData.digest == version.data_digest))


def prepare(content: Content, run: RunJob) -> TestData:
    """Make a version's test data: run its generator and reference. Slow; touches no database. Raises BankError."""
    cases = resolve(content, run)
    hidden = sum(not case.sample for case in cases)
    return TestData(digest=data_digest(content), cases=dump_cases(cases), count=hidden, created_at=now())


def keep(session: Session, data: TestData) -> None:
    """Store test data, unless somebody else has done so meanwhile."""
    if session.get(TestData, data.digest) is None:
        session.add(data)
        session.flush()


def keep_mistakes(session: Session, version_id: int, patterns: Mapping[str, str]) -> None:
    session.merge(KnownMistakes(version_id=version_id, patterns=dict(patterns)))
    session.flush()


def unprepared(session: Session) -> list[int]:
    """Ids of current versions whose test data or known mistakes are not made ready, the warm-up first."""
    query = (
        sa.select(ProblemVersion.id)
        .join(Problem, Problem.current_id == ProblemVersion.id)
        .outerjoin(TestData, TestData.digest == ProblemVersion.data_digest)
        .outerjoin(KnownMistakes, KnownMistakes.version_id == ProblemVersion.id)
        .where(sa.or_(TestData.digest.is_(None), KnownMistakes.version_id.is_(None)))
        .order_by(ProblemVersion.warm_up.desc(), ProblemVersion.id)
    )
    return list(session.scalars(query))


def _publish_package(session: Session, package: Package) -> str:
    before = session.scalar(
        sa.select(ProblemVersion.digest)
        .join(Problem, Problem.current_id == ProblemVersion.id)
        .where(Problem.slug == package.slug)
    )
    if before == package.digest:
        return "unchanged"
    version = publish(session, package)
    return "new" if version.number == 1 else f"version {version.number}"


def _new_version(
    session: Session, problem: Problem, package: Package, content: Content, user_id: int | None, note: str
) -> ProblemVersion:
    last = session.scalar(sa.select(sa.func.max(ProblemVersion.number)).where(ProblemVersion.problem_id == problem.id))
    version = ProblemVersion(
        problem_id=problem.id,
        number=(last or 0) + 1,
        digest=package.digest,
        files=to_zip(package),
        data_digest=data_digest(content),
        title=content.title,
        kind=content.kind,
        label=kinds.get(content.kind).label(content),
        difficulty=content.difficulty,
        topics=list(content.topics),
        minutes=content.minutes,
        warm_up=content.warm_up,
        search_text=f"{content.title}\n{' '.join(content.topics)}\n{content.statement}".lower(),
        created_at=now(),
        created_by_id=user_id,
        note=note[:400],
    )
    session.add(version)
    session.flush()
    return version
