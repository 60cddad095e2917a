"""The account that asks, and all that is kept of it."""

from __future__ import annotations

from typing import IO

from flask import Blueprint, Response

from trainer.api.models.account import KeyModel, Me
from trainer.api.spec import describe, describe_stream
from trainer.db import db
from trainer.services.export import export
from trainer.services.pieces import pieces
from trainer.web.downloads import send_made
from trainer.web.security import api_key, signed_in

blueprint = Blueprint("api_account", __name__, url_prefix="/api/v1/me")


@blueprint.get("")
@describe("getMe", "account", Me)
def get_me() -> Me:
    """The account that asks."""
    user, key = signed_in(), api_key()
    return Me(
        email=user.email,
        name=user.name,
        role=user.role,
        created_at=user.created_at,
        time_factor=user.time_factor,
        key=KeyModel(name=key.name, scope=key.scope, ends_at=key.ends_at) if key else None,
    )


@blueprint.get("/export")
@describe_stream("exportAccount", "account", "application/json")
def export_account() -> Response:
    """Everything that is kept of you: account, submissions, drafts, attempts, hints, notes, stars and interviews.

    503 while others take their data out: ask again.
    """
    user = signed_in()

    def write(file: IO[bytes]) -> None:
        for piece in pieces(export(db.session, user)):
            file.write(piece.encode())

    return send_made(write, "trainer-export.json", "application/json")
