"""Whatever fits the description is answered as described, in its status, type, headers and body; nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
import schemathesis.specs.openapi.adapter.v3_1  # else it is compiled in the midst of other threads
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings, strategies
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode

from tests.factories import make_package, small_interviews
from tests.live import ScriptedSandbox
from tests.trainer.api.conftest import Student
from tests.trainer.api.test_consoles import sandbox, start
from trainer.bank.archives import to_zip
from trainer.languages import names
from trainer.models import Role
from trainer.web.runtime import Runtime, runtime

__all__ = ["sandbox"]

EXAMPLES = {GenerationMode.POSITIVE: 6, GenerationMode.NEGATIVE: 3}
LAST = (
    "beginInterview",
    "giveUp",
    "abandonInterview",
    "handInInterview",
    "closeConsole",
    "discardUpload",
    "deleteOwnCase",
    "deleteAccount",
)
"""Operations after which others find less: an interview holds its problems back."""
OF_THE_PAST = ("getReport", "getInterviewFiles", "getReplay", "fillRubric", "listenToSent", "getSent")
"""Operations on an interview that is over."""
OF_STUDENTS = ("getStudent", "createStudentLink")
"""Operations on an account that stays a student's."""
UNLIKELY = {
    "beginInterview", "openConsole", "openTaskConsole", "publishUpload", "tryMail", "askRejudging", "applyRejudging",
    "dropRejudging",
}  # fmt: skip
"""Operations that random words do not bring to success."""
LANGUAGES = names()
USER = "user@example.org"
FITTING = {
    "putDraft": {"force": True},  # there is a draft, and whose revision it is was drawn by lot
    "fillRubric": {"level": 1},  # each criterion has its own number of levels
    "deleteAccount": {"email": USER},
    "createAccounts": {"accounts": [], "csv": "a@example.org"},
}
"""What makes a body of random words one that can be taken."""
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


@dataclass
class Told:
    """What was found: answers that the description does not have, and statuses by operation."""

    odd: list[str] = field(default_factory=list)
    seen: dict[str, set[int]] = field(default_factory=dict)


@pytest.fixture
def admin(make_student: Callable[..., Student], app: Flask, sandbox: ScriptedSandbox, judges: Runtime) -> Student:
    """Somebody who may do everything that the API offers, and has done some of it."""
    with app.app_context():
        runtime().interviews = small_interviews()
    return make_student("ada@example.org", Role.ADMIN)


def places(admin: Student) -> dict[str, Any]:
    """What addresses name: things that are there."""
    sent = admin.submit("# raises")
    run = admin.submit("def double(n): ...", what="runs")
    for one in (sent, run):
        admin.wait(one)
    admin.put("/problems/double/draft", {"language": "python", "source": "x", "base_revision": 0})
    past = admin.post("/interviews", {"format": "live-10"}).json["id"]
    body = {"language": "python", "source": "# answers 6 \n"}
    in_past = admin.post(f"/interviews/{past}/tasks/1/submissions", body).json
    admin.wait(in_past)
    admin.post(f"/interviews/{past}/hand-in", None)
    headers = admin._headers | {"Content-Type": "application/zip"}
    archive = to_zip(make_package("fresh"))
    upload = admin._client.post("/api/v1/mentor/uploads", data=archive, headers=headers).json
    admin.post("/problems/double/reports", {"kind": "statement", "text": "x"})
    admin.post("/problems/double/give-up", None)  # the solution is open
    own_case = admin.post("/problems/double/cases", {"input": {"number": "5"}}).json["id"]
    running = admin.post("/interviews", {"format": "demo"}).json["id"]
    admin.put(f"/interviews/{running}/tasks/1/texts/python", {"source": "x"})
    invite = admin.post("/admin/invites", {"name": "x"}).json["id"]
    user, other = (
        admin.post("/admin/accounts", {"email": email}).json["id"] for email in (USER, "student@example.org")
    )
    return {
        "slug": "double",
        "run_id": run["id"],
        "submission_id": sent["id"],
        "console_id": start(admin),
        "interview_id": running,
        "past": past,
        "in_past": in_past["id"],
        "number": 1,
        "name": "python",
        "revision": 1,
        "criterion": "code",
        "upload_id": upload["id"],
        "report_id": 1,
        "case_id": own_case,
        "invite_id": invite,
        "user_id": user,
        "student": other,
    }


def closed(app: Flask) -> Callable[[Any, Any], list[bytes]]:
    """The application whose answers are read to their end and closed: they may lie in files."""

    def answer(environ: Any, start: Any) -> list[bytes]:
        body = app(environ, start)
        try:
            return list(body)
        finally:
            body.close()

    return answer


def operations(app: Flask) -> Iterator[Any]:
    schemathesis.openapi.media_type(
        "application/zip", strategies.sampled_from([to_zip(make_package("fresh")), b"none"])
    )
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", closed(app))
    found = [result.ok() for result in schema.get_all_operations()]
    return iter(sorted(found, key=lambda one: one.definition.raw["operationId"] in LAST))


def test_every_answer_is_as_described(app: Flask, admin: Student) -> None:
    told, at = Told(), places(admin)
    for operation in operations(app):
        for mode in modes(operation):
            ask(operation, mode, EXAMPLES[mode], admin, at, told)
    assert told.odd == [], "\n".join(told.odd)
    never = [name for name, statuses in told.seen.items() if not any(status < 300 for status in statuses)]
    assert set(never) <= UNLIKELY
    assert len(told.seen) > 80


def modes(operation: Any) -> list[GenerationMode]:
    """What is wrong on purpose is a JSON body or a query: what addresses name is there."""
    raw = operation.definition.raw
    has_body = "application/json" in raw.get("requestBody", {}).get("content", {})
    has_query = any(parameter["in"] == "query" for parameter in raw["parameters"])
    return [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if has_body or has_query else [])]


def ask(operation: Any, mode: GenerationMode, count: int, admin: Student, at: dict[str, Any], told: Told) -> None:
    """Send some requests of one operation; those that are meant to be wrong are wrong in body, query or headers."""
    name = operation.definition.raw["operationId"]

    @seed(7)
    @settings(max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        case.path_parameters = {key: place(name, key, at) for key in case.path_parameters or {}}
        case.headers = {key: value for key, value in (case.headers or {}).items() if key != "If-None-Match"}
        if isinstance(case.body, dict) and case.body.get("language") in LANGUAGES and mode is GenerationMode.POSITIVE:
            case.body["language"] = "python"  # these problems are answered in programs
        if mode is GenerationMode.POSITIVE:
            case.body = case.body | FITTING[name] if name in FITTING else case.body
        answer = case.call(headers=admin._headers | {"Accept-Encoding": "identity"})  # it unpacks nothing
        told.seen.setdefault(name, set()).add(answer.status_code)
        if str(answer.status_code) not in operation.definition.raw["responses"]:
            told.odd.append(f"{name}: {answer.status_code} {answer.text[:200]}")
        told.odd.extend(f"{name}: {failure}" for failure in failures(case, answer))

    send()


def place(operation: str, parameter: str, at: dict[str, Any]) -> Any:
    if operation in OF_THE_PAST and parameter in ("interview_id", "submission_id"):
        return at["past" if parameter == "interview_id" else "in_past"]
    if operation in OF_STUDENTS:
        return at["student"]
    if operation == "openTaskConsole" or parameter != "slug":
        return at[parameter]
    return "keep-a-note" if operation == "openConsole" else at["slug"]


def failures(case: Any, answer: Any) -> list[str]:
    try:
        case.validate_response(answer, checks=CHECKS.get_by_names(list(CHECKED)))
    except FailureGroup as group:
        return [f"{type(one).__name__}: {str(one)[:300]}" for one in group.exceptions]
    except Failure as failure:
        return [f"{type(failure).__name__}: {str(failure)[:300]}"]
    return []
