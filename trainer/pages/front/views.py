"""The front page: one task that anybody can solve at once, and the way on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.db import db, row_number
from trainer.learning.progress import State, Work
from trainer.models import Submission
from trainer.pages.asked import wants_fragment
from trainer.pages.problem.desk import Desk, lay_out, with_submission
from trainer.services import catalogue, progress, reports, submissions
from trainer.services.author import Author
from trainer.services.interviews.state import running
from trainer.web.runtime import runtime
from trainer.web.security import guest_key

blueprint = Blueprint("front", __name__, template_folder="templates")

TOPICS_SHOWN = 5
RECENT = 5
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class KindOffer:
    """A kind of problem, how many there are, and the one to begin with: an easy and short one that is left."""

    label: str
    count: int
    first: catalogue.Entry | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the bank has, counted."""

    kinds: list[KindOffer]
    topics: list[tuple[str, int]]
    total: int


@blueprint.get("/")
def index() -> ResponseReturnValue:
    who = _who()
    desk = _warm_up(db.session, who, request.args.get("submission", type=row_number))
    user_id = current_user.id if current_user.is_authenticated else None
    entries = catalogue.entries(db.session, user_id)
    following = _following(entries)
    if wants_fragment():
        return render_template("front/cases.html", desk=desk, following=following)
    if user_id is not None:
        return _home(user_id, desk, entries)
    return render_template("front/front.html", desk=desk, offer=_offer(entries), following=following)


def _home(user_id: int, desk: Desk | None, entries: Sequence[catalogue.Entry]) -> str:
    """What to go on with, and what was done lately. The warm-up stands here until something was tried or solved."""
    overview = progress.overview(db.session, user_id, runtime().topics, entries)
    slug = overview.next.work.slug if overview.next else None
    is_begun = desk is not None and desk.shown is not None
    show_warm_up = desk is not None and not _is_solved(desk) and overview.attempted == is_begun
    is_here = show_warm_up and desk is not None and slug == desk.problem.slug
    following = _following(entries)
    if is_here:
        offered = following if overview.recent else None
    else:
        offered = next((entry for entry in entries if entry.slug == slug), None)
    return render_template(
        "front/home.html",
        desk=desk,
        offer=_offer(entries),
        following=following,
        overview=overview,
        next=offered,
        why=None if is_here else overview.next,
        recent=overview.recent[:RECENT],
        week=sum(work.state is State.ACCEPTED and _is_of_this_week(work) for work in overview.works),
        interview=running(db.session, user_id),
        answered=reports.unread(db.session, user_id),
        show_warm_up=show_warm_up,
    )


def _is_of_this_week(work: Work) -> bool:
    return work.active_at is not None and work.active_at > now() - WEEK


def _who() -> Author | None:
    if current_user.is_authenticated:
        return Author(user_id=current_user.id)
    key = guest_key()
    return Author(guest_key=key) if key else None


def _warm_up(session: Session, who: Author | None, submission_id: int | None) -> Desk | None:
    """The warm-up as this visitor left it: with the submission asked for, else with the last one."""
    found = catalogue.warm_up(session)
    if found is None:
        return None
    problem, version = found
    if not catalogue.is_readable(session, version):
        return None
    desk = lay_out(session, who, problem.slug)
    if who is None:
        return desk
    if submission_id is not None:
        return with_submission(session, who, desk, submission_id)
    if who.user_id is not None and not wants_fragment() and _is_solved(desk):
        return desk  # it stands on the page no more
    last = _last_try(session, who, problem.slug)
    return with_submission(session, who, desk, last.id) if last else desk


def _is_solved(desk: Desk) -> bool:
    return desk.attempt is not None and desk.attempt.accepted_at is not None


def _last_try(session: Session, who: Author, slug: str) -> Submission | None:
    return next(iter(submissions.listed(session, who, slug, limit=1)), None)


def _offer(entries: Sequence[catalogue.Entry]) -> Offer:
    return Offer(
        kinds=[_of_kind(label, entries) for label, _ in Counter(entry.label for entry in entries).most_common()],
        topics=Counter(topic for entry in entries for topic in entry.topics[:1]).most_common(TOPICS_SHOWN),
        total=len(entries),
    )


def _following(entries: Sequence[catalogue.Entry]) -> catalogue.Entry | None:
    """The problem to take after the warm-up: the easiest and shortest that is not solved."""
    open_ones = [entry for entry in entries if not entry.warm_up and entry.state != "accepted"]
    return min(open_ones, key=_ease, default=None)


def _ease(entry: catalogue.Entry) -> tuple[bool, int, int]:
    return (entry.warm_up, catalogue.DIFFICULTIES.index(entry.difficulty), entry.minutes)


def _of_kind(label: str, entries: Sequence[catalogue.Entry]) -> KindOffer:
    found = [entry for entry in entries if entry.label == label]
    left = [entry for entry in found if entry.state is not State.ACCEPTED]
    return KindOffer(label, len(found), min(left, key=_ease, default=None))
