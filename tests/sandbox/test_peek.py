"""What a service stores in plain text is found by the suite, wherever in its database it was put."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import Case, Sandbox, Verdict
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.model import Phase, ServiceJob
from tests.sandbox.test_services import HONEST

pytestmark = pytest.mark.engine

PLACES = {
    "plain.text": "CREATE TABLE plain (text text); INSERT INTO plain VALUES ('a tok5f2c8a b')",
    "names.text": "CREATE TABLE names (text name); INSERT INTO names VALUES ('tok5f2c8a')",
    "lists.texts": "CREATE TABLE lists (texts text[]); INSERT INTO lists VALUES (ARRAY['x', 'tok5f2c8a'])",
    "deep.texts": "CREATE TABLE deep (texts name[][]); INSERT INTO deep VALUES ('{{tok5f2c8a}}')",
    "bytes.held": "CREATE TABLE bytes (held bytea); INSERT INTO bytes VALUES ('tok5f2c8a')",
    "many.held": "CREATE TABLE many (held bytea[]); INSERT INTO many VALUES (ARRAY['tok5f2c8a'::bytea])",
    "documents.held": 'CREATE TABLE documents (held jsonb); INSERT INTO documents VALUES (\'{"a": ["tok5f2c8a"]}\')',
    "old.held": "CREATE TABLE old (held json); INSERT INTO old VALUES ('{\"tok5f2c8a\": 1}')",
    "pairs.held": "CREATE TYPE pair AS (a int, b text); CREATE TABLE pairs (held pair);"
    " INSERT INTO pairs VALUES (ROW(1, 'tok5f2c8a'))",
    "moods.held": "CREATE TYPE mood AS ENUM ('tok5f2c8a'); CREATE TABLE moods (held mood);"
    " INSERT INTO moods VALUES ('tok5f2c8a')",
    "kept.held": "CREATE MATERIALIZED VIEW kept AS SELECT 'tok5f2c8a'::varchar AS held",
    "secured.held": "CREATE TABLE secured (held text); INSERT INTO secured VALUES ('tok5f2c8a');"
    " ALTER TABLE secured ENABLE ROW LEVEL SECURITY; ALTER TABLE secured FORCE ROW LEVEL SECURITY;"
    " CREATE POLICY own ON secured USING (held = current_setting('app.tenant', true))",
    'Odd "table.Odd column': 'CREATE TABLE "Odd ""table" ("Odd column" text);'
    ' INSERT INTO "Odd ""table" VALUES (\'tok5f2c8a\')',
    "casts.held": "CREATE TYPE coat AS (a text); CREATE FUNCTION bare(coat) RETURNS text LANGUAGE sql AS 'SELECT ''''';"
    " CREATE CAST (coat AS text) WITH FUNCTION bare(coat) AS IMPLICIT;"
    " CREATE TABLE casts (held coat); INSERT INTO casts VALUES (ROW('tok5f2c8a'))",
    "large object": "SELECT lo_from_bytea(4242, 'tok5f2c8a'), lo_put(4242, 2044, 'tok5f2c8a')",
    "": "CREATE TABLE harmless (text text, at timestamptz, n int); INSERT INTO harmless VALUES ('tok', now(), 5)",
}
SUITE = '''
from suite import expect


def test_found(api, db):
    """It is found."""
    found = db.find("tok5f2c8a")
    expect(False, "to be told", found)
'''


@pytest.fixture(scope="module")
def sandbox(images: None) -> Iterator[Sandbox]:
    with Sandbox(DockerBackend(), {usual_spec("service"): 1}) as opened:
        yield opened


def test_a_text_is_found_wherever_it_was_put(sandbox: Sandbox) -> None:
    lines = ["import os, psycopg", "from honest import serve", "line = psycopg.connect(os.environ['DATABASE_URL'])"]
    lines += [f"line.execute({statement!r})" for statement in PLACES.values()]
    files = {"app.py": "\n".join([*lines, "line.commit()", "serve()"]), "honest.py": HONEST}
    job = ServiceJob(
        files, "python3 app.py", (Phase("found", SUITE),), (Case("It is found.", ("found", "test_found")),)
    )
    judgement = sandbox.judge(job)
    assert judgement.verdict is Verdict.WRONG_ANSWER
    told = judgement.results[0].run.value["got"]
    wanted = sorted(place for place in PLACES if place and place != "large object")
    assert told == str([*sorted(wanted), "large object 4242"]), judgement.results[0].run


def test_a_hash_is_the_same_in_each_judging_and_another_after_a_restart(sandbox: Sandbox) -> None:
    app = "import os\nfrom honest import found, serve\nfound.append([hash('a'), os.environ['PYTHONHASHSEED']])\nserve()"
    suite = (
        'from suite import expect\n\n\ndef test_it(api):\n    """It is told."""\n'
        "    expect(False, '', api.get('/found').list())\n"
    )
    phases = tuple(Phase(name, suite) for name in ("one", "two"))
    cases = tuple(Case(name, (name, "test_it")) for name in ("one", "two"))
    job = ServiceJob({"app.py": app, "honest.py": HONEST}, "python3 app.py", phases, cases)
    first, second = ([result.run.value["got"] for result in sandbox.judge(job).results] for _ in range(2))
    assert first == second
    assert len(set(first)) == 2
