"""Drafts, as the editor saves them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from trainer.api.models.drafts import DraftQuery, DraftState, NewDraft, NewerDraftDetails, SavedDraft
from trainer.api.models.practice import DraftEntry, DraftHistory
from trainer.api.spec import describe
from trainer.db import db
from trainer.errors import NotFound
from trainer.models import Draft
from trainer.services import catalogue, drafts, submissions
from trainer.web.refusals import refusal
from trainer.web.security import SAVE_LIMIT, limiter, signed_in

blueprint = Blueprint("api_drafts", __name__, url_prefix="/api/v1/problems/<slug>/draft")


@blueprint.get("")
@describe("getDraft", "drafts", DraftState, refuses=[409])
def get_draft(slug: str, query: DraftQuery) -> DraftState:
    """Your latest draft."""
    problem, _ = catalogue.published(db.session, slug)
    draft = drafts.current(db.session, signed_in().id, problem.id, query.language)
    if draft is None:
        raise NotFound("There is no draft yet.")
    return _state(draft)


@blueprint.put("")
@limiter.limit(SAVE_LIMIT)
@describe("putDraft", "drafts", SavedDraft, refuses=[429], HTTP_409=NewerDraftDetails)
def put_draft(slug: str, json: NewDraft) -> Any:
    """Save what was typed. Answers 409 with the newer draft where another tab or device has saved one."""
    user = signed_in()
    problem, version = catalogue.published(db.session, slug)
    languages = catalogue.content(db.session, version).languages
    if json.language not in languages:
        raise submissions.cannot_be_answered(json.language, languages)
    try:
        draft = drafts.save(
            db.session,
            user.id,
            problem.id,
            language=json.language,
            source=json.source,
            base_revision=json.base_revision,
            device=json.device,
            force=json.force,
        )
    except drafts.NewerDraft as error:
        return refusal(error.status, error.code, str(error), newer=_state(error.newer).model_dump(mode="json"))
    return SavedDraft(revision=draft.revision, saved_at=draft.saved_at)


@blueprint.get("/versions")
@describe("listDraftVersions", "drafts", DraftHistory, refuses=[409])
def list_versions(slug: str, query: DraftQuery) -> DraftHistory:
    """Earlier states of your draft, without their texts."""
    problem, _ = catalogue.published(db.session, slug)
    found = drafts.versions(db.session, signed_in().id, problem.id, query.language)
    return DraftHistory(
        versions=[
            DraftEntry(revision=one.revision, device=one.device, saved_at=one.saved_at, characters=len(one.source))
            for one in found
        ]
    )


@blueprint.get("/versions/<int:revision>")
@describe("getDraftVersion", "drafts", DraftState, refuses=[409])
def get_version(slug: str, revision: int, query: DraftQuery) -> DraftState:
    """One earlier state of your draft."""
    problem, _ = catalogue.published(db.session, slug)
    return _state(drafts.version(db.session, signed_in().id, problem.id, query.language, revision))


def _state(draft: Draft) -> DraftState:
    return DraftState(
        language=draft.language,
        revision=draft.revision,
        source=draft.source,
        device=draft.device,
        saved_at=draft.saved_at,
    )
