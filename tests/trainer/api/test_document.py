"""The description: complete, readable by generators, and true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import BaseModel

from sandbox.model import Verdict
from tests.trainer.api.conftest import Student
from trainer import kinds
from trainer.api.models import common, problems
from trainer.api.spec import OPERATIONS
from trainer.kinds.icons import _ICONS
from trainer.services.catalogue import DIFFICULTIES
from trainer.services.problem_list import SORTS
from trainer.web.runtime import Runtime

PARAMETER = re.compile(r"<(?:int:)?(\w+)>")
SOURCES = {
    Verdict.ACCEPTED: "def double(n): ...",
    Verdict.WRONG_ANSWER: "# answers 6 \n",
    Verdict.RUN_TIME_ERROR: "# raises",
    Verdict.COMPILE_ERROR: "# seen not compiled",
    Verdict.TIME_LIMIT_EXCEEDED: "# seen cpu limit",
    Verdict.MEMORY_LIMIT_EXCEEDED: "# seen memory limit",
    Verdict.OUTPUT_LIMIT_EXCEEDED: "# seen output limit",
}


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def models() -> list[type[BaseModel]]:
    found, waiting = [], [BaseModel]
    while waiting:
        subclasses = waiting.pop().__subclasses__()
        found += [one for one in subclasses if one.__module__.startswith("trainer.api")]
        waiting += subclasses
    return found


def test_no_two_models_have_one_name(app: Flask) -> None:
    names = [model.__name__ for model in set(models())]
    assert len(names) == len(set(names))


def test_every_address_of_the_api_is_described(app: Flask, document: dict[str, Any]) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    served = {
        (method, PARAMETER.sub(r"{\1}", rule.rule))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served - {("GET", "/api/v1/openapi.json")} == {tuple(name.split(" ")) for name, _ in operations(document)}


def test_operations_have_names_that_generators_can_use(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][A-Za-z]+", name) for name in ids)
    assert set(ids) == set(OPERATIONS)
    assert {"listProblems", "getProblem", "createSubmission", "listenToRun", "getSent"} <= set(ids)


def test_everything_says_what_it_means(document: dict[str, Any]) -> None:
    silent = [name for name, one in operations(document) if not (one["summary"] and one["description"])]
    silent += [
        f"{name} {parameter['name']}"
        for name, one in operations(document)
        for parameter in one["parameters"]
        if not parameter["description"]
    ]
    for name, schema in document["components"]["schemas"].items():
        silent += [f"{name}.{key}" for key, value in schema.get("properties", {}).items() if "description" not in value]
        if "description" not in schema:
            silent.append(name)
    assert silent == []
    assert all(tag["description"] for tag in document["tags"])


def test_who_made_it_and_where_it_is_are_told(document: dict[str, Any]) -> None:
    assert document["info"]["license"]["identifier"] == "MIT"
    assert {"title", "version", "description", "contact"} <= set(document["info"])
    assert [server["url"] for server in document["servers"]] == ["/"]
    for promise in ("the changelog says so", "may be added at any time", "no CORS", "Idempotency-Key", "RFC 9457"):
        assert promise in document["info"]["description"]


def test_every_body_is_shown_by_an_example(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, operation in operations(document):
        for media, content in operation.get("requestBody", {"content": {}})["content"].items():
            if media == "application/json":
                schema = schemas[content["schema"]["$ref"].rpartition("/")[2]]
                required = [schema["properties"][key] for key in schema.get("required", ())]
                assert "examples" in schema or (required and all("examples" in one for one in required)), name


def test_nothing_in_it_is_unused_or_for_looks(document: dict[str, Any]) -> None:
    text = str(document)
    parts = document["components"]
    for sort in ("schemas", "responses", "headers"):
        unused = [name for name in parts[sort] if f"'#/components/{sort}/{name}'" not in text]
        assert unused == []
    assert "css" not in {key for schema in parts["schemas"].values() for key in schema.get("properties", ())}
    assert not [name for name in parts["schemas"] if name.endswith("Query")]


def test_every_refusal_has_the_one_form(document: dict[str, Any]) -> None:
    shared = document["components"]["responses"]
    for name, operation in operations(document):
        answers = operation["responses"]
        assert {"400", "401", "500", "503", "default"} <= set(answers), name
        assert ("415" in answers) == ("requestBody" in operation), name
        assert ("404" in answers) or "{" not in name, name
        for code, answer in answers.items():
            if not code.startswith(("2", "3")):
                told = shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                assert set(told["content"]) == {"application/problem+json"}, (name, code)


def test_words_that_are_known_are_listed(document: dict[str, Any]) -> None:
    assert set(get_args(common.Kind)) == {kind.NAME for kind in kinds.KINDS}
    assert set(get_args(common.Label)) == set(_ICONS)
    assert get_args(common.Difficulty) == DIFFICULTIES
    assert get_args(problems.Sort) == SORTS
    schemas = document["components"]["schemas"]
    assert schemas["Verdict"]["enum"] == list(Verdict)
    for shape, name in (("ProblemEntry", "kind"), ("ProblemEntry", "difficulty"), ("SubmissionState", "language")):
        assert schemas[shape]["properties"][name]["enum"], (shape, name)
    for name in ("State", "Purpose", "SubmissionStatus", "Phase", "Ending"):
        assert schemas[name]["enum"], name


def fits(document: dict[str, Any], name: str, value: Any) -> None:
    whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    jsonschema_rs.Draft202012Validator(whole).validate(value)


@pytest.mark.parametrize("verdict", SOURCES)
def test_real_answers_are_as_described(
    student: Student, judges: Runtime, document: dict[str, Any], verdict: Verdict
) -> None:
    for what in ("runs", "submissions"):
        state = student.wait(student.submit(SOURCES[verdict], what=what))
        fits(document, "SubmissionState", state)
    assert state["verdict"] == verdict


def test_an_error_of_a_program_and_one_of_the_api_have_their_own_shapes(
    student: Student, judges: Runtime, document: dict[str, Any]
) -> None:
    state = student.wait(student.submit(SOURCES[Verdict.RUN_TIME_ERROR]))
    error = state["feedback"]["failure"]["error"]
    assert error["type"]
    fits(document, "ProgramError", error)
    refusal = student.get("/nothing").json
    fits(document, "ErrorDetails", refusal)
    for name, other in (("ErrorDetails", error), ("ProgramError", refusal)):
        with pytest.raises(jsonschema_rs.ValidationError):
            fits(document, name, other)


def test_lists_and_errors_are_as_described(student: Student, document: dict[str, Any]) -> None:
    fits(document, "ProblemList", student.get("/problems").json)
    fits(document, "ProblemDetail", student.get("/problems/double").json)
    fits(document, "ProgressAnswer", student.get("/progress").json)
    fits(document, "ErrorDetails", student.get("/nothing").json)
    fits(document, "ErrorDetails", student.post("/problems/double/runs", {}).json)


def test_examples_fit_what_they_stand_for(document: dict[str, Any]) -> None:
    shown = {
        name: schema["examples"] for name, schema in document["components"]["schemas"].items() if "examples" in schema
    }
    assert {"ErrorDetails", "NewSubmission", "NewDraft", "ProblemDetail", "Sent"} <= set(shown)
    for name, examples in shown.items():
        for example in examples:
            fits(document, name, example)
