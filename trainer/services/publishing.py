"""From packages to published versions: syncing the bank's folder, mentors' uploads, hidden data made ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from sandbox.model import AnyJob, Run
from trainer import kinds
from trainer.bank import proofs, stored
from trainer.bank.archives import to_zip
from trainer.bank.data import data_digest, dump_cases, resolve
from trainer.bank.files import Package, load_folder
from trainer.bank.package import list_bank, read_package
from trainer.bank.problem import Problem as Content
from trainer.clock import now
from trainer.errors import BankError, TrainerError
from trainer.models import KnownMistakes, Problem, ProblemVersion, TestData
from trainer.services import contents, listing, preparing, search, upsert

RunJob = Callable[[AnyJob], tuple[Run, ...]]


def sync(session: Session, folder: Path) -> Iterator[tuple[str, str]]:
    """Store a version of every package that changed, and yield (slug, what happened).

    What happens is "unchanged", "new", "version 3", or the error of a package that cannot be read; the others are
    stored all the same. Unchanged is a folder that is as it was at the last sync: a version that a mentor published
    since stays current. A problem whose folder is gone stays: submissions point at it.
    """
    for slug in list_bank(folder):
        try:
            yield slug, _sync_package(session, load_folder(folder / slug))
        except TrainerError as error:
            yield slug, str(error)
    _keep_proved_mistakes(session, folder)


def publish(
    session: Session, package: Package, *, content: Content | None = None, user_id: int | None = None, note: str = ""
) -> ProblemVersion:
    """Make a package the problem's current version. One with the same files becomes current again.

    That one says what it said, whatever today's rules make of its files; only what cannot be read is read anew.
    """
    content = content or read_package(package.files, package.slug)
    listing.say_changed(session)
    mine = upsert.locking(sa.select(Problem).where(Problem.slug == package.slug))  # versions are numbered in turn
    problem, _ = upsert.find_or_insert(session, mine, {"slug": package.slug})
    version = session.scalar(
        sa.select(ProblemVersion).where(
            ProblemVersion.problem_id == problem.id, ProblemVersion.digest == package.digest
        )
    )
    if version is None:
        version = _new_version(session, problem, package, content, user_id, note)
    elif not contents.is_readable(session, version):
        version.content, version.content_format = stored.write(content), stored.FORMAT
    problem.current = version
    session.flush()
    preparing.queue(session, version)
    search.put(session, problem, version, content)
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
    kept = ("digest", "cases", "count", "created_at")
    upsert.insert(session, TestData, {name: getattr(data, name) for name in kept})


def keep_mistakes(session: Session, version_id: int, patterns: Mapping[str, str]) -> None:
    found = {"patterns": dict(patterns)}
    new = {"version_id": version_id, **found}
    upsert.put(session, KnownMistakes, (KnownMistakes.version_id,), new, found)


def _sync_package(session: Session, package: Package) -> str:
    problem = session.scalar(sa.select(Problem).where(Problem.slug == package.slug))
    before = problem.current if problem is not None else None
    if problem is not None and problem.synced_digest == package.digest and not _is_lost(before, package):
        return "unchanged"
    version = publish(session, package)
    version.problem.synced_digest = package.digest
    session.flush()
    if before is not None and before.id == version.id:
        return "unchanged"
    return "new" if version.number == 1 else f"version {version.number}"


def _keep_proved_mistakes(session: Session, folder: Path) -> None:
    """Store what the folder's proofs say of known mistakes, for versions of which nobody has worked it out yet."""
    try:
        kept = proofs.read_proofs(folder)
    except BankError:
        return  # a check of the bank says so; what it would have told is worked out in the background
    query = (
        sa.select(Problem.slug, ProblemVersion)
        .join(ProblemVersion, Problem.current_id == ProblemVersion.id)
        .outerjoin(KnownMistakes, KnownMistakes.version_id == ProblemVersion.id)
        .where(KnownMistakes.version_id.is_(None), Problem.slug.in_(kept))
    )
    for slug, version in session.execute(query).all():
        proof = kept[slug]
        if proof.mistakes is not None and proof.basis == _basis_of(session, version):
            keep_mistakes(session, version.id, proof.mistakes)


def _basis_of(session: Session, version: ProblemVersion) -> proofs.Basis:
    used = {submission.language for submission in contents.content(session, version).submissions}
    return proofs.basis_of(version.digest, version.kind, used)


def _is_lost(current: ProblemVersion | None, package: Package) -> bool:
    """Is the folder's version the current one, and stored in a way that this release cannot read?"""
    return current is None or (current.digest == package.digest and current.content_format not in stored.READERS)


def _new_version(
    session: Session, problem: Problem, package: Package, content: Content, user_id: int | None, note: str
) -> ProblemVersion:
    last = session.scalar(sa.select(sa.func.max(ProblemVersion.number)).where(ProblemVersion.problem_id == problem.id))
    version = ProblemVersion(
        problem_id=problem.id,
        number=(last or 0) + 1,
        digest=package.digest,
        files=to_zip(package),
        content=stored.write(content),
        content_format=stored.FORMAT,
        data_digest=data_digest(content),
        title=content.title,
        kind=content.kind,
        label=kinds.get(content.kind).label(content),
        difficulty=content.difficulty,
        topics=list(content.topics),
        minutes=content.minutes,
        warm_up=content.warm_up,
        known_as=list(content.known_as),
        created_at=now(),
        created_by_id=user_id,
        note=note[:400],
    )
    session.add(version)
    session.flush()
    return version
