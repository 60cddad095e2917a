"""Who acts: an account, or a guest who has none yet."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from trainer.models import Submission


@dataclass(frozen=True, slots=True)
class Author:
    """Exactly one of the two is set. `guest_key` is a random word in the guest's signed cookie."""

    user_id: int | None = None
    guest_key: str | None = None

    @property
    def is_guest(self) -> bool:
        return self.user_id is None

    def owns(self) -> sa.ColumnElement[bool]:
        """The condition that a submission is this author's."""
        if self.user_id is not None:
            return Submission.user_id == self.user_id
        return Submission.guest_key == self.guest_key
