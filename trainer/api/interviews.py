"""Interviews: beginning one, the clock, typing, running and submitting, handing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, url_for
from flask.wrappers import Response as FlaskResponse

from trainer.api.feedback import told
from trainer.api.models.common import BeforeQuery
from trainer.api.models.interviews import (
    InterviewEntry,
    InterviewList,
    InterviewState,
    NewerTextDetails,
    NewInterview,
    NewText,
    SavedText,
    SentState,
    TaskState,
    TextState,
)
from trainer.api.models.replay import NewEvents, Recorded, ReplayModel, ReplayQuery, ReplayQuestion, ReplayText
from trainer.api.models.submissions import NewRun, NewSubmission, Sent
from trainer.api.paging import links_before
from trainer.api.spec import describe, describe_stream
from trainer.bank.interviews import format_of
from trainer.db import db
from trainer.errors import NotFound
from trainer.models import Interview, InterviewText, Purpose
from trainer.services import catalogue, submissions, waits
from trainer.services.interviews import replay, report, rubric, sending, sitting, texts
from trainer.services.interviews.state import is_over, running, standing, title_of
from trainer.services.paging import PAGE
from trainer.web.refusals import refusal
from trainer.web.runtime import runtime, send_after_commit
from trainer.web.security import SAVE_LIMIT, SEND_LIMIT, limiter, signed_in
from trainer.web.stream import submission_stream

blueprint = Blueprint("api_interviews", __name__, url_prefix="/api/v1/interviews")

EVENTS_LIMIT = "30 per minute"
REPLAY_LIMIT = "120 per minute"
Queued = tuple[Sent, int, dict[str, str]]


@blueprint.get("")
@describe("listInterviews", "interviews", InterviewList, headers=["Link"])
def list_interviews(query: BeforeQuery) -> tuple[InterviewList, int, dict[str, str]]:
    """Your interviews, newest first: 50 a page. Ask for `next` until it is null."""
    found = sitting.listed(db.session, signed_in().id, limit=PAGE + 1, before=query.before)
    shown, more = found[:PAGE], len(found) > PAGE
    links = links_before(shown[-1].id if more else None)
    return InterviewList(interviews=[_entry(one) for one in shown], next=links.next), 200, links.headers


@blueprint.post("")
@limiter.limit("30 per hour")
@describe(
    "beginInterview", "interviews", InterviewState, status=201, refuses=[404, 409, 429], headers=["Location"],
    once=True, HTTP_200=InterviewState,
)  # fmt: skip
def begin_interview(json: NewInterview) -> tuple[InterviewState, int, dict[str, str]]:
    """Begin an interview: its time runs from now. Twice, the second request finds what the first one began.

    201 where it began with this request, 200 where it ran already.
    """
    user = signed_in()
    before = running(db.session, user.id)
    interview = sitting.start(
        db.session,
        user,
        json.format,
        runtime().interviews,
        minute=timedelta(seconds=runtime().config.interview_minute_s),
    )
    status = 200 if before is not None and before.id == interview.id else 201
    return _state(interview), status, {"Location": url_for(".get_interview", interview_id=interview.id)}


@blueprint.get("/<int:interview_id>")
@describe("getInterview", "interviews", InterviewState, refuses=[409])
def get_interview(interview_id: int) -> InterviewState:
    """How an interview stands, with the server's time."""
    return _state(_own(interview_id))


@blueprint.post("/<int:interview_id>/hand-in")
@describe("handInInterview", "interviews", InterviewState, refuses=[409])
def hand_in(interview_id: int) -> InterviewState:
    """End it before the bell. What is typed and not submitted yet is submitted now."""
    return _end(interview_id, abandoned=False)


@blueprint.post("/<int:interview_id>/abandon")
@describe("abandonInterview", "interviews", InterviewState, refuses=[409])
def abandon(interview_id: int) -> InterviewState:
    """Leave it without submitting anything more."""
    return _end(interview_id, abandoned=True)


@blueprint.get("/<int:interview_id>/tasks/<int:number>/texts/<name>")
@describe("getText", "interviews", TextState, refuses=[409])
def get_text(interview_id: int, number: int, name: str) -> TextState:
    """The last state of an answer (named after its language), a thinking step, or the scratchpad of task 0."""
    return _text(texts.get(db.session, _own(interview_id), number, name))


@blueprint.put("/<int:interview_id>/tasks/<int:number>/texts/<name>")
@limiter.limit(SAVE_LIMIT)
@describe("putText", "interviews", SavedText, refuses=[429], HTTP_409=NewerTextDetails)
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
        return refusal(error.status, error.code, str(error), newer=_text(error.newer).model_dump(mode="json"))
    late = saved.late_at is not None
    return SavedText(
        revision=saved.revision, saved_at=saved.late_at or saved.saved_at, late=late, bell_at=interview.bell_at
    )


@blueprint.post("/<int:interview_id>/events")
@limiter.limit(EVENTS_LIMIT)
@describe("recordEvents", "interviews", Recorded, refuses=[409, 429])
def record_events(interview_id: int, json: NewEvents) -> Recorded:
    """Record what happens, for the replay. Nothing of it is scored."""
    events = [event.model_dump(by_alias=True) for event in json.events]
    return Recorded(recorded=replay.record(db.session, _own(interview_id), json.key, events))


@blueprint.get("/<int:interview_id>/replay")
@limiter.limit(REPLAY_LIMIT)
@describe("getReplay", "interviews", ReplayModel, refuses=[409, 429])
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
@describe("createTaskRun", "interviews", Sent, status=202, refuses=[409, 429], headers=["Location"], once=True)
def create_run(interview_id: int, number: int, json: NewRun) -> Queued:
    """Run code on what the interview's format lets run: the samples, or your own input only."""
    return _send(interview_id, number, Purpose.RUN, json, json.own_inputs)


@blueprint.post("/<int:interview_id>/tasks/<int:number>/submissions")
@limiter.limit(SEND_LIMIT)
@describe("createTaskSubmission", "interviews", Sent, status=202, refuses=[409, 429], headers=["Location"], once=True)
def create_submission(interview_id: int, number: int, json: NewSubmission) -> Queued:
    """Submit an answer. The best submission of a task counts."""
    return _send(interview_id, number, Purpose.SUBMIT, json, [])


@blueprint.get("/<int:interview_id>/tasks/<int:number>/sent/<int:submission_id>/events")
@describe_stream("listenToSent", "interviews", "text/event-stream", refuses=[409])
def get_events(interview_id: int, number: int, submission_id: int) -> FlaskResponse:
    """Server-sent events of a run or submission: `state` as things change, `judged` in the end.

    503 where too many listen: ask again, or ask for its state itself.
    """
    interview = _own(interview_id)
    who = sending.author(interview, sitting.task(interview, number))
    db.session.close()
    return submission_stream(runtime(), who, submission_id)


@blueprint.get("/<int:interview_id>/tasks/<int:number>/sent/<int:submission_id>")
@describe("getSent", "interviews", SentState, refuses=[409])
def get_sent(interview_id: int, number: int, submission_id: int) -> SentState:
    """How far a run or submission is, and what came out as far as the format lets it be told before the end."""
    interview = _own(interview_id)
    who = sending.author(interview, sitting.task(interview, number))
    submission = submissions.own(db.session, who, submission_id)
    state = submissions.progress_of(db.session, submission)
    feedback = sending.feedback(db.session, interview, submission)
    why = waits.why(db.session, state.status, state.kind, state.language)
    return SentState(
        status=state.status,
        position=state.position,
        done=state.done,
        total=state.total,
        waiting=bool(why),
        why=why,
        verdict=feedback.verdict if feedback else None,
        feedback=told(feedback),
    )


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
) -> Queued:
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
    told_of = Sent(
        id=submission.id,
        url=url_for("api_interviews.get_sent", **place),
        events=url_for("api_interviews.get_events", **place),
        result=url_for("interviews.result", **place),
    )
    return told_of, 202, {"Location": told_of.url}


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
