"""A byte-order mark before an answer is an editor's doing: it is dropped for every kind, however the answer comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.jobs import read_job
from sandbox.model import Job, ServiceJob
from tests.examples import make_debug, make_service
from tests.factories import make_quiz
from tests.trainer.kinds.function.problems import problem as double
from trainer import kinds
from trainer.bank.files import Package, load_folder
from trainer.bank.package import read_package
from trainer.bank.sources import pack, unpack

MARK = "\ufeff"
BANK = Path(__file__).parents[3] / "problems"


@pytest.mark.parametrize("marks", [MARK, MARK * 2])
def test_of_a_function_and_of_own_input(marks: str) -> None:
    kind = kinds.get("function")
    made = kind.sample_job(double(), (), f"{marks}def double(n): ...", "python", [{"number": f"{marks}5"}])
    assert isinstance(made, Job)
    assert made.source == "def double(n): ..."
    assert made.cases[0].arguments == (5,)


def test_of_a_query() -> None:
    content = read_package(load_folder(BANK / "stopped-ordering").files, "stopped-ordering")
    made = kinds.get("sql").job(content, content.samples, f"{MARK}SELECT 1", "sql")
    assert isinstance(made, Job)
    assert made.source == "SELECT 1"


@pytest.mark.parametrize("package", [make_service(), make_debug()], ids=["service", "debug"])
def test_of_every_file_of_a_service(package: Package) -> None:
    content = read_package(package.files, package.slug)
    source = MARK + pack({"app.py": f"{MARK}import os", "more.py": f"a = '{MARK}'"})
    made = kinds.get(content.kind).job(content, content.samples, source, "files")
    assert isinstance(made, ServiceJob)
    assert made.files == {"app.py": "import os", "more.py": f"a = '{MARK}'"}


def test_of_answers_to_a_quiz() -> None:
    content = read_package(make_quiz().files, "small-quiz")
    kind = kinds.get("quiz")
    assert kind.job(content, content.secrets, MARK + "{}", "answers").compile_output == ""  # type: ignore[union-attr]


def test_of_a_job_in_a_file() -> None:
    content = {"source": f"{MARK}def f(): ...", "signature": "f() -> int", "cases": []}
    assert read_job(content).source == "def f(): ..."


def test_marks_inside_a_text_are_the_authors() -> None:
    assert unpack(pack({"a.py": f"x{MARK}"})) == {"a.py": f"x{MARK}"}
