"""HTTP services in three boxes: honest, broken and hostile ones get their verdict, and nothing of them is left."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Case, Sandbox, Verdict
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.model import Phase, ServiceJob
from sandbox.services import Stage, State

pytestmark = pytest.mark.engine

CASES = Path(__file__).parents[1] / "service_cases"
PHASES = tuple(Phase(name, (CASES / f"{name}.py").read_text()) for name in ("suite_01", "suite_02"))
HONEST = (CASES / "honest.py").read_text()
NAMES = sorted(path.stem for path in CASES.glob("*.py") if not path.stem.startswith("suite_"))


def steps() -> Iterator[Case]:
    for phase in PHASES:
        for name, sentence in re.findall(r'def (test_\w+)\(.*\):\n    """(.*)"""', phase.source):
            yield Case(sentence, (phase.name, name), sample=name == "test_kept")


def job(app: str) -> ServiceJob:
    return ServiceJob({"app.py": app, "honest.py": HONEST}, "python3 app.py", PHASES, tuple(steps()))


def told(source: str, key: str) -> str:
    found = re.search(rf"^# {key}: (.*)$", source, re.MULTILINE)
    return found[1] if found else ""


@pytest.fixture(scope="module")
def sandbox(images: None) -> Iterator[Sandbox]:
    with Sandbox(DockerBackend(), {usual_spec("service"): 1}) as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_gets_its_verdict(sandbox: Sandbox, name: str) -> None:
    source = (CASES / f"{name}.py").read_text()
    judgement = sandbox.judge(job(source))
    at = judgement.first_failure
    first = None if at is None else judgement.results[at]
    seen = "" if first is None else f"{first.case.name} {first.reason} {first.run.value}"
    assert (judgement.verdict, told(source, "what")) == (Verdict(told(source, "verdict")), told(source, "what")), seen
    if first is not None:
        assert told(source, "reason") in first.reason
        assert told(source, "expected") in first.run.value["expected"]


def test_an_honest_one_is_judged_step_by_step(sandbox: Sandbox) -> None:
    judgement = sandbox.judge(job(HONEST))
    assert [result.verdict for result in judgement.results] == [Verdict.ACCEPTED] * 5
    exchange = judgement.results[1].run.value["exchanges"][0]
    assert (exchange["method"], exchange["status"]) == ("GET", 200)


def test_values_are_drawn_anew_in_each_judging(sandbox: Sandbox) -> None:
    bodies = {sandbox.judge(job(HONEST)).results[0].run.value["exchanges"][0]["request_body"] for _ in range(2)}
    assert len(bodies) == 2


def test_the_log_of_each_step_is_told(sandbox: Sandbox) -> None:
    source = HONEST.replace("def do_GET(self):", "def do_GET(self):\n        print('asked', self.path, flush=True)")
    judgement = sandbox.judge(job(source))
    assert "asked /notes/1" in judgement.results[1].run.stdout
    assert "asked" not in judgement.results[0].run.stdout


def test_a_host_that_looks_late_tells_no_later_steps_log(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hidden step makes the service write must not stand under the shown one before it."""
    source = HONEST.replace("def do_GET(self):", "def do_GET(self):\n        print('asked', self.path, flush=True)")
    look = Stage.look

    def late_look(stage: Stage) -> State:
        time.sleep(0.3)  # a busy host
        return look(stage)

    monkeypatch.setattr(Stage, "look", late_look)
    judgement = sandbox.judge(job(source))
    assert "asked" not in judgement.results[0].run.stdout
    assert "asked /notes/1" in judgement.results[1].run.stdout


def test_own_requests_are_answered_and_not_judged(sandbox: Sandbox) -> None:
    request = {"method": "POST", "path": "/notes", "headers": [["X-Mine", "1"]], "body": '{"text": "mine"}'}
    own = Case("POST /notes", (request,), judged=False)
    sample = next(steps())
    made = ServiceJob({"app.py": HONEST}, "python3 app.py", PHASES, (sample, own))
    judgement = sandbox.judge(made)
    assert judgement.verdict is Verdict.ACCEPTED
    answer = judgement.results[1].run.value["exchanges"][0]
    assert (answer["status"], answer["body"]) == (201, '{"id": 2}')
    assert judgement.results[1].verdict is None


def test_a_case_that_was_judged_before_is_passed_on(sandbox: Sandbox) -> None:
    given = Case("The cause is named.", ("", {"passed": False, "expected": "a cause", "got": "none named"}))
    made = ServiceJob({"app.py": HONEST}, "python3 app.py", PHASES, (*steps(), given))
    judgement = sandbox.judge(made)
    assert judgement.verdict is Verdict.WRONG_ANSWER
    assert judgement.results[judgement.first_failure or 0].case is given


def test_a_service_that_was_lost_twice_has_ended_its_sandbox(sandbox: Sandbox) -> None:
    """Its data box dies under it: the student's doing, as the service had been started."""
    judgement = sandbox.judge(job(FILLS_THE_DATABASE))
    assert judgement.verdict is not Verdict.JUDGE_ERROR


FILLS_THE_DATABASE = """
import os
import psycopg
from honest import serve

try:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        line.execute("CREATE TABLE IF NOT EXISTS large (text text)")
        while True:
            line.execute("INSERT INTO large SELECT repeat(md5(n::text), 1000) FROM generate_series(1, 1000) n")
except psycopg.Error as error:
    print(error, flush=True)
serve()
"""
