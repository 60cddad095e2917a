"""Brings the database's tables to what this version of the trainer needs."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig

FOLDER = Path(__file__).with_name("migrations")


def alembic_config(connection: sa.Connection | None = None) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine) -> None:
    """Run the migrations that are missing. Safe to call at every start."""
    with engine.connect().execution_options(will_write=True) as connection:
        command.upgrade(alembic_config(connection), "head")
        connection.commit()


def make_revision(engine: sa.Engine, message: str) -> None:
    """Write a new migration from the difference between the tables and the models."""
    with engine.connect() as connection:
        command.revision(alembic_config(connection), message=message, autogenerate=True)
