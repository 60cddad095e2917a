"""Interviews: beginning one, the clock, typing, running and submitting, handing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, url_for
from flask.wrappers import Response as FlaskResponse
from spectree import Response

from trainer.api.models import (
    BeforeQuery,
    ErrorAnswer,
    InterviewEntry,
    InterviewList,
    InterviewState,
    NewerTextAnswer,
    NewEvents,
    NewInterview,
    NewRun,
    NewSubmission,
    NewText,
    Recorded,
    ReplayModel,
    ReplayQuery,
    ReplayQuestion,
    ReplayText,
    SavedText,
    Sent,
    TaskState,
    TextState,
)
from trainer.api.models import Error as ErrorModel
from trainer.api.paging import next_address
from trainer.api.spec import spec
from trainer.bank.interviews import format_of
from trainer.db import db
from trainer.errors import NotFound
from trainer.models import Interview, InterviewText, Purpose
from trainer.runtime import runtime, send_after_commit
from trainer.security import SAVE_LIMIT, SEND_LIMIT, limiter, signed_in
from trainer.services import catalogue, submissions
from trainer.services.interviews import replay, report, rubric, sending, sitting, texts
from trainer.services.interviews.state import is_over, standing, title_of
from trainer.services.paging import PAGE
from trainer.stream import submission_stream

blueprint = Blueprint("api_interviews", __name__, url_prefix="/api/v1/interviews")

_REFUSALS = {"HTTP_401": ErrorAnswer, "HTTP_404": ErrorAnswer, "HTTP_409": ErrorAnswer, "HTTP_422": ErrorAnswer}
EVENTS_LIMIT = "30 per minute"
REPLAY_LIMIT = "120 per minute"
_TOO_MUCH = {"HTTP_413": ErrorAnswer, "HTTP_429": ErrorAnswer}


@blueprint.get("")
@spec.validate(resp=Response(HTTP_200=InterviewList, HTTP_401=ErrorAnswer), tags=["interviews"])
def list_interviews(query: BeforeQuery) -> InterviewList:
    """Your interviews, newest first: 50 a page. Ask for `next` until it is null."""
    found = sitting.listed(db.session, signed_in().id, limit=PAGE + 1, before=query.before)
    shown, more = found[:PAGE], len(found) > PAGE
    return InterviewList(
        interviews=[_entry(one) for one in shown], next=next_address(before=shown[-1].id if more else None)
    )


@blueprint.post("")
@limiter.limit("30 per hour")
@spec.validate(resp=Response(HTTP_201=InterviewState, **_REFUSALS, HTTP_429=ErrorAnswer), tags=["interviews"])
def begin_interview(json: NewInterview) -> tuple[InterviewState, int]:
    """Begin an interview: its time runs from now. Twice, the second request finds what the first one began."""
    interview = sitting.start(
        db.session,
        signed_in(),
        json.format,
        runtime().interviews,
        minute=timedelta(seconds=runtime().config.interview_minute_s),
    )
    return _state(interview), 201


@blueprint.get("/<int:interview_id>")
@spec.validate(resp=Response(HTTP_200=InterviewState, **_REFUSALS), tags=["interviews"])
def get_interview(interview_id: int) -> InterviewState:
    """How an interview stands, with the server's time."""
    return _state(_own(interview_id))


@blueprint.post("/<int:interview_id>/hand-in")
@spec.validate(resp=Response(HTTP_200=InterviewState, **_REFUSALS), tags=["interviews"])
def hand_in(interview_id: int) -> InterviewState:
    """End it before the bell. What is typed and not submitted yet is submitted now."""
    return _end(interview_id, abandoned=False)


@blueprint.post("/<int:interview_id>/abandon")
@spec.validate(resp=Response(HTTP_200=InterviewState, **_REFUSALS), tags=["interviews"])
def abandon(interview_id: int) -> InterviewState:
    """Leave it without submitting anything more."""
    return _end(interview_id, abandoned=True)


@blueprint.get("/<int:interview_id>/tasks/<int:number>/texts/<name>")
@spec.validate(resp=Response(HTTP_200=TextState, **_REFUSALS), tags=["interviews"])
def get_text(interview_id: int, number: int, name: str) -> TextState:
    """The last state of an answer (named after its language), a thinking step, or the scratchpad of task 0."""
    return _text(texts.get(db.session, _own(interview_id), number, name))


@blueprint.put("/<int:interview_id>/tasks/<int:number>/texts/<name>")
@limiter.limit(SAVE_LIMIT)
@spec.validate(
    resp=Response(
        HTTP_200=SavedText, HTTP_401=ErrorAnswer, HTTP_404=ErrorAnswer, HTTP_409=NewerTextAnswer, **_TOO_MUCH
    ),
    tags=["interviews"],
)
def put_text(interview_id: int, number: int, name: str, json: NewText) -> Any:
    """Save what was typed. Answers 409 with the newer state where another tab or device has saved one.

    After the end it is kept beside and `late` is true.
    """
    interview = _own(interview_id)
    try:
        saved = texts.save(
            db.session,
            interview,
            number,
            name,
            json.source,
            base_revision=json.base_revision,
            device=json.device,
            force=json.force,
        )
    except texts.NewerText as error:
        return NewerTextAnswer(error=ErrorModel(code=error.code, message=str(error)), newer=_text(error.newer)), 409
    late = saved.late_at is not None
    return SavedText(revision=saved.revision, saved_at=saved.late_at or saved.saved_at, late=late)


@blueprint.post("/<int:interview_id>/events")
@limiter.limit(EVENTS_LIMIT)
@spec.validate(resp=Response(HTTP_200=Recorded, **_REFUSALS, **_TOO_MUCH), tags=["interviews"])
def record_events(interview_id: int, json: NewEvents) -> Recorded:
    """Record what happens, for the replay. Nothing of it is scored."""
    events = [event.model_dump(by_alias=True) for event in json.events]
    return Recorded(recorded=replay.record(db.session, _own(interview_id), json.key, events))


@blueprint.get("/<int:interview_id>/replay")
@limiter.limit(REPLAY_LIMIT)
@spec.validate(resp=Response(HTTP_200=ReplayModel, **_REFUSALS), tags=["interviews"])
def get_replay(interview_id: int, query: ReplayQuery) -> ReplayModel:
    """What happened in an interview that is over: your own, or one that you were invited to read.

    Long ones come in pages: ask for `next` until it is null, and put edits, looks and marks one after the other.
    """
    interview = rubric.readable(db.session, signed_in().id, interview_id)
    if not is_over(interview):
        raise NotFound("There is a replay when the interview is over.")
    found = replay.timeline(db.session, interview)
    part = replay.page(found, query.start)
    return ReplayModel(
        length=found.length,
        texts=[ReplayText(task=task, name=name, text=text) for (task, name), text in found.starters.items()],
        questions=[
            ReplayQuestion(
                task=task.number,
                name=question.name,
                heading=question.heading,
                choices={one.id: one.text for one in (*question.choices, *question.lefts)},
            )
            for task in interview.tasks
            if task.version is not None and catalogue.is_readable(db.session, task.version)
            for question in catalogue.content(db.session, task.version).questions
        ],
        edits=[(edit.at, edit.task, edit.name, edit.start, edit.end, edit.inserted) for edit in part.edits],
        looks=[(look.at, look.task) for look in part.looks],
        marks=[(mark.at, mark.task, mark.what, mark.said) for mark in part.marks],
        next=None if part.next is None else url_for(".get_replay", interview_id=interview_id, start=part.next),
    )


@blueprint.post("/<int:interview_id>/tasks/<int:number>/runs")
@limiter.limit(SEND_LIMIT)
@spec.validate(resp=Response(HTTP_202=Sent, **_REFUSALS, **_TOO_MUCH), tags=["interviews"])
def create_run(interview_id: int, number: int, json: NewRun) -> tuple[Sent, int]:
    """Run code on what the interview's format lets run: the samples, or your own input only."""
    return _send(interview_id, number, Purpose.RUN, json, json.own_inputs), 202


@blueprint.post("/<int:interview_id>/tasks/<int:number>/submissions")
@limiter.limit(SEND_LIMIT)
@spec.validate(resp=Response(HTTP_202=Sent, **_REFUSALS, **_TOO_MUCH), tags=["interviews"])
def create_submission(interview_id: int, number: int, json: NewSubmission) -> tuple[Sent, int]:
    """Submit an answer. The best submission of a task counts."""
    return _send(interview_id, number, Purpose.SUBMIT, json, []), 202


@blueprint.get("/<int:interview_id>/tasks/<int:number>/sent/<int:submission_id>/events")
def get_events(interview_id: int, number: int, submission_id: int) -> FlaskResponse:
    """Server-sent events: `state` as things change, `judged` in the end. 503 where too many listen: ask again."""
    interview = _own(interview_id)
    who = sending.author(interview, sitting.task(interview, number))
    db.session.close()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return submission_stream(app, runtime(), who, submission_id)


@blueprint.get("/<int:interview_id>/tasks/<int:number>/sent/<int:submission_id>")
def get_sent(interview_id: int, number: int, submission_id: int) -> dict[str, Any]:
    """How far a run or submission is. What came out is told by its result, as the format lets it."""
    interview = _own(interview_id)
    state = submissions.progress(db.session, sending.author(interview, sitting.task(interview, number)), submission_id)
    return {
        "status": state.status,
        "position": state.position,
        "done": state.done,
        "total": state.total,
        "waiting": not runtime().sandbox.status().available,
    }


def _own(interview_id: int) -> Interview:
    return sitting.own(db.session, signed_in().id, interview_id)


def _end(interview_id: int, *, abandoned: bool) -> InterviewState:
    interview = _own(interview_id)
    sent = sitting.abandon(db.session, interview) if abandoned else sitting.hand_in(db.session, interview)
    for submission_id in sent:
        send_after_commit(submission_id)
    return _state(interview)


def _send(
    interview_id: int, number: int, purpose: Purpose, sent: NewSubmission, own_inputs: list[dict[str, str]]
) -> Sent:
    submission = sending.send(
        db.session,
        _own(interview_id),
        number,
        language=sent.language,
        source=sent.source,
        purpose=purpose,
        own_inputs=own_inputs,
    )
    send_after_commit(submission.id)
    place: dict[str, Any] = {"interview_id": interview_id, "number": number, "submission_id": submission.id}
    return Sent(
        id=submission.id,
        url=url_for("api_interviews.get_sent", **place),
        events=url_for("api_interviews.get_events", **place),
        result=url_for("interviews.result", **place),
    )


def _entry(interview: Interview) -> InterviewEntry:
    now = standing(interview)
    return InterviewEntry(
        id=interview.id,
        format=interview.format_id,
        title=title_of(interview),
        started_at=interview.started_at,
        bell_at=interview.bell_at,
        phase=now.phase,
        ending=now.ending,
    )


def _state(interview: Interview) -> InterviewState:
    now, wave = standing(interview), report.wave_of(db.session, interview)
    rules = format_of(interview.format).tasks
    return InterviewState(
        **_entry(interview).model_dump(),
        now=now.now,
        seconds_left=now.left.total_seconds(),
        warnings=list(now.warnings),
        sent=wave.sent,
        waiting=wave.waiting,
        ahead=wave.ahead,
        tasks=[
            TaskState(
                number=task.number,
                kind=task.version.kind if task.version else "question",
                minutes=rule.minutes,
                points=rule.points + rule.efficiency,
            )
            for task, rule in zip(interview.tasks, rules, strict=True)
        ],
    )


def _text(text: InterviewText) -> TextState:
    return TextState(
        source=text.text, revision=text.revision, device=text.device, saved_at=text.saved_at, late=text.late_text
    )
