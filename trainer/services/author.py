"""Who acts: an account, in practice or for one task of an interview, or a guest who has no account yet."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from trainer.models import Submission


@dataclass(frozen=True, slots=True)
class Author:
    """An account or a guest, whose `guest_key` is a random word in the signed cookie.

    `task_id`: what is sent, and found again, belongs to this task of an interview; practice does not see it.
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
        return sa.and_(Submission.user_id == self.user_id, Submission.task_id.is_not_distinct_from(self.task_id))
