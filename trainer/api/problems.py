"""Problems: the list, and one of them."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from sandbox.model import Verdict
from trainer import kinds
from trainer.api import content as content_of
from trainer.api.models.problems import ListQuery, ProblemDetail, ProblemEntry, ProblemList
from trainer.api.paging import links_of
from trainer.api.spec import describe
from trainer.bank.markdown import render
from trainer.db import db
from trainer.services import catalogue, problem_list, publishing
from trainer.services.search import Asked
from trainer.web.runtime import runtime

blueprint = Blueprint("api_problems", __name__, url_prefix="/api/v1/problems")


@blueprint.get("")
@describe("listProblems", "problems", ProblemList, headers=["Link"], guests=True, etag=True)
def list_problems(query: ListQuery) -> tuple[ProblemList, int, dict[str, str]]:
    """Published problems with what you have done: 50 a page. Ask for `next` until it is null.

    With `q` the best match comes first, else the easiest problem. Words of `q` match at their beginnings and by their
    stems, in titles, other names of problems and topics, and statements.
    """
    filters = catalogue.Filters(
        asked=Asked.of(query.q, runtime().topics),
        topics=frozenset(query.topic),
        difficulties=frozenset(query.difficulty),
        states=frozenset(query.state),
        labels=frozenset(query.kind),
        starred=query.starred,
    )
    user_id = getattr(current_user, "id", None)
    found = problem_list.listed(db.session, user_id, filters, sort=query.sort, number=query.page)
    links = links_of(found)
    problems = [_entry(entry) for entry in found.items]
    return ProblemList(problems=problems, total=found.total, next=links.next), 200, links.headers


@blueprint.get("/<slug>")
@describe("getProblem", "problems", ProblemDetail, refuses=[409], guests=True, etag=True)
def get_problem(slug: str) -> ProblemDetail:
    """One problem: statement, samples, signature, starters; of a quiz its questions."""
    _, version = catalogue.published(db.session, slug)
    content = catalogue.content(db.session, version)
    kind = kinds.get(content.kind)
    return ProblemDetail(
        slug=slug,
        title=content.title,
        kind=content.kind,
        difficulty=content.difficulty,
        topics=list(content.topics),
        minutes=content.minutes,
        version=version.number,
        signature=str(content.signature) if content.signature else None,
        languages=list(content.languages),
        starters=dict(content.starters),
        time_limit_s=content.limits.time_limit_s,
        memory_mib=content.limits.memory_mib,
        hidden_cases=publishing.count_hidden(db.session, version),
        hints=len(content.hints),
        statement=content.statement,
        statement_html=str(render(content.statement)),
        samples=[content_of.sample(view) for view in kind.show_samples(content)],
        questions=[content_of.question(question) for question in content.questions],
        database=content_of.database(content),
        service=content_of.service(content),
    )


def _entry(entry: catalogue.Entry) -> ProblemEntry:
    return ProblemEntry(
        slug=entry.slug,
        title=entry.title,
        kind=entry.kind,
        label=entry.label,
        difficulty=entry.difficulty,
        topics=list(entry.topics),
        minutes=entry.minutes,
        state=entry.state,
        tries=entry.tries,
        last_verdict=Verdict(entry.last_verdict) if entry.last_verdict else None,
        starred=entry.starred,
        found_as=entry.found_as,
    )
