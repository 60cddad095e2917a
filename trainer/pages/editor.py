"""What pages with an editor need to know of it: how its owner has set it."""

from __future__ import annotations

from flask import g
from flask_login import current_user

from trainer.bank.problem import Schema
from trainer.db import db
from trainer.services import editor_settings
from trainer.services.editor_settings import Chosen


def editor_saved() -> Chosen | None:
    """What this account has chosen; None for guests and for those who never chose. A page asks once."""
    if "editor_saved" not in g:
        known = current_user.is_authenticated
        g.editor_saved = editor_settings.find(db.session, current_user.id) if known else None
    saved: Chosen | None = g.editor_saved
    return saved


def editor_chosen() -> Chosen:
    """What a page shows as chosen."""
    return editor_saved() or Chosen()


def schema_names(schema: Schema) -> dict[str, list[str]]:
    """Tables and their columns, which the editor offers to complete."""
    return {table.name: [column.name for column in table.columns] for table in schema.tables}
