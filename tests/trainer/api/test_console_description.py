"""Whatever fits the description of the consoles is answered as described, and nothing breaks on our side."""

from __future__ import annotations

from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings

from tests.live import ScriptedSandbox
from tests.trainer.api.conftest import Student
from tests.trainer.api.test_consoles import sandbox, start

__all__ = ["sandbox"]


def test_every_answer_is_one_that_is_described(app: Flask, student: Student, sandbox: ScriptedSandbox) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    found = [result.ok() for result in schema.get_all_operations()]
    operations = [operation for operation in found if "console" in operation.path]
    assert len(operations) == 5
    for operation in operations:
        assert undescribed(operation, student) == []


def undescribed(operation: Any, student: Student) -> list[str]:
    odd: list[str] = []
    name = start(student)

    @settings(max_examples=25, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.path_parameters |= {key: name if key == "console_id" else "keep-a-note" for key in case.path_parameters}
        answer = case.call(headers=student._headers)
        if str(answer.status_code) not in operation.definition.raw["responses"]:
            odd.append(f"{operation.label}: {answer.status_code} {answer.text[:200]}")

    ask()
    return odd
