"""Own cases: kept with a problem, and run with its samples."""

from __future__ import annotations

from flask import Blueprint

from trainer.api.models.practice import NewOwnCase, OwnCaseList, OwnCaseModel
from trainer.api.spec import describe
from trainer.db import db
from trainer.kinds.base import EXPECTED, NAME
from trainer.models import OwnCase
from trainer.services import catalogue, own_cases
from trainer.web.security import SAVE_LIMIT, limiter, signed_in

blueprint = Blueprint("api_own_cases", __name__, url_prefix="/api/v1/problems/<slug>/cases")


@blueprint.get("")
@describe("listOwnCases", "practice", OwnCaseList, refuses=[409])
def list_cases(slug: str) -> OwnCaseList:
    """Your own cases of a problem, oldest first."""
    found = own_cases.listed(db.session, *_mine(slug))
    return OwnCaseList(cases=[_state(case) for case in found])


@blueprint.post("")
@limiter.limit(SAVE_LIMIT)
@describe("createOwnCase", "practice", OwnCaseModel, status=201, refuses=[409, 413, 429], once=True)
def create_case(slug: str, json: NewOwnCase) -> tuple[OwnCaseModel, int]:
    """Keep a case. Ten are kept of a problem."""
    return _state(own_cases.add(db.session, *_mine(slug), _texts(json))), 201


@blueprint.put("/<int:case_id>")
@limiter.limit(SAVE_LIMIT)
@describe("putOwnCase", "practice", OwnCaseModel, refuses=[409, 413, 429])
def put_case(slug: str, case_id: int, json: NewOwnCase) -> OwnCaseModel:
    """Replace one of your cases."""
    return _state(own_cases.change(db.session, *_mine(slug), case_id, _texts(json)))


@blueprint.delete("/<int:case_id>")
@limiter.limit(SAVE_LIMIT)
@describe("deleteOwnCase", "practice", None, status=204, refuses=[409, 429])
def delete_case(slug: str, case_id: int) -> tuple[str, int]:
    """Delete one of your cases."""
    own_cases.remove(db.session, *_mine(slug), case_id)
    return "", 204


def _mine(slug: str) -> tuple[int, int]:
    """Ids of the account and of the problem."""
    user = signed_in()
    problem, _ = catalogue.published(db.session, slug)
    return user.id, problem.id


def _texts(given: NewOwnCase) -> dict[str, str]:
    return given.input | {NAME: given.name, EXPECTED: given.expected}


def _state(case: OwnCase) -> OwnCaseModel:
    return OwnCaseModel(
        id=case.id, name=case.name, input=dict(case.input), expected=case.expected, saved_at=case.saved_at
    )
