"""Topics: what problems are about."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint
from flask_login import current_user

from trainer.api.models.problems import TopicList, TopicModel
from trainer.api.spec import describe
from trainer.db import db
from trainer.services import catalogue
from trainer.web.runtime import runtime

blueprint = Blueprint("api_topics", __name__, url_prefix="/api/v1/topics")


@blueprint.get("")
@describe("listTopics", "problems", TopicList, guests=True, etag=True)
def list_topics() -> TopicList:
    """The topics that have problems, and which ones are better known before."""
    counts: Counter[str] = Counter()
    for entry in catalogue.entries(db.session, getattr(current_user, "id", None)):
        counts.update(set(entry.topics))
    return TopicList(
        topics=[
            TopicModel(
                id=topic.id,
                title=topic.title,
                group=topic.group,
                prerequisites=list(topic.prerequisites),
                problems=counts[topic.id],
            )
            for topic in runtime().topics
            if counts[topic.id]
        ]
    )
