"""Mentors' packages on their way into the bank: sent in, checked, published or discarded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from trainer.bank.archives import ARCHIVE, load_zip, to_zip
from trainer.bank.files import Package
from trainer.bank.package import read_package, read_zip
from trainer.bank.problem import Problem as Content
from trainer.bank.report import CheckReport, Finding
from trainer.clock import now
from trainer.errors import Conflict, NotFound
from trainer.models import Priority, Problem, ProblemVersion, Upload, UploadStatus, User, WorkKind
from trainer.services import paging, publishing, sorts, work
from trainer.services.paging import Page
from trainer.services.work import Claim

OPEN = (UploadStatus.QUEUED, UploadStatus.CHECKING, UploadStatus.CHECKED)


def receive(
    session: Session, user: User, archive: bytes, *, name: str = ARCHIVE, topics: Collection[str] | None = None
) -> Upload:
    """Take a zip archive of this name in and queue its check. `topics` are those that the bank knows.

    Raises PackageError, naming every file and key that is wrong.
    """
    package, content = read_zip(archive, name, topics=topics)
    upload = Upload(
        user_id=user.id,
        slug=package.slug,
        title=content.title,
        digest=package.digest,
        files=to_zip(package),
        created_at=now(),
    )
    session.add(upload)
    session.flush()
    account = work.account_of(user.id)
    needs = sorts.needs(content.kind)
    work.add(session, WorkKind.CHECK, upload.id, priority=Priority.CHECK, account=account, needs=needs)
    return upload


def find(session: Session, user: User, upload_id: int, *, lock: bool = False) -> Upload:
    """One upload; mentors see their own, admins all. With `lock` nobody else decides over it meanwhile.

    Raises NotFound.
    """
    upload = session.get(Upload, upload_id, with_for_update=lock, populate_existing=lock)
    if upload is None or not (upload.user_id == user.id or user.role == "admin"):
        raise NotFound("There is no such upload.")
    return upload


def listed(session: Session, user: User, *, number: int = 1) -> Page[Upload]:
    """One page of the uploads, newest first: a mentor's own, of an admin all."""
    query = sa.select(Upload).order_by(Upload.id.desc())
    if user.role != "admin":
        query = query.where(Upload.user_id == user.id)
    total = paging.count(session, query.with_only_columns(Upload.id))
    return Page(tuple(session.scalars(paging.on_page(query, number))), number, total)


def package(session: Session, upload_id: int) -> Package:
    upload = session.get_one(Upload, upload_id, options=[undefer(Upload.files)])
    return load_zip(upload.files, upload.slug)


def published(session: Session, *, number: int = 1) -> Page[tuple[str, ProblemVersion]]:
    """One page of the published problems by their titles: slugs and live versions."""
    query = sa.select(Problem.slug, ProblemVersion).join(Problem, Problem.current_id == ProblemVersion.id)
    total = paging.count(session, query.with_only_columns(Problem.id))
    rows = session.execute(paging.on_page(query.order_by(sa.func.lower(ProblemVersion.title), Problem.id), number))
    return Page(tuple((slug, version) for slug, version in rows), number, total)


def live(session: Session, slug: str) -> ProblemVersion | None:
    """The version that an upload of this slug would replace."""
    return session.scalar(
        sa.select(ProblemVersion).join(Problem, Problem.current_id == ProblemVersion.id).where(Problem.slug == slug)
    )


def live_by_slug(session: Session) -> dict[str, ProblemVersion]:
    """The current version of every problem."""
    query = sa.select(Problem.slug, ProblemVersion).join(ProblemVersion, Problem.current_id == ProblemVersion.id)
    return {row[0]: row[1] for row in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Checked:
    """A package whose check has passed, unpacked and read."""

    upload_id: int
    package: Package
    content: Content


def read_checked(session: Session, user: User, upload_id: int) -> Checked:
    """What can be published. Slow; only reads. Raises NotFound, and Conflict until the check has passed."""
    _passed(find(session, user, upload_id))
    unpacked = package(session, upload_id)
    return Checked(upload_id, unpacked, read_package(unpacked.files, unpacked.slug))


def publish(session: Session, user: User, checked: Checked, *, note: str = "") -> ProblemVersion:
    """Make a package the problem's current version. Raises NotFound, Conflict."""
    upload = _passed(find(session, user, checked.upload_id, lock=True))
    version = publishing.publish(session, checked.package, content=checked.content, user_id=user.id, note=note)
    if "mistakes" in (report := upload.report or {}):
        publishing.keep_mistakes(session, version.id, report["mistakes"])
    upload.status, upload.version_id = UploadStatus.PUBLISHED, version.id
    session.flush()
    return version


def _passed(upload: Upload) -> Upload:
    if upload.status is not UploadStatus.CHECKED:
        raise Conflict(f"This upload is {upload.status}. Only one whose check has ended can be published.")
    if not upload.passed:
        raise Conflict("The check found errors. Fix them and upload the package again.")
    return upload


def discard(session: Session, user: User, upload_id: int) -> None:
    upload = find(session, user, upload_id, lock=True)
    if upload.status is UploadStatus.PUBLISHED:
        raise Conflict("This upload is published. Its version stays, because submissions point at it.")
    upload.status = UploadStatus.DISCARDED
    work.forget(session, WorkKind.CHECK, upload_id)
    session.flush()


def begin(session: Session, upload_id: int) -> bool:
    """Show that it is being checked. False where it need not be any more."""
    shown = session.execute(_moved(upload_id, UploadStatus.QUEUED, UploadStatus.CHECKING).returning(Upload.id))
    return shown.first() is not None


def wait_again(session: Session, upload_id: int) -> None:
    """Show that it waits for its check again."""
    session.execute(_moved(upload_id, UploadStatus.CHECKING, UploadStatus.QUEUED))


def give_up(session: Session, upload_id: int, lapses: int) -> None:
    """End the check, because so many workers died over it. The mentor can send the package again."""
    report = failed_check(f"Checking this was interrupted {lapses} times. Send the package again.").as_json()
    checked = _moved(upload_id, UploadStatus.CHECKING, UploadStatus.CHECKED)
    session.execute(checked.values(passed=False, report=report))


def show_report(session: Session, held: Claim, report: dict[str, Any]) -> None:
    """Show what the check has found so far."""
    session.execute(
        sa.update(Upload)
        .where(Upload.id == held.subject_id, Upload.status == UploadStatus.CHECKING, work.is_held(held))
        .values(report=report)
    )


def record(session: Session, held: Claim, *, passed: bool, report: dict[str, Any]) -> None:
    """Write what the check has found in the end, once."""
    if work.finish(session, held):
        checked = _moved(held.subject_id, UploadStatus.CHECKING, UploadStatus.CHECKED)
        session.execute(checked.values(passed=passed, report=report))


def failed_check(why: str) -> CheckReport:
    """The report of a check that failed itself."""
    return CheckReport("", (Finding("check", False, why),), done=True)


def _moved(upload_id: int, before: UploadStatus, after: UploadStatus) -> sa.Update:
    return sa.update(Upload).where(Upload.id == upload_id, Upload.status == before).values(status=after)
