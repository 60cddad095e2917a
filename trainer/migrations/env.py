"""Alembic's entry: the connection is handed in by `trainer.migrate`."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

import trainer.models  # noqa: F401 -- registers the tables
from trainer.db import Base


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Enums are words in a text column, so that a new member needs no migration."""
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """The search's index is no table of the models: each database has its own sort."""
    return kind != "table" or not str(name).startswith("problem_search")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    include_name=include_name,
    user_module_prefix="trainer.db.",
)
with context.begin_transaction():
    context.run_migrations()
