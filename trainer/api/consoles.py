"""Consoles: a service of one's own that runs while one tries it out."""

from __future__ import annotations

from flask import Blueprint, url_for

from sandbox.live import Glance
from trainer.api.models.consoles import (
    ConsoleAnswer,
    ConsoleQuery,
    ConsoleRequest,
    ConsoleState,
    NewConsole,
    StartedConsole,
)
from trainer.api.models.feedback import ExchangeModel
from trainer.api.spec import describe
from trainer.db import db
from trainer.errors import NotFound
from trainer.kinds.service.requests import read_request
from trainer.models import ProblemVersion
from trainer.services import attempts, catalogue, consoles
from trainer.services.interviews import sitting
from trainer.services.interviews.state import check_running
from trainer.web.runtime import runtime
from trainer.web.security import SEND_LIMIT, limiter, signed_in

blueprint = Blueprint("api_consoles", __name__, url_prefix="/api/v1")

REQUEST_LIMIT = "120 per minute"
Started = tuple[StartedConsole, int, dict[str, str]]


@blueprint.post("/problems/<slug>/console")
@limiter.limit(SEND_LIMIT)
@describe("openConsole", "consoles", StartedConsole, status=201, refuses=[409, 429], headers=["Location"])
def open_console(slug: str, json: NewConsole) -> Started:
    """Start your service and keep it for some minutes. It counts as no try; an earlier one of yours ends."""
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    _check(version, json.source)
    attempts.touch(db.session, user.id, problem.id)
    return _open(user.id, version, json.source)


@blueprint.post("/interviews/<int:interview_id>/tasks/<int:number>/console")
@limiter.limit(SEND_LIMIT)
@describe("openTaskConsole", "consoles", StartedConsole, status=201, refuses=[409, 429], headers=["Location"])
def open_task_console(interview_id: int, number: int, json: NewConsole) -> Started:
    """Start the service that you write for a task of an interview."""
    user = signed_in()
    interview = sitting.own(db.session, user.id, interview_id)
    check_running(interview)
    version = sitting.task(interview, number).version
    if version is None:
        raise NotFound("A question has no service.")
    _check(version, json.source)
    return _open(user.id, version, json.source)


def _check(version: ProblemVersion, source: str) -> None:
    """What could not run is told at once, and not by a worker."""
    attempts.check_text(source, field="source")
    consoles.job_of(db.session, version, source)


def _open(user_id: int, version: ProblemVersion, source: str) -> Started:
    db.session.commit()  # no connection is held while boxes start
    console_id, glance = runtime().consoles.open(user_id, version.id, source)
    place = {"Location": url_for("api_consoles.get_console", console_id=console_id)}
    return StartedConsole(id=console_id, state=_state(glance)), 201, place


@blueprint.post("/consoles/<console_id>/requests")
@limiter.limit(REQUEST_LIMIT)
@describe("sendConsoleRequest", "consoles", ConsoleAnswer, refuses=[429])
def send_request(console_id: str, json: ConsoleRequest) -> ConsoleAnswer:
    """Send your service a request, and read what it answers."""
    user_id = signed_in().id
    db.session.commit()
    sent = runtime().consoles.send(user_id, console_id, read_request(json.model_dump()))
    exchange = None if sent.exchange is None else ExchangeModel.model_validate(sent.exchange)
    return ConsoleAnswer(exchange=exchange, reason=sent.reason)


@blueprint.get("/consoles/<console_id>")
@describe("getConsole", "consoles", ConsoleState)
def get_console(console_id: str, query: ConsoleQuery) -> ConsoleState:
    """How your service is, and what it wrote since you looked last."""
    user_id = signed_in().id
    db.session.commit()
    return _state(runtime().consoles.look(user_id, console_id, query.since))


@blueprint.delete("/consoles/<console_id>")
@describe("closeConsole", "consoles", None, status=204)
def close_console(console_id: str) -> tuple[str, int]:
    """End your service."""
    user_id = signed_in().id
    db.session.commit()
    runtime().consoles.close(user_id, console_id)
    return "", 204


def _state(glance: Glance) -> ConsoleState:
    return ConsoleState(running=glance.running, log=glance.log, end=glance.end, why=glance.why)
