"""Interviews from the inside: which there are, what their tasks ask, what they came to, and how they are read."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response

from trainer import kinds
from trainer.api import content as content_of
from trainer.api.models.interviews import TaskKind
from trainer.api.models.rooms import (
    FormatList,
    FormatModel,
    FormatTask,
    InterviewReport,
    Invitation,
    NewEntry,
    TaskModel,
    TextSlot,
)
from trainer.api.reports import report_of
from trainer.api.spec import describe, describe_stream
from trainer.bank.interviews import Format, TaskRule, format_of, question_of
from trainer.bank.markdown import render
from trainer.db import db
from trainer.errors import NotFound
from trainer.models import Interview, ProblemVersion
from trainer.services import catalogue
from trainer.services.interviews import drawing, rubric, sending, sitting, takeout, texts
from trainer.services.interviews.drawing import Offer
from trainer.services.interviews.state import is_over
from trainer.web.downloads import send_made
from trainer.web.links import full_link
from trainer.web.runtime import runtime
from trainer.web.security import SAVE_LIMIT, limiter, signed_in

blueprint = Blueprint("api_rooms", __name__, url_prefix="/api/v1/interviews")


@blueprint.get("/formats")
@describe("listFormats", "interviews", FormatList)
def list_formats() -> FormatList:
    """The interviews that can be begun, and whether the bank has enough for them."""
    known = {kind.NAME for kind in kinds.KINDS}
    found = drawing.offers(db.session, signed_in().id, runtime().interviews, known)
    return FormatList(formats=[_format(one) for one in (*found, Offer(drawing.DEMO, possible=True, fresh=False))])


@blueprint.get("/<int:interview_id>/tasks/<int:number>")
@describe("getTask", "interviews", TaskModel, refuses=[409])
def get_task(interview_id: int, number: int) -> TaskModel:
    """A task as its room shows it: what is asked, with what to begin, and what can be typed."""
    interview = sitting.own(db.session, signed_in().id, interview_id)
    task, form = sitting.task(interview, number), format_of(interview.format)
    rule = form.tasks[number - 1]
    if task.version is not None:
        asked = _problem(interview, task.version)
    else:
        words = question_of(task.question or {}).ask
        asked = _NOTHING | {"kind": "question", "statement": words, "statement_html": str(render(words))}
    return TaskModel(
        number=number,
        minutes=rule.minutes,
        points=rule.points + rule.efficiency,
        reveal=form.reveal,
        texts=[_slot(form, name) for name in texts.names(db.session, interview, number)],
        **asked,
    )


@blueprint.get("/<int:interview_id>/report")
@describe("getReport", "interviews", InterviewReport, refuses=[409])
def get_report(interview_id: int) -> InterviewReport:
    """What an interview that is over came to: your own, or one that you were invited to read."""
    interview = rubric.readable(db.session, signed_in().id, interview_id)
    if not is_over(interview):
        raise NotFound("There is a report when the interview is over.")
    return report_of(db.session, interview)


@blueprint.put("/<int:interview_id>/rubric/<criterion>")
@limiter.limit(SAVE_LIMIT)
@describe("fillRubric", "interviews", None, status=204, refuses=[409, 429])
def fill_rubric(interview_id: int, criterion: str, json: NewEntry) -> tuple[str, int]:
    """Say how an interview that is over was in one criterion: your own, or one that you were invited to read."""
    user = signed_in()
    interview = rubric.readable(db.session, user.id, interview_id)
    rubric.fill(db.session, interview, user.id, criterion, json.level, json.remark)
    return "", 204


@blueprint.get("/<int:interview_id>/files")
@describe_stream("getInterviewFiles", "interviews", "application/zip", refuses=[409])
def get_files(interview_id: int) -> Response:
    """Everything that was typed and sent in an interview of yours that is over, as files in a zip."""
    interview = sitting.own(db.session, signed_in().id, interview_id)
    if not is_over(interview):
        raise NotFound("There are files when the interview is over.")
    name = f"{interview.format_id}-{interview.started_at:%Y-%m-%d}.zip"
    return send_made(lambda file: takeout.archive(db.session, interview, file), name, "application/zip")


@blueprint.post("/<int:interview_id>/reader")
@limiter.limit("20 per hour")
@describe("inviteReader", "interviews", Invitation, status=201, refuses=[409, 429])
def invite_reader(interview_id: int) -> tuple[Invitation, int]:
    """Make a link by which one other person reads the report and fills in the rubric. An earlier one ends."""
    interview = sitting.own(db.session, signed_in().id, interview_id)
    return Invitation(link=full_link("interviews.read", token=rubric.invite(db.session, interview))), 201


@blueprint.delete("/<int:interview_id>/reader")
@limiter.limit(SAVE_LIMIT)
@describe("withdrawReader", "interviews", None, status=204, refuses=[409, 429])
def withdraw_reader(interview_id: int) -> tuple[str, int]:
    """Take the link back. Nobody else reads the interview any more; what was said of it stays."""
    rubric.withdraw(db.session, sitting.own(db.session, signed_in().id, interview_id))
    return "", 204


_NOTHING: dict[str, Any] = {
    "signature": None,
    "languages": [],
    "starters": {},
    "time_limit_s": None,
    "memory_mib": None,
    "samples": [],
    "questions": [],
    "database": None,
    "service": None,
}
"""What only problems have."""


def _problem(interview: Interview, version: ProblemVersion) -> dict[str, Any]:
    content = catalogue.content(db.session, version)
    shown = kinds.get(content.kind).show_samples(content) if sending.shows_samples(interview) else ()
    return {
        "kind": content.kind,
        "statement": content.statement,
        "statement_html": str(render(content.statement)),
        "signature": str(content.signature) if content.signature else None,
        "languages": list(content.languages),
        "starters": dict(content.starters),
        "time_limit_s": content.limits.time_limit_s,
        "memory_mib": content.limits.memory_mib,
        "samples": [content_of.sample(view) for view in shown],
        "questions": [content_of.question(one) for one in content.questions],
        "database": content_of.database(content),
        "service": content_of.service(content),
    }


def _slot(form: Format, name: str) -> TextSlot:
    step = next((one for one in form.steps if one.id == name), None)
    if step is not None:
        return TextSlot(name=name, title=step.title, ask=step.ask, minutes=step.minutes)
    return TextSlot(name=name, title="Your answer" if name == texts.WORDS else "", ask="", minutes=None)


def _format(offer: Offer) -> FormatModel:
    form = offer.format
    return FormatModel(
        id=form.id,
        title=form.title,
        about=form.about,
        minutes=form.minutes,
        reveal=form.reveal,
        advice=list(form.advice),
        tasks=[
            FormatTask(kinds=_kinds(rule), minutes=rule.minutes, points=rule.points + rule.efficiency)
            for rule in form.tasks
        ],
        possible=offer.possible,
        fresh=offer.fresh,
    )


def _kinds(rule: TaskRule) -> list[TaskKind]:
    return [cast(TaskKind, kind) for kind in rule.kinds] or ["question"]
