"""Mentors' packages on their way into the bank: sent in, checked, published or discarded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from trainer.bank.archives import ARCHIVE, load_zip, to_zip
from trainer.bank.files import Package
from trainer.bank.package import read_package, read_zip
from trainer.bank.problem import Problem as Content
from trainer.clock import now
from trainer.errors import Conflict, NotFound
from trainer.models import Problem, ProblemVersion, Upload, UploadStatus, User
from trainer.services import paging, publishing
from trainer.services.paging import Page

MOST_LAPSES = 5
"""An upload over which so many workers died is not checked again."""
OPEN = (UploadStatus.QUEUED, UploadStatus.CHECKING, UploadStatus.CHECKED)


@dataclass(frozen=True, slots=True)
class CheckClaim:
    """The right to check one upload, as `trainer.services.judging.Claim` is for submissions."""

    upload_id: int
    fence: int
    lapses: int = 0


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
    session.flush()


def claim(session: Session, upload_id: int, lease: timedelta) -> CheckClaim | None:
    """Take a queued upload for checking. None where it is not queued."""
    row = session.execute(
        sa.update(Upload)
        .where(Upload.id == upload_id, Upload.status == UploadStatus.QUEUED)
        .values(status=UploadStatus.CHECKING, fence=Upload.fence + 1, lease_until=now() + lease)
        .returning(Upload.fence, Upload.lapses)
    ).one_or_none()
    return None if row is None else CheckClaim(upload_id, row.fence, row.lapses)


def claim_next(session: Session, lease: timedelta) -> CheckClaim | None:
    """Take the upload that has waited longest. None where none waits."""
    while waiting := queued(session, limit=1):
        held = claim(session, waiting[0], lease)
        if held is not None:
            return held
    return None


def renew(session: Session, held: CheckClaim, lease: timedelta) -> None:
    session.execute(_held(held).values(lease_until=now() + lease))


def show_report(session: Session, held: CheckClaim, report: dict[str, Any]) -> None:
    """Show what the check has found so far."""
    session.execute(_held(held).values(report=report))


def put_back(session: Session, held: CheckClaim) -> None:
    session.execute(_held(held).values(status=UploadStatus.QUEUED, lease_until=None))


def record(session: Session, held: CheckClaim, *, passed: bool, report: dict[str, Any]) -> None:
    """Write what the check has found in the end."""
    session.execute(_held(held).values(status=UploadStatus.CHECKED, lease_until=None, passed=passed, report=report))


def put_back_lapsed(session: Session) -> int:
    lapsed = session.scalars(
        sa.update(Upload)
        .where(Upload.status == UploadStatus.CHECKING, Upload.lease_until < now())
        .values(status=UploadStatus.QUEUED, lease_until=None, lapses=Upload.lapses + 1)
        .returning(Upload.id)
    )
    return len(lapsed.all())


def queued(session: Session, *, limit: int = 1000) -> list[int]:
    """Ids of what waits for its check, oldest first."""
    query = sa.select(Upload.id).where(Upload.status == UploadStatus.QUEUED).order_by(Upload.id).limit(limit)
    return list(session.scalars(query))


def _held(held: CheckClaim) -> sa.Update:
    return sa.update(Upload).where(
        Upload.id == held.upload_id, Upload.fence == held.fence, Upload.status == UploadStatus.CHECKING
    )
