"""Who acts: an account, in practice or for one task of an interview, or a guest who has no account yet."""

from __future__ import annotations

from dataclasses import dataclass

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
        if self.user_id is None:
            return Submission.guest_key == self.guest_key
        mine = Submission.user_id == self.user_id
        if self.task_id is not None:
            return sa.and_(mine, Submission.task_id == self.task_id)
        tasks = sa.select(InterviewTask.id).join(Interview).where(Interview.user_id == self.user_id)
        over = tasks.where(Interview.closed_at.is_not(None), ~Interview.demo)
        asked_now = (
            tasks.with_only_columns(ProblemVersion.problem_id)
            .join(ProblemVersion)
            .where(Interview.closed_at.is_(None), ~Interview.demo)
        )
        return sa.and_(
            mine,
            sa.or_(Submission.task_id.is_(None), Submission.task_id.in_(over)),
            Submission.problem_id.not_in(asked_now),
        )
