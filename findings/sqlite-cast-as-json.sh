#!/usr/bin/env bash
# SQLAlchemy on SQLite: cast(text, JSON) is the number 0, and a row that is written through it has lost its document.
#
# Expected: `cast(text, sa.JSON)` means the same in PostgreSQL and in SQLite, whose dialect has the type JSON: the text, read
#   as a document; or the dialect refuses it, as SQLite has no such type.
# Happens: SQLAlchemy writes CAST(? AS JSON). SQLite takes any name for a type and goes by its letters: a name without
#   INT, CHAR, CLOB, TEXT, BLOB, REAL, FLOA or DOUB has NUMERIC affinity. Casting a text to that reads the number at its
#   beginning, and is 0 where there is none. Nothing warns. The same column takes the same text whole when it is bound
#   without a cast, as affinity alone keeps what is no number.
# Seen with: SQLAlchemy 2.1.9, SQLite 3.40.1. Source: sqlite.org/datatype3.html, "Determination Of Column Affinity",
#   and sqlite.org/lang_expr.html, "CAST expressions".
# Why it matters here: a backup keeps JSON as the text that the database holds, and psycopg wants a cast to write it back.
#   The same statement, run on SQLite, would have restored a 0 in place of every judgement.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "SQLAlchemy==2.1.9"

seen=$("$folder/venv/bin/python" - <<'PYTHON'
import sqlalchemy as sa

engine = sa.create_engine("sqlite://")
table = sa.Table("kept", sa.MetaData(), sa.Column("how", sa.Text), sa.Column("document", sa.JSON))
raw = sa.select(table.c.how, sa.type_coerce(table.c.document, sa.Text))
with engine.begin() as connection:
    table.create(connection)
    for text in ('{"verdict": "accepted"}', "[1, 2]", "12 apples"):
        print(text, "cast to JSON is", connection.exec_driver_sql("SELECT CAST(? AS JSON)", (text,)).scalar())
    bound = sa.bindparam("text", '{"verdict": "accepted"}', sa.Text)
    connection.execute(table.insert().values(how="bound", document=sa.type_coerce(bound, sa.Text)))
    connection.execute(table.insert().values(how="cast", document=sa.cast(bound, sa.JSON)))
    for how, document in connection.execute(raw):
        print(f"{how}: {document}")
PYTHON
)
echo "$seen"
diff <(echo "$seen") - <<'SEEN'
{"verdict": "accepted"} cast to JSON is 0
[1, 2] cast to JSON is 0
12 apples cast to JSON is 12
bound: {"verdict": "accepted"}
cast: 0
SEEN
