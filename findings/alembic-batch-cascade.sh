#!/usr/bin/env bash
# Alembic on SQLite: a batch that only adds a column can delete the rows of other tables.
#
# Expected: batch_alter_table with nothing but add_column issues ALTER TABLE … ADD COLUMN, as SQLite can do that; and a
#   migration that adds a column to `parents` touches no row of `children`.
# Happens: with a server default that is an expression (sa.text) in the batch the table is made anew, its rows are copied, and the old one
#   is dropped. DROP TABLE deletes its rows first where foreign keys are enforced, and ON DELETE CASCADE deletes their
#   children. op.add_column with the same column adds it in place and loses nothing.
# Seen with: alembic 1.20.1, SQLAlchemy 2.1.9, PRAGMA foreign_keys=ON. Source: alembic/operations/batch.py and
#   alembic/ddl/sqlite.py (requires_recreate_in_batch); sqlite.org/foreignkeys.html, section 5, on DROP TABLE.
# Why it matters here: a migration with data in the tables lost every task of every interview, and said nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check alembic==1.20.1 sqlalchemy==2.1.9

cat >"$folder/try.py" <<'PYTHON'
from importlib.metadata import version

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations


def children_left(migrate):
    engine = sa.create_engine("sqlite://")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            "CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents(id) ON DELETE CASCADE)"
        )
        connection.exec_driver_sql("INSERT INTO parents VALUES (1), (2)")
        connection.exec_driver_sql("INSERT INTO children VALUES (1, 1), (2, 1), (3, 2)")
        migrate(Operations(MigrationContext.configure(connection)))
        return connection.scalar(sa.text("SELECT count(*) FROM children"))


def new_column():
    return sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False)


def in_batch(op):
    with op.batch_alter_table("parents") as batch:
        batch.add_column(new_column())


print("alembic", version("alembic"), "SQLAlchemy", version("sqlalchemy"))
print("children left after op.add_column:       ", children_left(lambda op: op.add_column("parents", new_column())))
print("children left after batch add_column:    ", children_left(in_batch))
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q 'op.add_column: *3$' <<<"$seen"
grep -q 'batch add_column: *0$' <<<"$seen"
