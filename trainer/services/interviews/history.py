"""How a student's interviews went, format by format: what the progress page shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.models import Interview
from trainer.services.interviews import scores, sitting
from trainer.services.interviews.state import title_of


@dataclass(frozen=True, slots=True)
class Sat:
    """One interview that is over. `score` is out of 100; None where nothing is scored, or it was left early."""

    id: int
    started_at: datetime
    abandoned: bool
    score: int | None


@dataclass(frozen=True, slots=True)
class FormatHistory:
    """The interviews of one format, the earliest first."""

    id: str
    title: str
    sat: tuple[Sat, ...]

    @property
    def scores(self) -> tuple[int, ...]:
        return tuple(one.score for one in self.sat if one.score is not None)

    @property
    def latest(self) -> Sat:
        return self.sat[-1]

    @property
    def change(self) -> int | None:
        """By how many points the last score differs from the one before; None where there is no such pair."""
        return self.scores[-1] - self.scores[-2] if len(self.scores) > 1 else None


def by_format(session: Session, user_id: int) -> list[FormatHistory]:
    """The student's latest page of interviews, grouped by format. The format that was sat last comes first."""
    found: dict[str, tuple[str, list[Sat]]] = {}
    for interview in sitting.listed_over(session, user_id, 1).items:
        sat = found.setdefault(interview.format_id, (title_of(interview), []))[1]
        sat.append(_sat(session, interview))
    return [FormatHistory(form, title, tuple(reversed(sat))) for form, (title, sat) in found.items()]


def recommended(formats: Sequence[FormatHistory], possible: Sequence[str]) -> str | None:
    """The id of the format to take next: the first one that was never taken, else the one with the lowest last score.

    `possible` are the ids of the formats that can be sat. None where all were taken and none of them is scored.
    """
    taken = {one.id: one.scores[-1] for one in formats if one.scores}
    fresh = [form for form in possible if form not in {one.id for one in formats}]
    if fresh:
        return fresh[0]
    scored = [form for form in possible if form in taken]
    return min(scored, key=taken.__getitem__, default=None)


def _sat(session: Session, interview: Interview) -> Sat:
    score = None if interview.abandoned else scores.score_of(session, interview)
    return Sat(interview.id, interview.started_at, interview.abandoned, score)
