"""Runs and submissions: sending code, and what came out."""

from __future__ import annotations

import flask
from flask import Blueprint, url_for

from trainer.api.feedback import told, verdict_of
from trainer.api.models.submissions import (
    NewRun,
    NewSubmission,
    Sent,
    SubmissionEntry,
    SubmissionList,
    SubmissionQuery,
    SubmissionState,
)
from trainer.api.paging import links_before
from trainer.api.spec import describe, describe_stream
from trainer.db import db
from trainer.models import Purpose, Submission
from trainer.services import catalogue, submissions, waits
from trainer.services.author import Author
from trainer.services.paging import PAGE
from trainer.web.runtime import runtime, send_after_commit
from trainer.web.security import SEND_LIMIT, author, limiter, signed_in
from trainer.web.stream import submission_stream

blueprint = Blueprint("api_submissions", __name__, url_prefix="/api/v1")

Queued = tuple[Sent, int, dict[str, str]]


@blueprint.post("/problems/<slug>/runs")
@limiter.limit(SEND_LIMIT)
@describe("createRun", "runs", Sent, status=202, refuses=[409, 429], headers=["Location"], once=True)
def create_run(slug: str, json: NewRun) -> Queued:
    """Run code on the samples and on your own inputs. Free: it counts as no try."""
    return _send(slug, Purpose.RUN, json, json.own_inputs)


@blueprint.post("/problems/<slug>/submissions")
@limiter.limit(SEND_LIMIT)
@describe(
    "createSubmission",
    "submissions",
    Sent,
    status=202,
    refuses=[409, 429],
    headers=["Location"],
    once=True,
    guests=True,
)
def create_submission(slug: str, json: NewSubmission) -> Queued:
    """Submit code to be judged on the hidden cases. Counts as a try."""
    return _send(slug, Purpose.SUBMIT, json, [])


@blueprint.get("/runs/<int:run_id>")
@describe("getRun", "runs", SubmissionState, refuses=[409])
def get_run(run_id: int) -> SubmissionState:
    """One of your runs."""
    return _state(submissions.own(db.session, author(), run_id, purpose=Purpose.RUN))


@blueprint.get("/submissions/<int:submission_id>")
@describe("getSubmission", "submissions", SubmissionState, refuses=[409], guests=True)
def get_submission(submission_id: int) -> SubmissionState:
    """One of your submissions."""
    return _state(submissions.own(db.session, author(), submission_id, purpose=Purpose.SUBMIT))


@blueprint.get("/runs/<int:run_id>/events")
@describe_stream("listenToRun", "runs", "text/event-stream", refuses=[409])
def get_run_events(run_id: int) -> flask.Response:
    """Server-sent events of a run: `state` as things change, `judged` in the end.

    503 where too many listen: ask again, or ask for the run itself.
    """
    return _events(run_id)


@blueprint.get("/submissions/<int:submission_id>/events")
@describe_stream("listenToSubmission", "submissions", "text/event-stream", refuses=[409], guests=True)
def get_events(submission_id: int) -> flask.Response:
    """Server-sent events of a submission: `state` as things change, `judged` in the end.

    503 where too many listen: ask again, or ask for the submission itself.
    """
    return _events(submission_id)


@blueprint.get("/submissions")
@describe("listSubmissions", "submissions", SubmissionList, headers=["Link"])
def list_submissions(query: SubmissionQuery) -> tuple[SubmissionList, int, dict[str, str]]:
    """Your submissions, newest first: 50 a page. Ask for `next` until it is null."""
    who = Author(user_id=signed_in().id)
    found = submissions.listed(
        db.session, who, query.problem, limit=PAGE + 1, before=query.before, language=query.language
    )
    shown, more = found[:PAGE], len(found) > PAGE
    slugs = catalogue.slugs(db.session, {submission.problem_id for submission in shown})
    links = links_before(shown[-1].id if more else None)
    entries = [_entry(submission, slugs[submission.problem_id]) for submission in shown]
    return SubmissionList(submissions=entries, next=links.next), 200, links.headers


def _events(submission_id: int) -> flask.Response:
    who = author()
    db.session.close()
    return submission_stream(runtime(), who, submission_id)


def _send(slug: str, purpose: Purpose, sent: NewSubmission, own_inputs: list[dict[str, str]]) -> Queued:
    submission = submissions.submit(
        db.session,
        author(),
        slug,
        language=sent.language,
        source=sent.source,
        purpose=purpose,
        own_inputs=own_inputs,
    )
    send_after_commit(submission.id)
    url = f"/api/v1/{'runs' if purpose is Purpose.RUN else 'submissions'}/{submission.id}"
    result = url_for("submissions.result", submission_id=submission.id)
    return Sent(id=submission.id, url=url, events=f"{url}/events", result=result), 202, {"Location": url}


def _state(submission: Submission) -> SubmissionState:
    progress = submissions.progress_of(db.session, submission)
    why = waits.why(db.session, submission.status, progress.kind, submission.language)
    return SubmissionState(
        id=submission.id,
        problem=submission.version.problem.slug,
        version=submission.version.number,
        purpose=submission.purpose,
        language=submission.language,
        source=submission.source,
        created_at=submission.created_at,
        status=submission.status,
        position=progress.position,
        done=submission.cases_done,
        total=submission.cases_total,
        waiting=bool(why),
        why=why,
        judged_at=submission.judged_at,
        verdict=verdict_of(submission),
        score=submission.score,
        feedback=told(submissions.feedback(db.session, submission)),
    )


def _entry(submission: Submission, slug: str) -> SubmissionEntry:
    return SubmissionEntry(
        id=submission.id,
        problem=slug,
        language=submission.language,
        created_at=submission.created_at,
        status=submission.status,
        verdict=verdict_of(submission),
        score=submission.score,
    )
