#!/usr/bin/env bash
# psycopg and SQLAlchemy: a write that a standby refuses is an InternalError, not an OperationalError.
#
# Expected: trouble of the place and not of the program is an OperationalError, as a full disk, a shutdown and a lost
#   connection are; whoever retries by that class retries after a failover, too.
# Happens: class 25 of PostgreSQL's states (invalid transaction state) is InternalError as a whole, so "cannot execute INSERT in a
#   read-only transaction" (25006) is one. SQLAlchemy keeps the class, and does not call the connection invalid. SQLite's
#   "attempt to write a readonly database" is an OperationalError.
# Seen with: psycopg 3.3.9, SQLAlchemy 2.1.9. Source: psycopg/errors.py, `_base_exc_map`; sqlalchemy/exc.py, `DBAPIError.instance`.
# Why it matters here: what was judged while a standby answered ended as an error of the judge for good.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "psycopg[binary]==3.3.9" "sqlalchemy==2.1.9"

cat >"$folder/try.py" <<'PYTHON'
import sqlite3

import psycopg
import sqlalchemy as sa

print("psycopg", psycopg.__version__, "SQLAlchemy", sa.__version__)


def named(error, base):
    wrapped = sa.exc.DBAPIError.instance("INSERT", {}, error, base)
    return type(wrapped).__name__


told = {
    state: named(psycopg.errors.lookup(state)("refused"), psycopg.Error)
    for state in ("53100", "57P01", "08006", "25006")
}
with sqlite3.connect(":memory:") as connection:
    connection.execute("CREATE TABLE t (n)")
    connection.execute("PRAGMA query_only = 1")
    try:
        connection.execute("INSERT INTO t VALUES (1)")
    except sqlite3.Error as error:
        told["sqlite"] = named(error, sqlite3.Error)
print("full disk 53100, shutdown 57P01, connection lost 08006, read-only 25006, SQLite read-only:")
print(*told.values())
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q '^OperationalError OperationalError OperationalError InternalError OperationalError$' <<<"$seen"
