"""Progress: what was solved and tried by topic, the evidence, and what comes next."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.pages.assets import topic
from trainer.pages.progress.bars import draw
from trainer.runtime import runtime
from trainer.security import signed_in
from trainer.services import progress

blueprint = Blueprint("progress", __name__, url_prefix="/progress", template_folder="templates")


@blueprint.get("")
def index() -> ResponseReturnValue:
    overview = progress.overview(db.session, signed_in().id, runtime().topics)
    template = "progress/empty.html" if overview.empty else "progress/progress.html"
    return render_template(template, overview=overview, picture=draw(overview.rows, topic))
