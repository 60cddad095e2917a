"""Students' reports on problems, for those who mend them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import NotFound
from trainer.models import Problem, ProblemVersion, Report, ReportKind, User


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


def listed(session: Session, *, open_only: bool = True) -> list[ReportLine]:
    """Reports, newest first."""
    query = (
        sa.select(Report, Problem.slug, ProblemVersion.title, ProblemVersion.number, User.name)
        .join(Problem, Problem.id == Report.problem_id)
        .join(ProblemVersion, ProblemVersion.id == Report.version_id)
        .join(User, User.id == Report.user_id)
        .order_by(Report.id.desc())
        .limit(200)
    )
    if open_only:
        query = query.where(Report.resolved_at.is_(None))
    return [
        ReportLine(
            id=report.id,
            kind=report.kind,
            text=report.text,
            created_at=report.created_at,
            slug=slug,
            title=title,
            version=number,
            by=name,
            submission_id=report.submission_id,
            resolved_at=report.resolved_at,
        )
        for report, slug, title, number, name in session.execute(query)
    ]


def resolve(session: Session, report_id: int) -> None:
    """Close a report. Raises NotFound."""
    report = session.get(Report, report_id)
    if report is None:
        raise NotFound("There is no such report.")
    report.resolved_at = report.resolved_at or now()
    session.flush()
