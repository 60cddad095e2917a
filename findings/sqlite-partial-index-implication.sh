#!/usr/bin/env bash
# SQLite: a partial index WHERE status != 'judged' is not used for a query WHERE status = 'queued'; PostgreSQL uses it.
#
# Expected: every row with status = 'queued' has status != 'judged', so an index over the unjudged rows serves the query.
#   PostgreSQL's planner proves that for constants.
# Happens: SQLite proves a condition on a partial index only from terms that stand in the query literally (and from
#   IS NOT NULL); from `status = 'queued'` it does not conclude `status != 'judged'`, and scans the whole table. Adding the
#   term, as a literal or as a bound parameter, makes the same query use the index.
# Seen with: SQLite as bundled by apsw 3.46.1.0. Source: sqlite.org/partialindex.html, section 3.1, rules 1 to 3.
# Why it matters here: a queue of a few rows in a table of a million was found by a scan, twice a second, once inside the
#   write lock; the index that was made for it stood unused beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.46.1.0

cat >"$folder/try.py" <<'PYTHON'
import apsw

db = apsw.Connection(":memory:")
cursor = db.cursor()
cursor.execute("CREATE TABLE work (id INTEGER PRIMARY KEY, status TEXT, text TEXT)")
cursor.execute("CREATE INDEX unjudged ON work (status, id) WHERE status != 'judged'")
cursor.executemany("INSERT INTO work (status, text) VALUES (?, ?)", [("judged", "x")] * 5000 + [("queued", "x")] * 5)
cursor.execute("ANALYZE")


def plan(where, *values):
    query = f"EXPLAIN QUERY PLAN SELECT id FROM work WHERE {where}"
    return " ".join(row[3] for row in cursor.execute(query, values))


print("SQLite", apsw.sqlite_lib_version())
print("implied:  ", plan("status = 'queued'"))
print("bound:    ", plan("status = 'queued' AND status != ?", "judged"))
print("literally:", plan("status = 'queued' AND status != 'judged'"))
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q 'implied: *SCAN work' <<<"$seen"
grep -q 'bound: *SEARCH work USING .*INDEX unjudged' <<<"$seen"
grep -q 'literally: *SEARCH work USING .*INDEX unjudged' <<<"$seen"
