"""Practice beside submissions: hints, the solution, giving up, tries, notes, stars, reports."""

from __future__ import annotations

from flask import Blueprint

from trainer.api.feedback import verdict_of
from trainer.api.models.common import PageQuery
from trainer.api.models.practice import (
    AttemptModel,
    HintList,
    HintModel,
    NewNote,
    NewReport,
    NoteModel,
    ReportedModel,
    SolutionModel,
    TryList,
    TryModel,
)
from trainer.api.paging import links_of
from trainer.api.spec import describe
from trainer.bank.markdown import render
from trainer.bank.problem import Hint
from trainer.db import db
from trainer.errors import Refused
from trainer.models import Problem
from trainer.services import attempts, catalogue, tries
from trainer.services.author import Author
from trainer.services.tries import Try
from trainer.web.security import SAVE_LIMIT, limiter, signed_in

blueprint = Blueprint("api_practice", __name__, url_prefix="/api/v1/problems/<slug>")


class SolutionClosed(Refused):
    """The solution is not earned yet."""

    code = "solution_closed"


@blueprint.get("/attempt")
@describe("getAttempt", "practice", AttemptModel, refuses=[409])
def get_attempt(slug: str) -> AttemptModel:
    """Your work on a problem: since when, how long, and what is open to you."""
    problem, _ = catalogue.published(db.session, slug)
    return _attempt(problem)


@blueprint.get("/tries")
@describe("listTries", "practice", TryList, refuses=[409], headers=["Link"])
def list_tries(slug: str, query: PageQuery) -> tuple[TryList, int, dict[str, str]]:
    """Your submissions of a problem, numbered as tries, newest first: 50 a page. Ask for `next` until it is null."""
    user = signed_in()
    catalogue.published(db.session, slug)
    found = tries.page(db.session, Author(user_id=user.id), slug, query.page)
    links = links_of(found)
    return TryList(tries=[_try(one) for one in found.items], total=found.total, next=links.next), 200, links.headers


@blueprint.get("/hints")
@describe("listHints", "practice", HintList, refuses=[409])
def list_hints(slug: str) -> HintList:
    """The hints that you have opened."""
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    hints = catalogue.content(db.session, version).hints
    taken = attempts.hints_taken(db.session, user.id, problem.id)
    opened = [_hint(number, hint) for number, hint in enumerate(hints, 1) if number in taken]
    return HintList(hints=opened, total=len(hints))


@blueprint.post("/hints/<int:number>")
@limiter.limit(SAVE_LIMIT)
@describe("openHint", "practice", HintModel, refuses=[409, 422, 429])
def open_hint(slug: str, number: int) -> HintModel:
    """Open a hint. They open one after the other; one that is open already is told again."""
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    hints = catalogue.content(db.session, version).hints
    attempts.take_hint(db.session, user.id, problem.id, number, count=len(hints))
    return _hint(number, hints[number - 1])


@blueprint.get("/solution")
@describe("getSolution", "practice", SolutionModel, refuses=[403, 409])
def get_solution(slug: str) -> SolutionModel:
    """The editorial. It opens when a submission of yours is accepted, or when you give up."""
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    if not attempts.solution_open(attempts.find(db.session, user.id, problem.id)):
        raise SolutionClosed("The solution opens when a submission of yours is accepted, or when you give up.")
    solution = catalogue.content(db.session, version).solution
    return SolutionModel(solution=solution, solution_html=str(render(solution, "Code of the solution")))


@blueprint.post("/give-up")
@limiter.limit(SAVE_LIMIT)
@describe("giveUp", "practice", AttemptModel, refuses=[409, 429])
def give_up(slug: str) -> AttemptModel:
    """Close the attempt without acceptance: the solution opens. Nothing changes where it was accepted before."""
    problem, _ = catalogue.published(db.session, slug)
    attempts.give_up(db.session, signed_in().id, problem.id)
    return _attempt(problem)


@blueprint.put("/star")
@limiter.limit(SAVE_LIMIT)
@describe("setStar", "practice", None, status=204, refuses=[409, 429])
def set_star(slug: str) -> tuple[str, int]:
    """Mark a problem with a star."""
    return _star(slug, starred=True)


@blueprint.delete("/star")
@limiter.limit(SAVE_LIMIT)
@describe("dropStar", "practice", None, status=204, refuses=[409, 429])
def drop_star(slug: str) -> tuple[str, int]:
    """Take the star from a problem."""
    return _star(slug, starred=False)


@blueprint.get("/note")
@describe("getNote", "practice", NoteModel, refuses=[409])
def get_note(slug: str) -> NoteModel:
    """Your own words on a problem."""
    user = signed_in()
    problem, _ = catalogue.published(db.session, slug)
    note = attempts.note(db.session, user.id, problem.id)
    return NoteModel(text=note.text if note else "", saved_at=note.saved_at if note else None)


@blueprint.put("/note")
@limiter.limit(SAVE_LIMIT)
@describe("putNote", "practice", NoteModel, refuses=[409, 429])
def put_note(slug: str, json: NewNote) -> NoteModel:
    """Replace your own words on a problem."""
    problem, _ = catalogue.published(db.session, slug)
    note = attempts.write_note(db.session, signed_in().id, problem.id, json.text)
    return NoteModel(text=note.text, saved_at=note.saved_at)


@blueprint.post("/reports")
@limiter.limit("10 per hour")
@describe("reportProblem", "practice", ReportedModel, status=201, refuses=[409, 429], once=True)
def report_problem(slug: str, json: NewReport) -> tuple[ReportedModel, int]:
    """Tell the mentors that something is wrong with a problem."""
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    made = attempts.report(
        db.session,
        user.id,
        problem_id=problem.id,
        version_id=version.id,
        kind=json.kind,
        text=json.text,
        submission_id=json.submission,
    )
    return ReportedModel(id=made.id), 201


def _star(slug: str, *, starred: bool) -> tuple[str, int]:
    problem, _ = catalogue.published(db.session, slug)
    attempts.set_star(db.session, signed_in().id, problem.id, starred=starred)
    return "", 204


def _hint(number: int, hint: Hint) -> HintModel:
    html = str(render(hint.body, f"Code of hint {number}"))
    return HintModel(number=number, title=hint.title, body=hint.body, body_html=html)


def _attempt(problem: Problem) -> AttemptModel:
    user_id = signed_in().id
    found = attempts.find(db.session, user_id, problem.id)
    return AttemptModel(
        opened_at=found.opened_at if found else None,
        active_at=found.active_at if found else None,
        active_s=found.active_s if found else 0.0,
        accepted_at=found.accepted_at if found else None,
        given_up_at=found.given_up_at if found else None,
        solution_open=attempts.solution_open(found),
        hints_opened=len(attempts.hints_taken(db.session, user_id, problem.id)),
        starred=attempts.is_starred(db.session, user_id, problem.id),
    )


def _try(one: Try) -> TryModel:
    sent = one.submission
    return TryModel(
        number=one.number,
        submission=sent.id,
        language=sent.language,
        created_at=sent.created_at,
        status=sent.status,
        verdict=verdict_of(sent),
        score=sent.score,
    )
