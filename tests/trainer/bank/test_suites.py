"""Suites are read, never run: phases, steps, samples, and what authors forget."""

from __future__ import annotations

import pytest

from sandbox.model import Case, Phase
from trainer.bank.flaws import Flaws
from trainer.bank.suites import read_suite
from trainer.errors import Flaw

ONE = '''
from suite import sample

raise SystemExit("a suite is never run here")

@sample
def test_first(api):
    """The first thing holds.

    What follows is for authors.
    """

def helper():
    """No step."""

def test_second(api, draw):
    """The second thing holds."""
'''
TWO = '''
def test_later(api):
    """It holds after a restart."""
'''


def read(**modules: str) -> tuple[tuple[Phase, ...], tuple[Case, ...], list[Flaw]]:
    texts = {f"data/suite/{name}.py": text for name, text in modules.items()}
    flaws = Flaws("x")
    phases, steps = read_suite(texts | {"problem.md": "x"}, flaws)
    return phases, steps, flaws.found


def test_phases_stand_in_the_order_of_their_names_and_steps_as_written() -> None:
    phases, steps, flaws = read(**{"02_later": TWO, "01_now": ONE})
    assert flaws == []
    assert [phase.name for phase in phases] == ["01_now", "02_later"]
    assert steps == (
        Case("The first thing holds.", ("01_now", "test_first"), sample=True),
        Case("The second thing holds.", ("01_now", "test_second")),
        Case("It holds after a restart.", ("02_later", "test_later")),
    )


@pytest.mark.parametrize(
    ("old", "new", "file", "key", "problem"),
    [
        ('"""The second thing holds."""', "pass", "01_now", "test_second", "says nothing to students"),
        ("The second thing holds.", "x" * 101, "01_now", "test_second", "says nothing to students"),
        ("The second thing holds.", "", "01_now", "test_second", "says nothing to students"),
        ("The second thing holds.", "The first thing holds.", "01_now", "test_second", "another step's sentence"),
        ("def helper():", "def helper(:", "01_now", "line 13", "is no Python"),
        ("@sample\n", "", "01_now", "", "no step is a sample"),
        ("def test_", "def check_", "01_now", "", "has no steps"),
        ("def test_second(api, draw):", "def test_first(api, draw):", "01_now", "test_first", "name of two functions"),
        ("def test_second", "async def test_second", "01_now", "test_second", "is no step"),
        ("def helper():\n", "def helper():\n    def test_inside(api): ...\n", "01_now", "test_inside", "is no step"),
        ("def helper():", "class Tests:\n    def test_method(api): ...\n\ndef helper():", "01_now", "test_method",
         "is no step"),
        (ONE, "(" * 5000, "01_now", "line", "is no Python"),
    ],
)  # fmt: skip
def test_a_flaw_names_its_place(old: str, new: str, file: str, key: str, problem: str) -> None:
    assert old in ONE
    _, _, flaws = read(**{"01_now": ONE.replace(old, new)})
    found = [f for f in flaws if f.file == f"data/suite/{file}.py" and f.key.startswith(key) and problem in f.problem]
    assert found, flaws
    assert found[0].fix


def test_a_sentence_is_unique_across_phases() -> None:
    _, _, flaws = read(
        **{"01_now": ONE, "02_later": TWO.replace("It holds after a restart.", "The first thing holds.")}
    )
    assert [(flaw.file, flaw.key) for flaw in flaws] == [("data/suite/02_later.py", "test_later")]


def test_a_suite_without_modules_is_a_flaw() -> None:
    _, _, flaws = read()
    assert [(flaw.file, flaw.problem) for flaw in flaws] == [("data/suite/", "holds no module")]
