"""The small problems that are timed: a function, a query, a service."""

from __future__ import annotations

from collections.abc import Mapping

Files = Mapping[str, str]

HINTS = "## What is asked?\n\nRead it again.\n\n## What is there?\n\nLess than one thinks.\n"
SOLUTION = "## Approach\n\nStraight ahead: O(1).\n"

_FUNCTION = """---
title: Double with {count} cases
kind: function
difficulty: easy
topics: [arrays]
signature: "double(number: int) -> int"
complexity: {{time: O(1), space: O(1)}}
minutes: 1
---

Write `double`: return twice the number.
"""
_CASE = "- {{name: {word} {number}, args: {{number: {number}}}, expected: {expected}}}\n"


ASSESSMENT = (
    """title: Assessment
about: Four tasks in seventy minutes.
order: 1
minutes: 70
reveal: samples
tasks:
"""
    + 4 * "  - {kinds: [function], minutes: 17, points: 20, efficiency: 5}\n"
)


def function(count: int) -> Files:
    """The trivial function with so many hidden cases."""

    def cases(word: str, numbers: range) -> str:
        return "".join(_CASE.format(word=word, number=n, expected=2 * n) for n in numbers)

    return _with_texts(
        _FUNCTION.format(count=count),
        {
            "data/sample.yaml": cases("sample", range(1)),
            "data/secret.yaml": cases("number", range(1, count + 1)),
            "submissions/accepted/times.py": "def double(number):\n    return 2 * number\n",
        },
    )


_SQL = """---
title: Total by customer
kind: sql
difficulty: easy
topics: [arrays]
signature: query
minutes: 1
---

Give `name` and `total` of each customer.
"""
SCHEMA = """
CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, cents integer NOT NULL);
"""
QUERY = """
SELECT c.name, sum(o.cents) AS total FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name;
"""
FILLS = tuple(
    f"INSERT INTO customers SELECT n, 'customer ' || n FROM generate_series(1, {size}) n;\n"
    f"INSERT INTO orders SELECT n, 1 + n % {size}, n FROM generate_series(1, {10 * size}) n;\n"
    for size in (50, 100, 200)
)


def sql() -> Files:
    """A join on three hidden data sets of some hundred rows."""
    hidden = "".join(
        f"- name: data set {n}\n  script: |\n" + "".join(f"    {line}\n" for line in fill.splitlines())
        for n, fill in enumerate(FILLS, 1)
    )
    return _with_texts(
        _SQL,
        {
            "data/schema.sql": SCHEMA,
            "data/sample.yaml": "- {name: two, rows: {customers: [[1, Ada]], orders: [[1, 1, 5]]}}\n",
            "data/secret.yaml": hidden,
            "submissions/accepted/join.sql": QUERY,
        },
    )


_SERVICE = """---
title: Notes
kind: service
difficulty: easy
topics: [arrays]
minutes: 1
start: python3 app.py
---

Keep notes.
"""
APP = """import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def load():
    return json.load(open("notes.json")) if os.path.exists("notes.json") else []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        notes = [*load(), json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]]
        with open("notes.json", "w") as file:
            json.dump(notes, file)
        self.answer(201, {"id": len(notes)})

    def do_GET(self):
        self.answer(200, {"text": load()[int(self.path.rpartition("/")[2]) - 1]})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""
STEPS = 20
_STEP = '''
def test_step_{n}(api, draw, memory):
    """Note {n} is kept and comes back."""
    text = draw.words()
    number = api.post("/notes", json={{"text": text}}).status_is(201).field("id", int)
    api.get(f"/notes/{{number}}").status_is(200).field_is("text", text)
'''
_RESTARTED = '''
def test_after_the_restart(api):
    """The first note outlives a restart."""
    api.get("/notes/1").status_is(200).field("text", str)
'''


def service() -> Files:
    """A service from the standard library, a suite of 20 steps, the last one after a restart."""
    first = "from suite import sample\n\n\n@sample" + "\n".join(_STEP.format(n=n) for n in range(1, STEPS))
    return _with_texts(
        _SERVICE,
        {
            "data/suite/01_notes.py": first,
            "data/suite/02_restart.py": _RESTARTED,
            "starter/app.py": APP.replace("201", "200"),
            "submissions/accepted/notes/app.py": APP,
        },
    )


def _with_texts(problem: str, files: Files) -> Files:
    return {"problem.md": problem, "hints.md": HINTS, "solution.md": SOLUTION, **files}
