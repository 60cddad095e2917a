"""Languages: what functions may be written in here."""

from __future__ import annotations

from flask import Blueprint

from sandbox.languages import languages as all_languages
from trainer.api.models.languages import LanguageList, LanguageModel
from trainer.api.spec import describe
from trainer.db import db
from trainer.services import workers
from trainer.web.runtime import runtime

blueprint = Blueprint("api_languages", __name__, url_prefix="/api/v1/languages")


@blueprint.get("")
@describe("listLanguages", "problems", LanguageList, guests=True, etag=True)
def list_languages() -> LanguageList:
    """The languages that functions may be written in here, and whether a judge is there for each of them now."""
    able = workers.able(db.session)
    return LanguageList(
        languages=[
            LanguageModel(
                name=one.name,
                title=one.title,
                version=one.version,
                ending=one.ending,
                time_factor=one.time_factor,
                is_ready=able.can_judge(one.name),
            )
            for one in map(all_languages().__getitem__, runtime().config.offered)
        ]
    )
