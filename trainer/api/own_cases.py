"""Own cases: kept with a problem, and run with its samples."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from spectree import Response

from trainer.api.models import ErrorAnswer, NewOwnCase, OwnCaseList, OwnCaseState
from trainer.api.spec import spec
from trainer.db import db
from trainer.kinds.base import EXPECTED, NAME
from trainer.models import OwnCase
from trainer.security import SAVE_LIMIT, limiter, signed_in
from trainer.services import catalogue, own_cases

blueprint = Blueprint("api_own_cases", __name__, url_prefix="/api/v1/problems/<slug>/cases")

_REFUSALS = {
    "HTTP_401": ErrorAnswer,
    "HTTP_404": ErrorAnswer,
    "HTTP_413": ErrorAnswer,
    "HTTP_429": ErrorAnswer,
}


@blueprint.get("")
@spec.validate(resp=Response(HTTP_200=OwnCaseList, HTTP_401=ErrorAnswer, HTTP_404=ErrorAnswer), tags=["cases"])
def list_cases(slug: str) -> OwnCaseList:
    """Your own cases of a problem, oldest first."""
    found = own_cases.listed(db.session, *_mine(slug))
    return OwnCaseList(cases=[_state(case) for case in found])


@blueprint.post("")
@limiter.limit(SAVE_LIMIT)
@spec.validate(resp=Response(HTTP_201=OwnCaseState, **_REFUSALS), tags=["cases"])
def create_case(slug: str, json: NewOwnCase) -> tuple[OwnCaseState, int]:
    """Keep a case. Ten are kept of a problem."""
    return _state(own_cases.add(db.session, *_mine(slug), _texts(json))), 201


@blueprint.put("/<int:case_id>")
@limiter.limit(SAVE_LIMIT)
@spec.validate(resp=Response(HTTP_200=OwnCaseState, **_REFUSALS), tags=["cases"])
def put_case(slug: str, case_id: int, json: NewOwnCase) -> OwnCaseState:
    """Replace one of your cases."""
    return _state(own_cases.change(db.session, *_mine(slug), case_id, _texts(json)))


@blueprint.delete("/<int:case_id>")
@limiter.limit(SAVE_LIMIT)
@spec.validate(
    resp=Response("HTTP_204", HTTP_401=ErrorAnswer, HTTP_404=ErrorAnswer, HTTP_429=ErrorAnswer), tags=["cases"]
)
def delete_case(slug: str, case_id: int) -> Any:
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


def _state(case: OwnCase) -> OwnCaseState:
    return OwnCaseState(
        id=case.id, name=case.name, input=dict(case.input), expected=case.expected, saved_at=case.saved_at
    )
