"""What others say of the API's description: two linters with the rules that they recommend find nothing.

Beside it they are shown one whose first operation has no name, so that they surely look.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.clients.packages import node

RIGHT, WRONG = "openapi.json", "nameless.json"


@pytest.fixture
def database_url(migrated_file: Path) -> str:
    """The description does not come from the database."""
    return f"sqlite:///{migrated_file}"


@pytest.fixture
def folder(client: FlaskClient, tmp_path: Path) -> Path:
    """Both descriptions, and what the linters are to go by."""
    told: dict[str, Any] = client.get("/api/v1/openapi.json").json
    (tmp_path / RIGHT).write_text(json.dumps(told))
    del told["paths"]["/api/v1/problems"]["get"]["operationId"]
    (tmp_path / WRONG).write_text(json.dumps(told))
    (tmp_path / "redocly.yaml").write_text("extends: [recommended]\n")
    (tmp_path / "spectral.yaml").write_text("extends: [[spectral:oas, recommended]]\n")
    return tmp_path


def test_redocly_finds_nothing(modules: Path, folder: Path) -> None:
    def problems(document: str) -> tuple[list[str], int]:
        program = modules / "@redocly" / "cli" / "bin" / "cli.js"
        done = node(program, "lint", document, "--format", "json", folder=folder)
        told = json.loads(done.stdout)
        return [problem["ruleId"] for problem in told["problems"]], told["totals"]["ignored"]

    assert problems(RIGHT) == ([], 0)
    assert problems(WRONG) == (["operation-operationId"], 0)


def test_spectral_finds_nothing(modules: Path, folder: Path) -> None:
    program = modules / "@stoplight" / "spectral-cli" / "dist" / "index.js"
    asked = ("--ruleset", "spectral.yaml", "--format", "json", "--quiet", "--fail-severity", "hint")
    done = node(program, "lint", RIGHT, WRONG, *asked, folder=folder)
    found = [(Path(problem["source"]).name, problem["code"]) for problem in json.loads(done.stdout)]
    assert found == [(WRONG, "operation-operationId")]
