"""Workers, the queue and the last hour, as the database tells them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from sandbox.languages import language
from trainer.clock import now
from trainer.db import db
from trainer.languages import title
from trainer.pages.workers.charts import Picture, clock, draw
from trainer.services import last_hour, workers
from trainer.services.last_hour import Minute
from trainer.services.sorts import DATA, SERVICE
from trainer.web.runtime import runtime
from trainer.web.security import admin

blueprint = Blueprint("workers", __name__, template_folder="templates")

_WAITS = {DATA: "Queries", SERVICE: "Services and debugging problems"}


@blueprint.get("/workers")
def index() -> ResponseReturnValue:
    admin()
    moment = now()
    known = workers.listed(db.session)
    minutes = last_hour.minutes(db.session, moment)
    waiting = last_hour.queue(db.session, moment)
    broker = runtime().broker
    return render_template(
        "workers/workers.html",
        known=known,
        present=[one for one in known if one.is_present],
        able=[one for one in known if one.can_judge],
        away=workers.out_of_order(known),
        waiting=waiting,
        broker=broker.trouble if broker is not None else "",
        secret_key=runtime().key_watch.trouble,
        oldest_s=max((one.oldest_s for one in waiting), default=0.0),
        minutes=minutes,
        pictures=pictures(minutes),
        clock=clock,
        age=age,
    )


@blueprint.app_template_filter()
def sort_words(sort: str) -> str:
    """What waits while no worker can have boxes of a sort."""
    programs = f"Programs in {title(sort)}" if language(sort) else f"What takes boxes of the sort {sort}"
    return f"{_WAITS.get(sort, programs)} cannot be judged now."


def pictures(minutes: Sequence[Minute]) -> list[Picture]:
    judged, failed = sum(one.judged for one in minutes), sum(one.failed for one in minutes)
    return [
        draw("judged", "Judged a minute", [one.judged for one in minutes], _whole, now=f"{judged:,} in the hour"),
        draw("waiting", "Waiting or under judgement", [one.waiting for one in minutes], _whole),
        draw("oldest", "Age of the oldest of them", [one.oldest_s for one in minutes], age),
        draw("failed", "Judge errors a minute", [one.failed for one in minutes], _whole, now=f"{failed:,} in the hour"),
        draw("workers", "Workers", [one.workers for one in minutes], _whole),
    ]


def age(seconds: float) -> str:
    """12 s, 3 min, 2 h 5 min; a dash for nothing."""
    whole = round(seconds)
    if whole < 1:
        return "–" if seconds <= 0 else "under 1\u00a0s"
    if whole < 100:
        return f"{whole}\u00a0s"
    hours, rest = divmod(round(whole / 60), 60)
    return f"{hours}\u00a0h {rest}\u00a0min" if hours else f"{rest}\u00a0min"


def _whole(value: float) -> str:
    return f"{value:,.0f}"
