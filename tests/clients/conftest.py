"""A served trainer with real boxes and a problem of each kind, a person with a key, and programs in Node."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.clients import packages
from tests.examples import make_debug, make_service
from tests.factories import make_package, make_quiz, make_user, small_interviews
from tests.journeys.conftest import Live, serving
from trainer.bank.causes import ANSWER
from trainer.bank.files import Package, package
from trainer.bank.interviews import Disclosure, Interviews, TaskRule
from trainer.bank.package import read_package
from trainer.bank.questions import Question, QuestionType
from trainer.bank.template import new_package
from trainer.models import KeyScope
from trainer.services import keys

ROOT = Path(__file__).resolve().parents[2]
NO_PACKAGES = (
    "NO PACKAGES OF NODE: nobody else reads the description. `python -m tests.clients.packages` installs them."
)
KINDS = ("function", "sql", "service", "debug", "quiz")
FORMAT = "one-of-each"


@dataclass(frozen=True)
class Candidate:
    """Somebody with a key, and a right answer to each kind of task."""

    url: str
    key: str
    answers: dict[str, str]


@pytest.fixture(scope="session")
def modules() -> Path:
    """Packages of Node: skipped at home where they are not installed, failed in CI."""
    if not packages.STAMP.exists():
        if os.environ.get("CI"):
            pytest.fail(NO_PACKAGES)
        pytest.skip(NO_PACKAGES)
    return packages.MODULES


def bank() -> list[Package]:
    """One small package of each kind."""
    query = package("a-query", new_package("a-query", "sql"))
    return [make_package(), query, make_service(), make_debug(), make_quiz()]


@pytest.fixture(scope="package")
def live(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("bank")
    shutil.copy(ROOT / "problems" / "topics.yaml", folder)
    shutil.copytree(ROOT / "problems" / "interviews", folder / "interviews")
    for one in bank():
        for path, content in one.files.items():
            if "wrong_answer" not in path:  # they would be judged in the background
                (folder / one.slug / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / one.slug / path).write_bytes(content)
    with serving(folder, tmp_path_factory.mktemp("home")) as served:
        served.runtime.interviews = one_of_each()
        yield served


def one_of_each() -> Interviews:
    """A format with a task of each kind, and a question that is answered in words."""
    small = small_interviews()
    rules = [TaskRule(minutes=15, kinds=(kind,), points=20) for kind in KINDS]
    made = replace(
        small.formats[0],
        id=FORMAT,
        minutes=90,
        reveal=Disclosure.LIVE,
        tasks=(*rules, TaskRule(minutes=5, question="project")),
    )
    return Interviews((made,), small.questions)


@pytest.fixture
def make_candidate(live: Live) -> Callable[[str], Candidate]:
    def make(email: str) -> Candidate:
        key = live.write(
            lambda session: keys.make_token(session, make_user(session, email), "client", scope=KeyScope.PRACTISE)
        )
        return Candidate(live.url, key, answers())

    return make


def answers() -> dict[str, str]:
    """What the packages hold to be right, by kind; of a question some words."""
    found = {"question": "The cache: it was never emptied."}
    for one in bank():
        problem = read_package(one.files, one.slug)
        found[problem.kind] = _chosen(problem.questions) if problem.questions else problem.reference.source
        if problem.service and problem.service.cause:
            files = json.loads(problem.reference.source)
            found[problem.kind] = json.dumps(files | {ANSWER: problem.service.cause.right})
    return found


def _chosen(questions: Sequence[Question]) -> str:
    return json.dumps({question.name: _right(question) for question in questions})


def _right(question: Question) -> Any:
    ids = [choice.id for choice in question.choices]
    right = [choice.id for choice in question.choices if choice.right]
    return {
        QuestionType.SINGLE: right[0] if right else None,
        QuestionType.MULTIPLE: right,
        QuestionType.ORDER: ids,
        QuestionType.MATCH: dict(zip((left.id for left in question.lefts), ids, strict=False)),
        QuestionType.TEXT: question.accept[0] if question.accept else None,
        QuestionType.NUMBER: str(question.answer),
    }[question.type]


@pytest.fixture(scope="package")
def description(live: Live, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document of the running application."""
    file = tmp_path_factory.mktemp("description") / "openapi.json"
    with live.app.test_client() as client:
        file.write_text(json.dumps(client.get("/api/v1/openapi.json").json))
    return file
