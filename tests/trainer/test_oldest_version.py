"""An older version of the trainer beside newer tables: it goes on where it can, and says so where it cannot."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.factories import make_user, publish
from tests.postgres import PostgresServer
from trainer import migrate
from trainer.db import make_engine
from trainer.errors import TrainerError
from trainer.models import OldestVersion

ADDS = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "z001", "{before}"
{works_with}


def upgrade() -> None:
    op.add_column("users", sa.Column("pronouns", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("users", "pronouns")
"""
Update = Callable[[str], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    url = f"sqlite:///{tmp_path / 'trainer.db'}"
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh(migrated=False)
    made = make_engine(url)
    with ending(made):
        migrate.upgrade(made)
        yield made


@pytest.fixture
def update(engine: sa.Engine, tmp_path: Path) -> Update:
    """A version of the trainer with one migration more brings the tables up to date, and is gone again."""

    def by_newer(works_with: str) -> None:
        folder = tmp_path / "newer"
        shutil.copytree(migrate.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        words = ADDS.format(before=migrate.newest(), works_with=works_with)
        (folder / "versions" / "z001_pronouns.py").write_text(words)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(migrate, "FOLDER", folder)
            migrate.upgrade(engine)

    return by_newer


def oldest(engine: sa.Engine) -> str:
    with Session(engine) as session:
        return session.scalars(sa.select(OldestVersion.revision)).one()


def test_tables_of_this_version_need_what_it_knows(engine: sa.Engine) -> None:
    assert oldest(engine) in migrate.revisions()
    with engine.connect() as connection:
        assert migrate.fits(connection)


def test_an_older_version_goes_on_with_tables_that_only_got_more(engine: sa.Engine, update: Update) -> None:
    before = oldest(engine)
    update(f'works_with = "{migrate.newest()}"')
    assert oldest(engine) == max(before, migrate.newest())
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert migrate.revision(connection) == "z001"
        assert migrate.fits(connection)
    with Session(engine) as session, session.begin():
        publish(session)
        assert make_user(session).id


def test_an_older_version_says_that_it_does_not_fit(engine: sa.Engine, update: Update) -> None:
    update("")
    assert oldest(engine) == "z001"
    with engine.connect() as connection:
        assert not migrate.fits(connection)
    with pytest.raises(migrate.NewerTables, match="newer version of the trainer: update this one"):
        migrate.upgrade(engine)
    assert issubclass(migrate.NewerTables, TrainerError)
