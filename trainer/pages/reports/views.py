"""A student's own reports on problems, and what mentors answered."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.db import db
from trainer.pages.asked import safe_next
from trainer.pages.pager import asked_page, pager_of
from trainer.services import reports
from trainer.web.security import signed_in

blueprint = Blueprint("reports", __name__, url_prefix="/reports", template_folder="templates")


@blueprint.get("")
def index() -> ResponseReturnValue:
    found = reports.of_student(db.session, signed_in().id, number=asked_page())
    return render_template("reports/reports.html", reports=found.items, pager=pager_of(found))


@blueprint.post("/<int:report_id>/read")
def mark_read(report_id: int) -> ResponseReturnValue:
    reports.mark_read(db.session, signed_in().id, report_id)
    return redirect(safe_next(request.form.get("next"), url_for("reports.index")), 303)
