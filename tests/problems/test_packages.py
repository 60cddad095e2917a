"""Every package of the bank is proved: by a kept proof that still holds, or now, in real boxes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from sandbox import Sandbox, SandboxSettings, open_sandbox
from sandbox.signature import Calls
from trainer.bank import proofs
from trainer.bank.check import check
from trainer.bank.files import load_folder
from trainer.bank.package import list_bank, read_package
from trainer.bank.problem import Problem
from trainer.bank.topics import read_topics

BANK = Path(__file__).parents[2] / "problems"
SLUGS = list_bank(BANK)
TOPICS = [topic.id for topic in read_topics(BANK / "topics.yaml")]
TENTHS = 10
WANTED = {
    "arrays", "strings", "hash-maps", "two-pointers", "sliding-window", "linked-lists", "trees", "recursion", "sorting",
    "class-design",
}  # fmt: skip


@cache
def read(slug: str) -> Problem:
    return read_package(load_folder(BANK / slug).files, slug, topics=TOPICS)


@pytest.fixture(scope="module")
def sandbox(engine: None) -> Iterator[Sandbox]:
    with open_sandbox(SandboxSettings(warm={"python": 1, "data": 1})) as opened:
        yield opened


@cache
def is_slow(slug: str) -> bool:
    """Services are judged in boxes of their own, some twenty answers each.

    Each process of the tests asks this of all packages when it begins, so they are not read for it.
    """
    front = (BANK / slug / "problem.md").read_text(encoding="utf-8").split("---\n")[1]
    return yaml.safe_load(front)["kind"] in proofs.SERVICES


def turn() -> int:
    """Which tenth of the bank is proved again although its proofs hold: the number of commits says so."""
    counted = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=BANK, capture_output=True, text=True, check=False
    )
    return int(counted.stdout) % TENTHS if counted.returncode == 0 else 0


IN_TURN = sorted(SLUGS, key=lambda slug: (not is_slow(slug), slug))[turn() :: TENTHS]


@pytest.mark.parametrize(
    "slug",
    [pytest.param(slug, marks=pytest.mark.slow) if is_slow(slug) else slug for slug in SLUGS],
)
def test_a_package_passes_its_check(slug: str, request: pytest.FixtureRequest) -> None:
    """It is checked where it has no proof that holds, or its turn has come."""
    if slug not in IN_TURN and proofs.holds(BANK, slug):
        return
    sandbox: Sandbox = request.getfixturevalue("sandbox")
    report = check(load_folder(BANK / slug), sandbox, topics=TOPICS, brief=True)
    assert [f"{f.rule}: {f.message}" for f in report.findings if not f.ok and not f.advice] == []
    assert report.passed


def test_proofs_are_of_packages_that_exist() -> None:
    assert set(proofs.read_proofs(BANK)) <= set(SLUGS)


def test_proofs_tell_which_cases_the_known_mistakes_fail() -> None:
    """An installation explains them from its first start. `make prove` works them out."""
    kept = proofs.read_proofs(BANK)
    assert [slug for slug in SLUGS if slug in kept and kept[slug].mistakes is None] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_generated_cases_are_answered_in_python(slug: str) -> None:
    """Hidden data is made in Python's boxes; others may be missing in an installation."""
    problem = read(slug)
    if problem.generator is not None and isinstance(problem.signature, Calls):
        assert problem.reference.language == "python", "rename what stands before it"


def test_every_first_topic_has_a_problem() -> None:
    assert {topic for slug in SLUGS for topic in read(slug).topics} >= WANTED


def test_there_is_one_warm_up() -> None:
    assert sum(read(slug).warm_up for slug in SLUGS) == 1


def test_titles_are_unique() -> None:
    titles = [read(slug).title for slug in SLUGS]
    assert len(set(titles)) == len(titles)
