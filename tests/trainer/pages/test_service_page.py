"""The pages of services and of debugging without scripts: files are text areas, and nothing typed is lost."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from tests.examples import make_debug, make_service
from tests.factories import make_worker, publish, publish_package, small_interviews
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.bank.interviews import Interviews, TaskRule
from trainer.db import db
from trainer.kinds.base import Record
from trainer.models import Submission
from trainer.pages.problem.files import files_of
from trainer.web.runtime import Runtime, runtime
from trainer.work.news import Inbox, submission_topic

HOME = "/problems/keep-a-note"
TYPED = {"file:app.py": "print('mine')\r\n", "file:notes.py": "kept = {}\r\n", "language": "files"}


@pytest.fixture(autouse=True)
def services(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish_package(session, make_service())
        publish_package(session, make_debug())


def areas(page: str) -> dict[str, str]:
    """The files of a page by path."""
    found = re.findall(r'<textarea[^>]* name="file:([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.S)
    return {unescape(path): unescape(text) for path, text in found}


def test_the_page_has_contract_files_and_sample_steps(visitor: Visitor) -> None:
    answer = visitor.get(HOME)
    text = text_of(answer)
    for words in ("Notes are sent to this service", "Start python3 app.py", "Port 8000", "Flask", "psycopg",
                  "A note that was sent can be read.", "An answer may take 5 s", "Sign in to run it"):  # fmt: skip
        assert words in text, words
    assert set(areas(answer.text)) == {"app.py", "notes.py"}
    assert "kept = []" in areas(answer.text)["notes.py"]
    assert "outlives" not in text


def test_whoever_opens_a_service_is_told_that_services_cannot_be_judged_now(student: Visitor, app: Flask) -> None:
    words = "Services cannot be judged at the moment, because the sandboxes that they need do not start."
    assert words not in text_of(student.get(HOME))
    with app.app_context(), db.writing() as session:
        publish(session)
        make_worker(session)
    assert f"{words} What you send is saved" in text_of(student.get(HOME))
    assert "cannot be judged at the moment" not in text_of(student.get("/problems/double"))
    sent = student.post(f"{HOME}/submissions", action="submit", **TYPED)
    assert f"{words} Your work is saved and waits in the queue" in text_of(student.get(sent.location))
    sent = student.post("/problems/double/submissions", language="python", source="x", action="submit")
    assert "cannot be judged" not in text_of(student.get(sent.location))


def test_what_is_posted_is_kept_as_draft_and_judged(student: Visitor, app: Flask) -> None:
    sent = student.post(f"{HOME}/submissions", action="submit", **TYPED)
    assert sent.status_code == 303
    assert areas(student.get(HOME).text) == {"app.py": "print('mine')\n", "notes.py": "kept = {}\n"}
    with app.app_context(), db.reading() as session:
        row = session.get_one(Submission, 1)
        assert json.loads(row.source) == {"app.py": "print('mine')\n", "notes.py": "kept = {}\n"}
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in student.get(sent.location).text


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"file:app.py": "#" * 170_000}, 413, "At most 160 KB can be judged"),
        ({"action": "run", "own_input_path": "notes"}, 422, "A path begins with /"),
        ({"action": "run", "own_input_method": "FETCH", "own_input_path": "/"}, 422, "is no method"),
        ({"language": "python"}, 422, "cannot be answered in"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(
    student: Visitor, form: dict[str, str], status: int, words: str
) -> None:
    answer = student.post(f"{HOME}/submissions", **({"action": "submit"} | TYPED | form))
    assert answer.status_code == status
    assert words in text_of(answer)
    assert areas(answer.text)["notes.py"] == "kept = {}\n"
    assert len(areas(answer.text)["app.py"]) >= len(form.get("file:app.py", TYPED["file:app.py"])) - 2
    if "own_input_path" in form:
        assert f"\n{form['own_input_path']}</textarea>" in answer.text


def test_a_second_one_is_not_lost_either(student: Visitor) -> None:
    for _ in range(2):
        answer = student.post(f"{HOME}/submissions", action="submit", **TYPED)
    assert answer.status_code == 409
    assert areas(answer.text)["app.py"] == "print('mine')\n"


def test_too_much_for_any_page_is_refused_in_words(student: Visitor) -> None:
    answer = student.post(f"{HOME}/submissions", action="submit", **(TYPED | {"file:app.py": "#" * 1_200_000}))
    assert answer.status_code == 413
    assert "Nothing was changed" in text_of(answer)


@pytest.mark.parametrize("path", ["../app.py", "/etc/passwd", ".env", "a/b/c/d/e/f.py", "app.py/x"])
def test_a_name_that_leads_elsewhere_is_a_compile_error_that_names_it(
    student: Visitor, judges: Runtime, path: str
) -> None:
    sent = student.post(f"{HOME}/submissions", action="submit", **(TYPED | {f"file:{path}": "x"}))
    assert sent.status_code == 303
    text = wait(student, judges, sent.location)
    assert "Compile error" in text
    assert "The files cannot be taken, so nothing was started." in text
    assert path in text or "a file and a folder at once" in text


def wait(who: Visitor, judges: Runtime, address: str) -> str:
    """The page, once the submission that it shows is judged."""
    with Inbox(judges.news, submission_topic(1)) as inbox:
        for _ in range(100):
            answer = who.get(address)
            if 'http-equiv="refresh"' not in answer.text:
                return text_of(answer)
            inbox.take(0.2)
    raise AssertionError("not judged")


def test_a_draft_that_is_no_files_gives_the_starter(student: Visitor, app: Flask) -> None:
    student.post(f"{HOME}/submissions", action="submit", language="files", source="print(1)")
    assert set(areas(student.get(HOME).text)) == {"app.py", "notes.py"}


def test_what_next_stands_above_the_steps(student: Visitor, app: Flask) -> None:
    student.post(f"{HOME}/submissions", action="submit", **TYPED)
    accepted = [case | {"verdict": "accepted"} for case in RECORD["cases"]]
    with app.app_context(), db.writing() as session:
        row = session.get_one(Submission, 1)
        row.status, row.verdict, row.score = "judged", "accepted", 1.0  # type: ignore[assignment]
        row.record = RECORD | {"verdict": "accepted", "score": 1.0, "cases": accepted}
    text = text_of(student.get(f"{HOME}?submission=1"))
    assert text.index("What next") < text.index("1. A note that was sent can be read.")


def test_files_are_shown_again_however_odd() -> None:
    assert files_of('{"../b": "1", "a": "\\ud800", "n": 7}') == {"../b": "1", "a": "?"}
    assert files_of("[]") == files_of("{") == files_of("null") == {}
    many = {f"f{n}": "x" for n in range(100)}
    assert files_of(json.dumps(many)) == many


def test_the_cause_is_a_choice_that_is_kept(student: Visitor) -> None:
    page = student.get("/problems/page-two")
    text = text_of(page)
    for words in ("Evidence", "orders.log", "limit 10 offset 20", "Name the cause", "The limit is too small.",
                  "A good fix changes at most 2 lines."):  # fmt: skip
        assert words in text, words
    assert "skips the ten rows" not in text
    ids = re.findall(r'name="file:CAUSE" value="(\w+)"', page.text)
    assert ids == sorted(ids)
    assert len(ids) == 3
    sent = student.post(
        "/problems/page-two/submissions",
        action="submit",
        language="files",
        **{"file:app.py": "x", "file:CAUSE": ids[1]},
    )
    assert sent.status_code == 303
    again = student.get("/problems/page-two").text
    assert re.findall(r'value="(\w+)" form="answer" checked', again) == [ids[1]]
    assert set(areas(again)) == {"app.py"}


def fix(**more: str) -> dict[str, str]:
    return {"action": "submit", "language": "files", "file:app.py": "print('fixed')\r\n"} | more


def test_without_a_cause_and_scripts_the_page_asks_and_keeps_everything(student: Visitor, app: Flask) -> None:
    answer = student.post("/problems/page-two/submissions", **fix())
    assert answer.status_code == 422
    assert "No cause is named yet" in text_of(answer)
    assert '<details class="cause" data-cause open>' in answer.text
    assert areas(answer.text) == {"app.py": "print('fixed')\n"}
    assert 'name="action" value="submit-without">Submit without</button>' in answer.text
    with app.app_context(), db.reading() as session:
        assert session.get(Submission, 1) is None
    assert student.post("/problems/page-two/submissions", **fix(action="submit-without")).status_code == 303


def test_a_run_needs_no_cause(student: Visitor) -> None:
    assert student.post("/problems/page-two/submissions", **fix(action="run")).status_code == 303


def test_a_service_without_a_cause_to_name_asks_for_none(student: Visitor) -> None:
    assert "Name the cause" not in student.get(HOME).text
    assert student.post(f"{HOME}/submissions", **fix()).status_code == 303


def test_kind_and_topic_of_one_name_are_one_badge(student: Visitor) -> None:
    facts = text_of(student.get("/problems/page-two")).split("GET /orders")[0]
    assert facts.count("Debugging") == 1


def test_in_a_room_a_submission_without_a_cause_asks_and_keeps_everything(student: Visitor, app: Flask) -> None:
    with app.app_context():
        known = small_interviews()
        form = replace(known.formats[0], id="fix-10", tasks=(TaskRule(kinds=("debug",), minutes=10, points=100),))
        runtime().interviews = Interviews((form,), known.questions)
    student.get("/interviews/new/fix-10")
    room = str(student.post("/interviews/new/fix-10").location)
    asked = student.post(f"{room}/sent", **fix())
    page = student.get(asked.location.partition("#")[0])
    assert "No cause is named yet" in text_of(page)
    assert areas(page.text) == {"app.py": "print('fixed')\n"}
    assert "limit 10 offset 20" in page.text
    with app.app_context(), db.reading() as session:
        assert session.get(Submission, 1) is None
    student.post(f"{room}/sent", **fix(action="submit-without"))
    with app.app_context(), db.reading() as session:
        assert session.get(Submission, 1) is not None


def test_a_step_that_failed_is_read_with_its_exchange(student: Visitor, app: Flask) -> None:
    student.post(f"{HOME}/submissions", action="submit", **TYPED)
    with app.app_context(), db.writing() as session:
        row = session.get_one(Submission, 1)
        row.status, row.verdict, row.score, row.record = "judged", "wrong answer", 0.5, RECORD  # type: ignore[assignment]
    text = text_of(student.get(f"{HOME}?submission=1"))
    for words in ("Wrong answer 1 of 2 hidden steps pass. First failure: step 2.", "Expected status 422",
                  "Got status 201", "POST /notes 201", '{"text": "<b>amber"}', "2 exchanges in between left out.",
                  "1. A note that was sent can be read. sample", "2. A note without a text",
                  "3. A note outlives a restart.", "My right service was judged wrong"):  # fmt: skip
        assert words in text, words


S, F, N = "accepted", "wrong answer", None


@pytest.mark.parametrize("home", [HOME, "/problems/page-two"])
@pytest.mark.parametrize(
    "seen",
    [
        [(True, S), (True, S), (False, S), (False, F), (False, N)],
        [(True, S), (False, S), (True, F), (False, F)],
        [(False, S), (False, F), (True, S), (False, F)],
        [(True, F), (True, S), (False, N)],
    ],
)
def test_the_first_failure_has_the_number_of_its_row(
    student: Visitor, app: Flask, home: str, seen: list[tuple[bool, str | None]]
) -> None:
    student.post(f"{home}/submissions", **fix(action="submit-without"))
    cases = [_case(f"Step {n} of all", verdict, sample=sample) for n, (sample, verdict) in enumerate(seen, 1)]
    with app.app_context(), db.writing() as session:
        row = session.get_one(Submission, 1)
        row.status, row.verdict, row.score = "judged", "wrong answer", 0.5  # type: ignore[assignment]
        row.record = RECORD | {"cases": cases}
    page = student.get(f"{home}?submission=1").text
    rows = re.findall(r'<li class="is-(\w+)">.*?<span>(\d+)\. Step (\d+) of all', page, re.S)
    assert [(number, number) for _, number, _ in rows] == [(number, step) for _, number, step in rows]
    first = next(number for css, number, _ in rows if css == "wa")
    assert f"First failure: step {first}." in text_of(student.get(f"{home}?submission=1"))


def test_a_figure_and_its_unit_never_stand_in_two_lines(student: Visitor, app: Flask) -> None:
    student.post(f"{HOME}/submissions", action="submit", **TYPED)
    reason = "The service gave no whole answer within 5 s."
    slow = [case | {"time_ms": 253.0, "reason": reason} for case in RECORD["cases"]]
    with app.app_context(), db.writing() as session:
        row = session.get_one(Submission, 1)
        row.status, row.verdict, row.score = "judged", "time limit exceeded", 0.5  # type: ignore[assignment]
        row.record = RECORD | {"verdict": "time limit exceeded", "cases": slow}
    seen = ""
    for path in ("/", "/problems", f"{HOME}?submission=1", f"{HOME}/tries/1", "/progress", "/interviews", "/mentor"):
        shown = re.sub(r"<(script|style|head|pre|textarea)\b.*?</\1>", " ", student.get(path).text, flags=re.S)
        words = re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", "", shown)))
        assert re.findall(r".{20}\d (?:ms|s|min|h|KB|KiB|MB|MiB)\b", words) == [], path
        seen += words
    assert {"253\u00a0ms", "3\u00a0ms", "5\u00a0s", "384\u00a0MiB"} <= set(re.findall(r"\d+\u00a0\w+", seen))


def _case(name: str, verdict: str | None, *, sample: bool = False, **details: object) -> Record:
    found = {
        "input": [], "expected": None, "got": None, "stdout": {"text": "", "cut": False},
        "stderr": {"text": "", "cut": False}, "error": None, "exchanges": [], "left_out": 0,
    }  # fmt: skip
    return {
        "name": name, "sample": sample, "judged": True, "verdict": verdict,
        "status": "returned" if verdict else "not run", "time_ms": 4.0,
        "memory_mib": 0, "reason": "", "details": found | details,
    }  # fmt: skip


RECORD: Record = {
    "format": 1, "verdict": "wrong answer", "score": 0.5, "compile_output": "", "message": "", "time_limit_s": 2,
    "memory_mib": 384, "output_kib": 64, "noun": "step",
    "cases": [
        _case("A note that was sent can be read.", "accepted", sample=True),
        _case("A note without a text is refused with 422.", "wrong answer",
              expected={"text": "status 422", "cut": False}, got={"text": "status 201", "cut": False}, left_out=2,
              exchanges=[{
                  "method": "POST", "path": "/notes", "note": "", "request_headers": [["X", "1"]],
                  "request_body": '{"text": "<b>amber"}', "status": 201, "headers": [], "body": "{}", "ms": 3}]),
        _case("A note outlives a restart.", "accepted"),
    ],
}  # fmt: skip


def test_all_files_of_a_try_are_opened_again(student: Visitor, app: Flask) -> None:
    student.post(f"{HOME}/submissions", action="submit", **TYPED)
    with app.app_context(), db.writing() as session:
        row = session.get_one(Submission, 1)
        row.status, row.verdict, row.score, row.record = "judged", "wrong answer", 0.5, RECORD  # type: ignore[assignment]
    student.post(
        f"{HOME}/submissions", action="run", **(TYPED | {"file:app.py": "print('other')\n", "file:new.py": "x"})
    )
    assert set(areas(student.get(HOME).text)) == {"app.py", "new.py", "notes.py"}
    assert "not the files in the editor" in student.get(f"{HOME}?submission=1").text
    opened = student.post(f"{HOME}/attempts/1/open")
    assert areas(student.get(opened.location.partition("#")[0]).text) == {
        "app.py": "print('mine')\n",
        "notes.py": "kept = {}\n",
    }
