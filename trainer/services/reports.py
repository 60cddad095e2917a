"""Students' reports on problems, for those who mend them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import NotFound
from trainer.models import Problem, ProblemVersion, Report, ReportKind, User
from trainer.services import paging
from trainer.services.paging import Page


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report, with the problem's name and the student's. `version` is the one that the student saw."""

    id: int
    kind: ReportKind
    text: str
    created_at: datetime
    slug: str
    title: str
    version: int
    by: str
    submission_id: int | None
    resolved_at: datetime | None


def count_open(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Report).where(Report.resolved_at.is_(None))) or 0


def listed(session: Session, *, number: int = 1) -> Page[ReportLine]:
    """One page of the open reports, newest first."""
    query = (
        sa.select(Report, Problem.slug, ProblemVersion.title, ProblemVersion.number, User.name)
        .join(Problem, Problem.id == Report.problem_id)
        .join(ProblemVersion, ProblemVersion.id == Report.version_id)
        .join(User, User.id == Report.user_id)
        .where(Report.resolved_at.is_(None))
        .order_by(Report.id.desc())
    )
    lines = [
        ReportLine(
            id=report.id,
            kind=report.kind,
            text=report.text,
            created_at=report.created_at,
            slug=slug,
            title=title,
            version=version,
            by=name,
            submission_id=report.submission_id,
            resolved_at=report.resolved_at,
        )
        for report, slug, title, version, name in session.execute(paging.on_page(query, number))
    ]
    return Page(tuple(lines), number, count_open(session))


def resolve(session: Session, report_id: int) -> None:
    """Close a report. Raises NotFound."""
    report = session.get(Report, report_id)
    if report is None:
        raise NotFound("There is no such report.")
    report.resolved_at = report.resolved_at or now()
    session.flush()
