"""stored content

Older versions get their content at the next start, see `trainer.start`: only the parser can read their files.
"""

import sqlalchemy as sa
from alembic import op

revision = "a004"
down_revision = "a003"
branch_labels = None
depends_on = None

_versions = sa.table(
    "problem_versions", sa.column("problem_id"), sa.column("number"), sa.column("digest"), sa.column("created_by_id")
)
_problems = sa.table("problems", sa.column("id"), sa.column("synced_digest"))


def upgrade() -> None:
    op.add_column("problem_versions", sa.Column("content", sa.LargeBinary(), nullable=True))
    op.add_column("problem_versions", sa.Column("content_format", sa.Integer(), nullable=True))
    op.add_column("problems", sa.Column("synced_digest", sa.String(length=64), nullable=True))
    _remember_synced()


def downgrade() -> None:
    op.drop_column("problems", "synced_digest")
    op.drop_column("problem_versions", "content_format")
    op.drop_column("problem_versions", "content")


def _remember_synced() -> None:
    """The newest version that no mentor made came from the bank's folder."""
    newest = (
        sa.select(_versions.c.digest)
        .where(_versions.c.problem_id == _problems.c.id, _versions.c.created_by_id.is_(None))
        .order_by(_versions.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    op.execute(_problems.update().values(synced_digest=newest))
