"""HTTP services in three boxes: honest, broken and hostile ones get their verdict, and nothing of them is left."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox import Case, JobRefused, Sandbox, Verdict, stage
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.model import NotRun, Phase, ServiceJob
from sandbox.stage import Stage, State

pytestmark = pytest.mark.engine

CASES = Path(__file__).parents[1] / "service_cases"


def phases(*names: str) -> tuple[Phase, ...]:
    return tuple(Phase(name, (CASES / f"{name}.py").read_text()) for name in names)


PHASES = phases("suite_01", "suite_02")
HONEST = (CASES / "honest.py").read_text()
NAMES = sorted(path.stem for path in CASES.glob("*.py") if not path.stem.startswith("suite_"))


def steps(of: tuple[Phase, ...] = PHASES) -> Iterator[Case]:
    for phase in of:
        for name, sentence in re.findall(r'def (test_\w+)\(.*\):\n    """(.*)"""', phase.source):
            yield Case(sentence, (phase.name, name), sample=name == "test_kept")


def job(app: str, of: tuple[Phase, ...] = PHASES) -> ServiceJob:
    return ServiceJob({"app.py": app, "honest.py": HONEST}, "python3 app.py", of, tuple(steps(of)))


def told(source: str, key: str) -> str:
    found = re.search(rf"^# {key}: (.*)$", source, re.MULTILINE)
    return found[1] if found else ""


LIMITS = {"phase_s": "PHASE_WITHIN_S", "idle_s": "START_IDLE_S"}
"""Limits of sandbox.stage that a case may shorten: it waits until they are over, and how long they are is not what it
shows. On a busy machine each of them is longer.
"""


@pytest.fixture(scope="module")
def sandbox(images: None) -> Iterator[Sandbox]:
    with Sandbox(DockerBackend(), {usual_spec("service"): 1}) as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_gets_its_verdict(sandbox: Sandbox, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (CASES / f"{name}.py").read_text()
    for key, limit in LIMITS.items():
        if seconds := told(source, key):
            monkeypatch.setattr(stage, limit, float(seconds))
    of = phases(*told(source, "suites").split()) or PHASES
    judgement = sandbox.judge(job(source, of))
    seen_runs = ", ".join(result.run.status for result in judgement.results)
    assert told(source, "runs") in ("", seen_runs)
    at = judgement.first_failure
    first = None if at is None else judgement.results[at]
    seen = "" if first is None else f"{first.case.name} {first.reason} {first.run.value}"
    assert (judgement.verdict, told(source, "what")) == (Verdict(told(source, "verdict")), told(source, "what")), seen
    if first is not None:
        assert told(source, "reason") in first.reason
        assert told(source, "expected") in first.run.value["expected"]
        assert told(source, "log") in first.run.stdout
        assert told(source, "asked") in ("", *(one["method"] for one in first.run.value["exchanges"]))
    assert told(source, "transcript") in str([result.run.value for result in judgement.results])


DIES_BETWEEN = """
import os, threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        if self.path == "/last":
            threading.Timer(0.05, os._exit, [3]).start()


HTTPServer(("127.0.0.1", 8000), Service).serve_forever()
"""


def own_job(app: str, source: str) -> ServiceJob:
    """The steps of a suite of one phase."""
    names = re.findall(r"def (test_\w+)", source)
    cases = tuple(Case(name, ("own_steps", name)) for name in names)
    return ServiceJob({"app.py": app}, "python3 app.py", (Phase("own_steps", source),), cases)


def test_one_that_ends_after_a_step_that_passes_is_not_accepted(sandbox: Sandbox) -> None:
    suite = """
import socket


def test_last(api):
    api.get("/last").status_is(200)
    while socket.socket().connect_ex(("127.0.0.1", 8000)) == 0:
        pass


def test_next(api):
    api.get("/").status_is(200)


def test_after(api):
    api.get("/").status_is(200)
"""
    judgement = sandbox.judge(own_job(DIES_BETWEEN, suite))
    verdicts = [result.verdict for result in judgement.results]
    assert verdicts == [Verdict.ACCEPTED, Verdict.RUN_TIME_ERROR, None], judgement.message
    assert judgement.results[1].reason == "Your service ended with exit code 3 before this step began."


def test_a_suite_that_cannot_be_read_is_refused_and_its_author_reads_why(sandbox: Sandbox) -> None:
    broken = "import no_such_module\n\n\ndef test_one(api):\n    pass\n"
    with pytest.raises(JobRefused, match=r"the suite cannot be read: (?s:.*)No module named 'no_such_module'"):
        sandbox.judge(own_job(DIES_BETWEEN, broken))


def test_steps_that_were_not_run_are_never_accepted(sandbox: Sandbox) -> None:
    """A suite that leaves some out: one that it does not have, and one at which its process ends."""
    missing = own_job(DIES_BETWEEN, "def test_one(api):\n    pass\n")
    missing = replace(missing, cases=(*missing.cases, Case("test_two", ("own_steps", "test_two"))))
    ends = "import os\n\n\ndef test_one(api):\n    pass\n\n\ndef test_two(api):\n    os._exit(0)\n"
    for made in (missing, own_job(DIES_BETWEEN, ends)):
        judgement = sandbox.judge(made)
        assert (judgement.verdict, judgement.score) == (Verdict.JUDGE_ERROR, 0.0)


def test_a_phase_whose_time_is_over_is_not_accepted(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times as long, as on a busy machine, is still less than a step may take."""
    monkeypatch.setattr(stage, "PHASE_WITHIN_S", 4.0)
    steps = [
        f"def test_{name}(api):\n    {line}\n" for name, line in (("a", "pass"), ("b", "time.sleep(60)"), ("c", "pass"))
    ]
    slow = "\n\n".join(["import time\n", *steps])
    judgement = sandbox.judge(own_job(DIES_BETWEEN, slow))
    verdicts = [result.verdict for result in judgement.results]
    assert verdicts == [Verdict.ACCEPTED, Verdict.TIME_LIMIT_EXCEEDED, None], judgement.message
    assert "was over before this one was" in judgement.results[1].reason
    assert judgement.results[2].run.not_run is NotRun.PHASE_OVER


def test_an_honest_one_is_judged_step_by_step(sandbox: Sandbox) -> None:
    judgement = sandbox.judge(job(HONEST))
    assert [result.verdict for result in judgement.results] == [Verdict.ACCEPTED] * 5
    exchange = judgement.results[1].run.value["exchanges"][0]
    assert (exchange["method"], exchange["status"]) == ("GET", 200)


def test_values_are_drawn_anew_in_each_judging(sandbox: Sandbox) -> None:
    bodies = {sandbox.judge(job(HONEST)).results[0].run.value["exchanges"][1]["request_body"] for _ in range(2)}
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
