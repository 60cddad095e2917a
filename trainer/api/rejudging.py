"""Mentors by program: what older versions of a problem judged is rejudged by its current one."""

from __future__ import annotations

from flask import Blueprint

from trainer.api.models.rejudging import (
    AppliedModel,
    NewRejudging,
    OlderVersion,
    PastRejudging,
    RejudgingModel,
    RejudgingQuery,
    RejudgingState,
    VerdictChange,
)
from trainer.api.spec import describe
from trainer.db import db
from trainer.errors import Conflict
from trainer.models import Rejudging
from trainer.services import rejudging
from trainer.services.rejudging import Change
from trainer.web.security import limiter, mentor

blueprint = Blueprint("api_rejudging", __name__, url_prefix="/api/v1/mentor/problems/<slug>/rejudging")


@blueprint.before_request
def _mentors_only() -> None:
    """Before anything is said of what was sent."""
    mentor()


@blueprint.get("")
@describe("getRejudging", "mentors", RejudgingModel, refuses=[403])
def get_rejudging(slug: str, query: RejudgingQuery) -> RejudgingModel:
    """What can be rejudged of a problem, how far it is, and whose verdicts would change."""
    return _told(slug, query.after)


@blueprint.post("")
@limiter.limit("30 per hour")
@describe("askRejudging", "mentors", RejudgingModel, status=201, refuses=[403, 409, 429], once=True)
def ask_rejudging(slug: str, json: NewRejudging) -> tuple[RejudgingModel, int]:
    """Have submissions of older versions rejudged, behind everything else. No verdict changes by that."""
    rejudging.ask(db.session, mentor(), slug, json.version)
    rejudging.queue_more(db.session)
    return _told(slug), 201


@blueprint.post("/apply")
@describe("applyRejudging", "mentors", AppliedModel, refuses=[403, 409])
def apply_rejudging(slug: str) -> AppliedModel:
    """Give up to 200 submissions their new verdicts; what they had is kept. Call again until it is done."""
    done = rejudging.apply_page(db.session, mentor(), _under_way(slug).id)
    return AppliedModel(changed=done.changed, is_done=not done.left)


@blueprint.post("/drop")
@describe("dropRejudging", "mentors", None, status=204, refuses=[403, 409])
def drop_rejudging(slug: str) -> tuple[str, int]:
    """Forget what was rejudged. All verdicts stay as they are."""
    rejudging.drop(db.session, mentor(), _under_way(slug))
    return "", 204


def _under_way(slug: str) -> Rejudging:
    """Raises NotFound, Conflict."""
    problem, _ = rejudging.find(db.session, slug)
    found = rejudging.under_way(db.session, problem)
    if found is None:
        raise Conflict("This problem is not being rejudged.")
    return found


def _told(slug: str, after: int = 0) -> RejudgingModel:
    problem, current = rejudging.find(db.session, slug)
    found = rejudging.under_way(db.session, problem)
    return RejudgingModel(
        current_version=current.number,
        older=[
            OlderVersion(version=one.number, published_at=one.published_at, submissions=one.count)
            for one in rejudging.by_version(db.session, problem)
        ],
        under_way=_state(found, after) if found else None,
        past=[
            PastRejudging(
                asked_at=one.asked_at,
                asked_by=one.asked_by,
                ended_at=one.ended_at,
                is_dropped=one.is_dropped,
                changed=one.changed,
            )
            for one in rejudging.past(db.session, problem)
        ],
    )


def _state(found: Rejudging, after: int) -> RejudgingState:
    state = rejudging.state(db.session, found)
    return RejudgingState(
        asked_at=found.asked_at,
        total=state.total,
        judged=state.done + state.failed,
        failed=state.failed,
        is_judged=state.is_judged,
        changes=state.changes,
        changed=[_change(one) for one in rejudging.changes(db.session, found, after)],
    )


def _change(one: Change) -> VerdictChange:
    return VerdictChange(
        submission=one.submission_id,
        email=one.email,
        verdict=one.before,
        version=one.old_number,
        new_verdict=one.after,
    )
