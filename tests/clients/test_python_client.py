"""A client that `openapi-python-client` makes of the description practises, and sits an interview to its report."""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import FORMAT, KINDS, Candidate
from trainer.api.spec import OPERATIONS

NAME = "generated_client"
SETTINGS = "content_type_overrides:\n  application/zip: application/octet-stream\npost_hooks: []\n"
"""It knows no zips: bytes are bytes."""
WAIT_S = 120


@pytest.fixture(scope="module")
def made(description: Path) -> Iterator[Path]:
    """The package that was generated. Nothing may have been left out."""
    folder = description.parent
    (folder / "settings.yaml").write_text(SETTINGS)
    where = ("--path", description, "--output-path", folder / NAME, "--config", folder / "settings.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", *where],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert said.split() == ["Generating", str(folder / NAME)]
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield folder / NAME
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def part(name: str) -> Any:
    return importlib.import_module(f"{NAME}.{name}")


def operation(tag: str, name: str) -> Any:
    return part(f"api.{tag}.{name}").sync


def test_it_sits_an_interview(made: Path, make_candidate: Callable[[str], Candidate]) -> None:
    generated = {file.stem for file in made.glob("api/*/*.py")} - {"__init__"}
    assert generated == {snake(name) for name in OPERATIONS}
    who = make_candidate("python@example.org")
    models = part("models")
    with client_of(who) as client:
        formats = operation("interviews", "list_formats")(client=client).formats
        assert [one.id for one in formats if one.possible] == [FORMAT, "demo"]
        begin = operation("interviews", "begin_interview")
        interview = begin(client=client, body=models.NewInterview(format_=FORMAT))
        assert [task.kind for task in interview.tasks] == [*KINDS, "question"]
        sent = {task.number: answer(client, models, who, interview.id, task) for task in interview.tasks}
        for number, submission in sent.items():
            if submission is not None:
                assert judged(client, interview.id, number, submission) == "accepted"
        operation("interviews", "hand_in_interview")(interview.id, client=client)
        report = operation("interviews", "get_report")(interview.id, client=client)
    assert (report.ending, report.waiting, report.score) == ("handed in", 0, 100)
    assert [task.verdict for task in report.tasks] == ["accepted"] * len(KINDS) + [None]
    assert [task.submission for task in report.tasks] == list(sent.values())
    assert report.tasks[-1].texts.additional_properties == {"words": who.answers["question"]}


def test_it_practises(made: Path, make_candidate: Callable[[str], Candidate]) -> None:
    """An error of the student's code comes as what the description says that it is, an error of ours, too."""
    who, models = make_candidate("practice@example.org"), part("models")
    with client_of(who) as client:
        filters = {"kind": [models.ListProblemsKindItem.FUNCTION], "q": "doub", "starred": False}
        found = operation("problems", "list_problems")(client=client, **filters)
        assert [one.slug for one in found.problems] == ["double"]
        read = operation("problems", "get_problem")("double", client=client)
        assert (read.signature, read.database, read.samples[0].expected) == ("double(number: int) -> int", None, "6")
        refused = operation("problems", "get_problem")("nothing", client=client)
        assert (type(refused), refused.status, refused.code) == (models.ErrorDetails, 404, "not_found")
        body = models.NewRun(language=read.languages[0], source="def double(number):\n    return 6 // (number - 3)\n")
        run = operation("runs", "create_run")("double", client=client, body=body)
        with client.get_httpx_client().stream("GET", run.events, timeout=WAIT_S) as stream:
            assert "event: judged" in list(stream.iter_lines())
        state = operation("runs", "get_run")(run.id, client=client)
        error = state.feedback.samples[0].error
        assert (state.verdict, type(error), error.type_) == (
            "run-time error",
            models.ProgramError,
            "ZeroDivisionError",
        )


def client_of(who: Candidate) -> Any:
    return part("client").AuthenticatedClient(base_url=who.url, token=who.key, raise_on_unexpected_status=True)


def answer(client: Any, models: Any, who: Candidate, interview: int, task: Any) -> int | None:
    """Read a task, keep an answer to it, and submit that where it is judged: its number."""
    told = operation("interviews", "get_task")(interview, task.number, client=client)
    assert told.statement_html
    name, source = told.texts[0].name, who.answers[told.kind]
    draft = models.NewText(source=source)
    assert operation("interviews", "put_text")(interview, task.number, name, client=client, body=draft).revision == 1
    kept = operation("interviews", "get_text")(interview, task.number, name, client=client)
    assert kept.source == source
    if told.kind == "question":
        return None
    body = models.NewSubmission(language=told.languages[0], source=kept.source)
    create = operation("interviews", "create_task_submission")
    first = create(interview, task.number, client=client, body=body, idempotency_key=f"task-{task.number}")
    again = create(interview, task.number, client=client, body=body, idempotency_key=f"task-{task.number}")
    assert first == again
    return int(first.id)


def judged(client: Any, interview: int, number: int, submission: int) -> Any:
    """The verdict. A client without a stream asks again and again, as the description says."""
    ends = time.monotonic() + WAIT_S
    while time.monotonic() < ends:
        state = operation("interviews", "get_sent")(interview, number, submission, client=client)
        if state.status == "judged":
            return state.verdict
        listen(client, interview, number, submission)
    raise AssertionError(f"task {number} is not judged in {WAIT_S} s")


def listen(client: Any, interview: int, number: int, submission: int) -> None:
    """Until the server says that it is judged."""
    path = f"/api/v1/interviews/{interview}/tasks/{number}/sent/{submission}/events"
    with client.get_httpx_client().stream("GET", path, timeout=WAIT_S) as stream:
        for line in stream.iter_lines():
            if line == "event: judged":
                return
