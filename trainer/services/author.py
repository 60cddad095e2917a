"""Who acts: an account, in practice or for one task of an interview, or a guest who has no account yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trainer.models import Interview, InterviewTask, ProblemVersion, Submission


@dataclass(frozen=True, slots=True)
class Author:
    """An account or a guest, whose `guest_key` is a random word in the signed cookie.

    `task_id`: what is sent, and found again, belongs to this task of an interview. Practice sees it from the end of
    the interview on, of a demo never. While one runs, practice sees nothing of its problems, earlier tries neither.
    """

    user_id: int | None = None
    guest_key: str | None = None
    task_id: int | None = None

    @property
    def is_guest(self) -> bool:
        return self.user_id is None

    def owns(self) -> sa.ColumnElement[bool]:
        """The condition that a submission is this author's."""
        return _CONDITIONS[self.sort](self.user_id, self.guest_key, self.task_id)

    @property
    def sort(self) -> str:
        """Authors of one sort have the same condition, with other values."""
        return "guest" if self.user_id is None else "practice" if self.task_id is None else "task"

    @property
    def values(self) -> dict[str, Any]:
        """What `bound` leaves open."""
        return {"author_user": self.user_id, "author_guest": self.guest_key, "author_task": self.task_id}


def bound(sort: str) -> sa.ColumnElement[bool]:
    """The condition of all authors of a sort, for queries that are made once and executed with an author's `values`."""
    return _CONDITIONS[sort](*(sa.bindparam(name) for name in ("author_user", "author_guest", "author_task")))


def _of_guest(_user_id: Any, guest_key: Any, _task_id: Any) -> sa.ColumnElement[bool]:
    mine: sa.ColumnElement[bool] = Submission.guest_key == guest_key
    return mine


def _of_task(user_id: Any, _guest_key: Any, task_id: Any) -> sa.ColumnElement[bool]:
    return sa.and_(Submission.user_id == user_id, Submission.task_id == task_id)


def _of_practice(user_id: Any, _guest_key: Any, _task_id: Any) -> sa.ColumnElement[bool]:
    tasks = sa.select(InterviewTask.id).join(Interview).where(Interview.user_id == user_id)
    over = tasks.where(Interview.closed_at.is_not(None), ~Interview.demo)
    asked_now = (
        tasks.with_only_columns(ProblemVersion.problem_id)
        .join(ProblemVersion)
        .where(Interview.closed_at.is_(None), ~Interview.demo)
    )
    return sa.and_(
        Submission.user_id == user_id,
        sa.or_(Submission.task_id.is_(None), Submission.task_id.in_(over)),
        Submission.problem_id.not_in(asked_now),
    )


_CONDITIONS = {"guest": _of_guest, "practice": _of_practice, "task": _of_task}
SORTS = tuple(_CONDITIONS)
