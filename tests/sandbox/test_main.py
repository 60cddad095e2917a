"""`python -m sandbox`: what it prints and how it exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sandbox.__main__ import main
from sandbox.conformance import read_proof
from sandbox.errors import SandboxError
from sandbox.selftest import proofs

JOB = {
    "signature": "double(n: int) -> int",
    "source_file": "double.py",
    "cases": [{"name": "one", "args": [1], "expected": 2}, {"args": [2]}],
    "limits": {"time_limit_s": 1},
}


def run(folder: Path, job: Any, **environment: str) -> Result:
    (folder / "double.py").write_text("def double(n):\n    print(n)\n    return 2 * n\n")
    (folder / "job.json").write_text(job if isinstance(job, str) else json.dumps(job))
    return CliRunner().invoke(main, ["judge", str(folder / "job.json")], env=environment)


@pytest.mark.engine
def test_a_file_is_judged(images: None, tmp_path: Path) -> None:
    result = run(tmp_path, JOB)
    assert result.exit_code == 0, result.output
    judgement = json.loads(result.output)
    assert (judgement["verdict"], judgement["score"]) == ("accepted", 1.0)
    assert [(r["name"], r["verdict"], r["stdout"]) for r in judgement["runs"]] == [
        ("one", "accepted", "1\n"),
        ("case 2", None, "2\n"),
    ]


@pytest.mark.parametrize(
    ("job", "says"),
    [
        ("no JSON", "Expecting value"),
        ("[]", "job.json"),
        ({**JOB, "time": 3}, "unknown key 'time'"),
        ({**JOB, "limits": {"time": 3}}, "unexpected keyword argument 'time'"),
        ({**JOB, "signature": "double"}, "signature"),
        ({**JOB, "compare": "roughly"}, "'roughly' is not a valid Compare"),
        ({**JOB, "source_file": "nowhere.py"}, "nowhere.py"),
        ({**JOB, "cases": [{"arguments": [1]}]}, "unknown key 'arguments'"),
        ({**JOB, "cases": []}, "no cases"),
        ({**JOB, "language": "cobol"}, "there is no language 'cobol': "),
        ({"source": ""}, "'signature' is missing"),
    ],
)
def test_wrong_use_is_told_and_exits_with_2(tmp_path: Path, job: Any, says: str) -> None:
    result = run(tmp_path, job)
    assert result.exit_code == 2
    assert says in result.output


@pytest.mark.parametrize("words", [["-h"], ["judge", "-h"], ["--help"]])
def test_it_helps(words: list[str]) -> None:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_without_an_engine_it_exits_with_3(tmp_path: Path) -> None:
    result = run(tmp_path, JOB, DOCKER_HOST="unix:///nowhere/docker.sock")
    assert result.exit_code == 3
    assert "no Docker-compatible engine answers" in result.output


def test_every_language_has_cases_of_its_own() -> None:
    assert {image for image, _ in proofs()} >= {"python", "data"}


@pytest.mark.engine
def test_the_self_test_holds(images: None) -> None:
    result = CliRunner().invoke(main, ["selftest"])
    assert result.exit_code == 0, result.output
    assert "All hold." in result.output


def test_a_case_with_an_unknown_key_is_named() -> None:
    with pytest.raises(SandboxError, match="odd: job: unknown key 'verdicts'"):
        read_proof("odd", {"what": "", "signature": "f() -> int", "source": "", "cases": [], "verdicts": []})
