"""full-text search

The index is filled at the next start, see `trainer.start`: it is made of what versions say.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a007"
down_revision = "a006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("problems", sa.Column("indexed", sa.String(length=40), nullable=True))
    op.add_column("problem_versions", sa.Column("known_as", sa.JSON(), server_default="[]", nullable=False))
    op.drop_column("problem_versions", "search_text")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE problem_search USING fts5(names, topics, statement, tokenize='unicode61')")
    else:
        op.create_table(
            "problem_search",
            sa.Column("problem_id", sa.Integer(), nullable=False),
            sa.Column("document", postgresql.TSVECTOR(), nullable=False),
            sa.ForeignKeyConstraint(
                ["problem_id"], ["problems.id"], name="fk_problem_search_problem_id_problems", ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("problem_id", name="pk_problem_search"),
        )
        op.create_index("ix_problem_search_document", "problem_search", ["document"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_table("problem_search")
    op.add_column("problem_versions", sa.Column("search_text", sa.Text(), server_default="", nullable=False))
    op.drop_column("problem_versions", "known_as")
    op.drop_column("problems", "indexed")
