"""Mentors' packages on their way into the bank: sent in, checked, published or discarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from trainer.bank.files import Package, load_zip, to_zip
from trainer.bank.package import read_package
from trainer.clock import now
from trainer.errors import Conflict, NotFound
from trainer.models import Problem, ProblemVersion, Upload, UploadStatus, User
from trainer.services import publishing

OPEN = (UploadStatus.QUEUED, UploadStatus.CHECKING, UploadStatus.CHECKED)


@dataclass(frozen=True, slots=True)
class CheckClaim:
    """The right to check one upload, as `trainer.services.judging.Claim` is for submissions."""

    upload_id: int
    fence: int


def receive(session: Session, user: User, archive: bytes) -> Upload:
    """Take a zip archive in and queue its check. Raises PackageError, naming every file and key that is wrong."""
    package = load_zip(archive)
    content = read_package(package.files, package.slug)
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


def find(session: Session, user: User, upload_id: int) -> Upload:
    """One upload; mentors see their own, admins all. Raises NotFound."""
    upload = session.get(Upload, upload_id)
    if upload is None or not (upload.user_id == user.id or user.role == "admin"):
        raise NotFound("There is no such upload.")
    return upload


def listed(session: Session, user: User, *, limit: int = 50) -> list[Upload]:
    query = sa.select(Upload).order_by(Upload.id.desc()).limit(limit)
    return list(session.scalars(query if user.role == "admin" else query.where(Upload.user_id == user.id)))


def package(session: Session, upload_id: int) -> Package:
    upload = session.get_one(Upload, upload_id, options=[undefer(Upload.files)])
    return load_zip(upload.files, upload.slug)


def live(session: Session, slug: str) -> ProblemVersion | None:
    """The version that an upload of this slug would replace."""
    return session.scalar(
        sa.select(ProblemVersion).join(Problem, Problem.current_id == ProblemVersion.id).where(Problem.slug == slug)
    )


def publish(session: Session, user: User, upload_id: int, *, note: str = "") -> ProblemVersion:
    """Make a package the problem's current version. Raises NotFound, and Conflict until its check has passed."""
    upload = find(session, user, upload_id)
    if upload.status is not UploadStatus.CHECKED:
        raise Conflict(f"This upload is {upload.status}. Only one whose check has ended can be published.")
    if not upload.passed:
        raise Conflict("The check found errors. Mend them and upload the package again.")
    version = publishing.publish(session, package(session, upload_id), user_id=user.id, note=note)
    upload.status, upload.version_id = UploadStatus.PUBLISHED, version.id
    session.flush()
    return version


def discard(session: Session, user: User, upload_id: int) -> None:
    upload = find(session, user, upload_id)
    if upload.status is UploadStatus.PUBLISHED:
        raise Conflict("This upload is published. Its version stays, because submissions point at it.")
    upload.status = UploadStatus.DISCARDED
    session.flush()


def claim(session: Session, upload_id: int, lease: timedelta) -> CheckClaim | None:
    """Take a queued upload for checking. None where it is not queued."""
    fence = session.scalar(
        sa.update(Upload)
        .where(Upload.id == upload_id, Upload.status == UploadStatus.QUEUED)
        .values(status=UploadStatus.CHECKING, fence=Upload.fence + 1, lease_until=now() + lease)
        .returning(Upload.fence)
    )
    return None if fence is None else CheckClaim(upload_id, fence)


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
        .values(status=UploadStatus.QUEUED, lease_until=None)
        .returning(Upload.id)
    )
    return len(lapsed.all())


def queued(session: Session) -> list[int]:
    return list(session.scalars(sa.select(Upload.id).where(Upload.status == UploadStatus.QUEUED).order_by(Upload.id)))


def _held(held: CheckClaim) -> sa.Update:
    return sa.update(Upload).where(
        Upload.id == held.upload_id, Upload.fence == held.fence, Upload.status == UploadStatus.CHECKING
    )
