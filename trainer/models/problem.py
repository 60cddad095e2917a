"""Problems and their published versions, which never change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.db import Base


class Problem(Base):
    """A problem under its address. What it says stands in its current version.

    `synced_digest` is the bank's folder as it was when a version was last made of it: while the folder stays so, a
    version that a mentor published stays current. `indexed` names what the full-text index says of it, see
    `trainer.services.search`.
    """

    __tablename__ = "problems"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    current_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("problem_versions.id", name="fk_problems_current", use_alter=True)
    )
    synced_digest: Mapped[str | None] = mapped_column(sa.String(64))
    indexed: Mapped[str | None] = mapped_column(sa.String(40))
    current: Mapped[ProblemVersion | None] = relationship(foreign_keys=[current_id], post_update=True)


class ProblemVersion(Base):
    """One published state of a package. `files` holds it whole; most other columns are read from it, for lists.

    `content` is what it says, as `trainer.bank.stored` wrote it in `content_format`: later rules for packages do not
    touch it. Both are empty of versions whose files could not be read when contents began to be stored.
    """

    __tablename__ = "problem_versions"
    __table_args__ = (sa.UniqueConstraint("problem_id", "number"), sa.UniqueConstraint("problem_id", "digest"))

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    files: Mapped[bytes] = mapped_column(deferred=True)
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    content_format: Mapped[int | None]
    data_digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(16))
    label: Mapped[str] = mapped_column(sa.String(16))  # what lists show as kind: function, class …
    difficulty: Mapped[str] = mapped_column(sa.String(16))
    topics: Mapped[list[str]]
    minutes: Mapped[int]
    warm_up: Mapped[bool] = mapped_column(default=False)
    known_as: Mapped[list[str]] = mapped_column(server_default="[]")  # searched, and not shown on the problem's page
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    note: Mapped[str] = mapped_column(sa.String(400), default="")

    problem: Mapped[Problem] = relationship(foreign_keys=[problem_id])


class TestData(Base):
    """Hidden cases as they are judged, generated ones included, under the address of their content."""

    __tablename__ = "test_data"
    __test__ = False  # pytest: this is no test

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    cases: Mapped[bytes] = mapped_column(deferred=True)
    count: Mapped[int]
    created_at: Mapped[datetime]


class KnownMistakes(Base):
    """Which hidden cases each known wrong submission of a version fails, so that a student's own can be recognised."""

    __tablename__ = "known_mistakes"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("problem_versions.id", ondelete="CASCADE"), primary_key=True)
    patterns: Mapped[dict[str, Any]]
