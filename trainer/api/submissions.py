"""Runs and submissions: sending code, and what came out."""

from __future__ import annotations

import flask
from flask import Blueprint, current_app, url_for
from spectree import Response

from trainer.api.models import (
    ErrorAnswer,
    NewRun,
    NewSubmission,
    Sent,
    SubmissionEntry,
    SubmissionList,
    SubmissionQuery,
    SubmissionState,
)
from trainer.api.paging import next_address
from trainer.api.spec import spec
from trainer.db import db
from trainer.models import Problem, Purpose, Submission
from trainer.runtime import runtime, send_after_commit
from trainer.security import SEND_LIMIT, author, limiter, signed_in
from trainer.services import catalogue, submissions
from trainer.services.author import Author
from trainer.services.paging import PAGE
from trainer.stream import submission_stream

blueprint = Blueprint("api_submissions", __name__, url_prefix="/api/v1")

_REFUSALS = {
    "HTTP_401": ErrorAnswer,
    "HTTP_404": ErrorAnswer,
    "HTTP_409": ErrorAnswer,
    "HTTP_413": ErrorAnswer,
    "HTTP_429": ErrorAnswer,
}


@blueprint.post("/problems/<slug>/runs")
@limiter.limit(SEND_LIMIT)
@spec.validate(resp=Response(HTTP_202=Sent, **_REFUSALS), tags=["runs"])
def create_run(slug: str, json: NewRun) -> tuple[Sent, int]:
    """Run code on the samples and on your own inputs. Free: it counts as no try."""
    return _send(slug, Purpose.RUN, json, json.own_inputs), 202


@blueprint.post("/problems/<slug>/submissions")
@limiter.limit(SEND_LIMIT)
@spec.validate(resp=Response(HTTP_202=Sent, **_REFUSALS), tags=["submissions"])
def create_submission(slug: str, json: NewSubmission) -> tuple[Sent, int]:
    """Submit code to be judged on the hidden cases. Counts as a try."""
    return _send(slug, Purpose.SUBMIT, json, []), 202


@blueprint.get("/runs/<int:run_id>")
@spec.validate(resp=Response(HTTP_200=SubmissionState, HTTP_404=ErrorAnswer), tags=["runs"])
def get_run(run_id: int) -> SubmissionState:
    """One of your runs."""
    return _state(author(), submissions.own(db.session, author(), run_id, purpose=Purpose.RUN))


@blueprint.get("/submissions/<int:submission_id>")
@spec.validate(resp=Response(HTTP_200=SubmissionState, HTTP_404=ErrorAnswer), tags=["submissions"])
def get_submission(submission_id: int) -> SubmissionState:
    """One of your submissions."""
    return _state(author(), submissions.own(db.session, author(), submission_id, purpose=Purpose.SUBMIT))


@blueprint.get("/runs/<int:submission_id>/events")
@blueprint.get("/submissions/<int:submission_id>/events")
def get_events(submission_id: int) -> flask.Response:
    """Server-sent events: `state` as things change, `judged` in the end. 503 where too many listen: ask again.

    Not validated: that would read the stream to its end first.
    """
    who = author()
    db.session.close()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return submission_stream(app, runtime(), who, submission_id)


@blueprint.get("/submissions")
@spec.validate(resp=Response(HTTP_200=SubmissionList, HTTP_401=ErrorAnswer), tags=["submissions"])
def list_submissions(query: SubmissionQuery) -> SubmissionList:
    """Your submissions, newest first: 50 a page. Ask for `next` until it is null."""
    who = Author(user_id=signed_in().id)
    found = submissions.listed(db.session, who, query.problem, limit=PAGE + 1, before=query.before)
    shown, more = found[:PAGE], len(found) > PAGE
    slugs = catalogue.slugs(db.session, {submission.problem_id for submission in shown})
    return SubmissionList(
        submissions=[_entry(submission, slugs[submission.problem_id]) for submission in shown],
        next=next_address(before=shown[-1].id if more else None),
    )


def _send(slug: str, purpose: Purpose, sent: NewSubmission, own_inputs: list[dict[str, str]]) -> Sent:
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
    return Sent(
        id=submission.id,
        url=url,
        events=f"{url}/events",
        result=url_for("submissions.result", submission_id=submission.id),
    )


def _state(who: Author, submission: Submission) -> SubmissionState:
    progress = submissions.progress(db.session, who, submission.id)
    return SubmissionState(
        id=submission.id,
        problem=db.session.get_one(Problem, submission.problem_id).slug,
        version=submission.version.number,
        purpose=submission.purpose,
        language=submission.language,
        source=submission.source,
        created_at=submission.created_at,
        status=submission.status,
        position=progress.position,
        done=submission.cases_done,
        total=submission.cases_total,
        waiting=not runtime().sandbox.status().available,
        judged_at=submission.judged_at,
        verdict=submission.verdict,
        score=submission.score,
        feedback=submissions.feedback(db.session, submission),
    )


def _entry(submission: Submission, slug: str) -> SubmissionEntry:
    return SubmissionEntry(
        id=submission.id,
        problem=slug,
        language=submission.language,
        created_at=submission.created_at,
        status=submission.status,
        verdict=submission.verdict,
        score=submission.score,
    )
