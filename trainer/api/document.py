"""The API's description: what the operations say of themselves, and what is true of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import metadata
from typing import Any

from flask import current_app

from trainer.api.spec import OPERATIONS, Operation, spec
from trainer.api.words import ABOUT, HEADERS, IDEMPOTENCY, IF_CHANGED, PARAMETERS, REFUSALS, TAGS
from trainer.web.refusals import MIMETYPE, title_of

_KEY = "api_document"
_ALWAYS = frozenset({400, 401, 500, 503})
_OF_BODIES = frozenset({413, 415, 422})
_BINARY = {"type": "string", "format": "binary"}
_MEDIA: dict[str, dict[str, Any]] = {
    "application/json": {"schema": {"type": "object"}},
    "application/zip": {"schema": _BINARY},
}
"""Of answers that are streamed; a stream of events has no shape as a whole."""
_ERROR = {"$ref": "#/components/schemas/ErrorDetails"}
_ACCOUNT: list[dict[str, list[str]]] = [{"key": []}, {"cookie": []}]
_REF = "#/components/schemas/"


def document() -> dict[str, Any]:
    """OpenAPI 3.1. Made once: routes and shapes do not change while the server runs."""
    made: dict[str, Any] | None = current_app.extensions.get(_KEY)
    if made is None:
        made = current_app.extensions[_KEY] = _make()
    return made


def _make() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(spec.spec))
    paths = found["paths"]
    for operations in paths.values():
        for method, operation in operations.items():
            _complete(method, operation, OPERATIONS[operation["operationId"]])
    every = [operation for operations in paths.values() for operation in operations.values()]
    tags = {tag for operation in every for tag in operation["tags"]}
    refused = {code for operation in every for code, answer in operation["responses"].items() if "$ref" in answer}
    schemas = found["components"]["schemas"]
    for array in _arrays(schemas):
        _say_what_it_holds(array)
    needed = _needed(paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": "/", "description": "The server that this description comes from"}],
        "security": _ACCOUNT,
        "tags": [{"name": name, "description": words} for name, words in TAGS.items() if name in tags],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {name: schemas[name] for name in sorted(needed)},
            "responses": {code: _refusal(int(code)) for code in sorted(refused - {"default"})} | {"other": _other()},
            "headers": HEADERS,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key from your account page"},
                "cookie": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "trainer",
                    "description": "A browser that is signed in; requests that change something need its `X-CSRFToken`",
                },
            },
        },
    }


def _info() -> dict[str, Any]:
    about = metadata("interview-trainer")
    return {
        "title": "trainer",
        "version": about["Version"],
        "summary": "Practise for backend interviews by program.",
        "description": ABOUT,
        "license": {"name": "MIT", "identifier": "MIT"},
        "contact": {"name": "The mentors of this server"},
    }


def _complete(method: str, operation: dict[str, Any], told: Operation) -> None:
    operation["description"] = "\n\n".join(filter(None, (operation["summary"], operation["description"])))
    operation["summary"] = operation["summary"].partition(". ")[0].partition(": ")[0].rstrip(".")
    if told.guests:
        operation["security"] = [*_ACCOUNT, {}]
    if told.takes:
        operation["requestBody"] = {
            "required": True,
            "content": {told.takes: {"schema": _BINARY}},
        }
    operation["parameters"] += [*([dict(IDEMPOTENCY)] if told.once else []), *([dict(IF_CHANGED)] if told.etag else [])]
    for parameter in operation["parameters"]:
        _complete_parameter(parameter)
    answers = {code: answer for code, answer in operation["responses"].items() if code != "422"}
    for code, answer in answers.items():
        _complete_answer(code, answer, told)
    if told.etag:
        answers["304"] = {"description": "Nothing has changed since", "headers": _headers(["ETag"])}
    refusals = _ALWAYS | told.refuses | _implied(operation) | (set() if method == "get" else {403})
    shared = {str(code): {"$ref": f"#/components/responses/{code}"} for code in refusals if str(code) not in answers}
    operation["responses"] = dict(sorted((answers | shared).items())) | {
        "default": {"$ref": "#/components/responses/other"}
    }


def _implied(operation: Mapping[str, Any]) -> frozenset[int]:
    """What can be wrong with a request of this form."""
    of_body = _OF_BODIES if "requestBody" in operation else frozenset()
    kinds = {parameter["in"] for parameter in operation["parameters"]}
    return of_body | ({422} if kinds & {"query"} else set()) | ({404} if "path" in kinds else set())


def _complete_parameter(parameter: dict[str, Any]) -> None:
    schema = parameter["schema"]
    schema.pop("title", None)
    if parameter["in"] == "path":
        parameter["description"] = PARAMETERS[parameter["name"]]
        if schema["type"] == "integer":
            parameter["schema"] = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
    parameter["description"] = parameter["description"] or schema.get("description", "")


def _complete_answer(code: str, answer: dict[str, Any], told: Operation) -> None:
    if int(code) >= 400:
        answer["content"] = {MIMETYPE: next(iter(answer["content"].values()))}
        answer["description"] = REFUSALS[int(code)]
        return
    if told.media:
        answer["content"] = {told.media: _MEDIA.get(told.media, {})}
    own = [*(["Idempotency-Replayed"] if told.once else []), *(["ETag"] if told.etag else [])]
    if told.headers or own:
        answer["headers"] = _headers([*told.headers, *own])


def _headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _refusal(status: int) -> dict[str, Any]:
    headers = {401: "WWW-Authenticate", 403: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}
    return {
        "description": REFUSALS[status],
        "content": {MIMETYPE: {"schema": _ERROR}},
    } | ({"headers": _headers([name])} if (name := headers.get(status)) else {})


def _other() -> dict[str, Any]:
    words = f"Any other refusal: 405 {title_of(405)} has the header `Allow`; 507 says that the server's disk is full"
    return {"description": words, "content": {MIMETYPE: {"schema": _ERROR}}}


def _arrays(value: Any) -> Iterator[dict[str, Any]]:
    """All arrays of which each place has a shape of its own."""
    if isinstance(value, dict):
        if "prefixItems" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _arrays(part)


def _say_what_it_holds(array: dict[str, Any]) -> None:
    """Its length is fixed, so `items` means nothing more; but linters and generators ask for it (see findings)."""
    shapes = [shape for place, shape in enumerate(array["prefixItems"]) if shape not in array["prefixItems"][:place]]
    array["items"] = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}


def _needed(paths: Mapping[str, Any], schemas: Mapping[str, Any]) -> set[str]:
    """Names of the shapes that some operation has, directly or in another shape."""
    found: set[str] = set()
    waiting = [*_names(paths), "ErrorDetails"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _names(schemas[name])
    return found


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(ref := value.get("$ref"), str) and ref.startswith(_REF):
            yield ref.removeprefix(_REF)
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _names(part)
