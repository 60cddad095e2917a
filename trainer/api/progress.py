"""Your progress by topic."""

from __future__ import annotations

from flask import Blueprint

from trainer.api.models.progress import ProgressAnswer, TopicProgress
from trainer.api.spec import describe
from trainer.db import db
from trainer.services import progress
from trainer.web.runtime import runtime
from trainer.web.security import signed_in

blueprint = Blueprint("api_progress", __name__, url_prefix="/api/v1/progress")


@blueprint.get("")
@describe("getProgress", "progress", ProgressAnswer)
def get_progress() -> ProgressAnswer:
    """What you have solved and tried, by topic, and what comes next."""
    overview = progress.overview(db.session, signed_in().id, runtime().topics)
    return ProgressAnswer(
        solved=overview.solved,
        attempted=overview.attempted,
        total=overview.total,
        tries=overview.tries,
        next=overview.next.work.slug if overview.next else None,
        topics=[
            TopicProgress(
                topic=row.topic,
                solved=row.solved,
                attempted=row.attempted,
                total=row.total,
                tries=row.tries,
                active_at=row.active_at,
                next=row.next.slug if row.next else None,
            )
            for row in overview.by_topic()
        ],
    )
