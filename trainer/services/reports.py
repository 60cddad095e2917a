"""Students' reports on problems, for those who fix them, and the answers that students get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Invalid, NotFound
from trainer.models import Problem, ProblemVersion, Report, ReportKind, Submission, User
from trainer.services import paging
from trainer.services.attempts import REPORT_LIMIT, check_text
from trainer.services.interviews.state import held
from trainer.services.paging import Page

_Lines: TypeAlias = "sa.Select[Report, str, str, int, str]"


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
    answer: str
    answered_by: str
    is_read: bool


def count_open(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Report).where(Report.resolved_at.is_(None))) or 0


def listed(session: Session, *, number: int = 1, closed: bool = False) -> Page[ReportLine]:
    """One page of the open reports, or of the closed ones, newest first."""
    query = _lines().where(Report.resolved_at.is_not(None) if closed else Report.resolved_at.is_(None))
    total = paging.count(session, query.with_only_columns(Report.id)) if closed else count_open(session)
    return Page(_read(session, paging.on_page(query, number)), number, total)


def reported(session: Session, report_id: int) -> tuple[ReportLine, Submission]:
    """A report with the submission that came along with it. Raises NotFound where none did, or it is deleted."""
    found = _read(session, _lines().where(Report.id == report_id))
    submission = session.get(Submission, found[0].submission_id) if found and found[0].submission_id else None
    if submission is None:
        raise NotFound("No submission came along with this report.")
    return found[0], submission


def of_student(session: Session, user_id: int, *, number: int = 1) -> Page[ReportLine]:
    """One page of a student's own reports, newest first, without those on problems of the running interview."""
    query = _of(session, user_id)
    total = paging.count(session, query.with_only_columns(Report.id))
    return Page(_read(session, paging.on_page(query, number)), number, total)


def unread(session: Session, user_id: int) -> tuple[ReportLine, ...]:
    """Reports whose answers the student has not read."""
    return _read(session, _of(session, user_id).where(Report.answer != "", Report.answer_read_at.is_(None)))


def resolve(session: Session, report_id: int, *, by: str = "", answer: str = "") -> None:
    """Close a report, with an answer by somebody of this name where there is one. Raises NotFound, Invalid."""
    report = session.get(Report, report_id, with_for_update=True)
    if report is None:
        raise NotFound("There is no such report.")
    answer = answer.strip()
    if len(answer) > REPORT_LIMIT:
        raise Invalid(f"An answer has at most {REPORT_LIMIT:,} characters.", field="answer")
    check_text(answer, field="answer")
    report.resolved_at = report.resolved_at or now()
    if answer:
        report.answer, report.answered_by, report.answer_read_at = answer, by, None
    session.flush()


def mark_read(session: Session, user_id: int, report_id: int) -> None:
    """The student has read the answer. Raises NotFound."""
    report = session.scalar(sa.select(Report).where(Report.id == report_id, Report.user_id == user_id))
    if report is None:
        raise NotFound("There is no such report.")
    report.answer_read_at = report.answer_read_at or now()


def _of(session: Session, user_id: int) -> _Lines:
    return _lines().where(Report.user_id == user_id, Report.problem_id.not_in(held(session, user_id)))


def _lines() -> _Lines:
    return (
        sa.select(Report, Problem.slug, ProblemVersion.title, ProblemVersion.number, User.name)
        .join(Problem, Problem.id == Report.problem_id)
        .join(ProblemVersion, ProblemVersion.id == Report.version_id)
        .join(User, User.id == Report.user_id)
        .order_by(Report.id.desc())
    )


def _read(session: Session, query: _Lines) -> tuple[ReportLine, ...]:
    return tuple(
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
            answer=report.answer,
            answered_by=report.answered_by,
            is_read=report.answer_read_at is not None,
        )
        for report, slug, title, version, name in session.execute(query)
    )
