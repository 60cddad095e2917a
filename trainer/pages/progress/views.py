"""Progress: what was solved and tried, when, how interviews went, and what comes next."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from trainer.clock import now
from trainer.db import db
from trainer.learning.progress import begun, by_difficulty, by_label
from trainer.pages.progress.charts import draw_calendar, draw_line
from trainer.services import catalogue, progress
from trainer.services.interviews import history
from trainer.web.runtime import runtime
from trainer.web.security import signed_in

blueprint = Blueprint("progress", __name__, url_prefix="/progress", template_folder="templates")

BEGUN_SHOWN = 3


@blueprint.get("")
def index() -> ResponseReturnValue:
    user_id, topics = signed_in().id, runtime().topics
    overview = progress.overview(db.session, user_id, topics)
    formats = history.by_format(db.session, user_id)
    if overview.empty and not formats:
        return render_template("progress/empty.html", overview=overview)
    weeks = progress.activity(db.session, user_id, now().date())
    following = overview.next.work if overview.next else None
    return render_template(
        "progress/progress.html",
        overview=overview,
        groups=progress.by_group(overview, topics),
        difficulties={catalogue.DIFFICULTIES[level]: found for level, found in by_difficulty(overview.works).items()},
        labels=by_label(overview.works),
        begun=[work for work in begun(overview.works) if work is not following][:BEGUN_SHOWN],
        weeks=weeks,
        calendar=draw_calendar(weeks),
        formats=formats,
        line=draw_line,
    )
