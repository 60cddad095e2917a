"""What problems/README.md says of the format is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from sandbox.model import Limits
from trainer.bank.formats import FORMATS
from trainer.bank.package import read_package
from trainer.bank.rules import AFTER, BEFORE
from trainer.bank.template import files_in, new_package
from trainer.bank.texts import FOLDERS
from trainer.bank.topics import read_topics

BANK = Path(__file__).parents[2] / "problems"
README = (BANK / "README.md").read_text(encoding="utf-8")
TOPICS = [topic.id for topic in read_topics(BANK / "topics.yaml")]


def section(heading: str) -> str:
    """The text below a heading of level two. Headings inside examples do not end it: they stand in fences."""
    begin = README.index(f"\n## {heading}\n")
    following = README.find("\n## A full package\n", begin + 1)
    return README[begin : following if following > begin else len(README)]


def first_column(heading: str) -> list[str]:
    """The words in backticks that begin the rows of a section's table."""
    text = README[README.index(f"\n## {heading}\n") :]
    return re.findall(r"^\| `?([\w. ]+?)`? \|", text.split("\n## ", 2)[1], re.M)


def test_the_minimal_example_is_a_package() -> None:
    problem = read_package(files_in(section("A minimal package")), "half-the-timeout", topics=TOPICS)
    assert problem.title == "Half the timeout"
    assert problem.limits == Limits()


def test_the_full_example_is_what_a_new_package_holds() -> None:
    found = files_in(section("A full package"))
    assert found == new_package("longest-outage")
    assert read_package(found, "longest-outage", topics=TOPICS).generator


def test_every_key_of_the_front_matter_is_described() -> None:
    keys: set[str] = set()
    for known in FORMATS.values():
        keys |= set(known.Matter.model_fields)
        for name, field in known.Matter.model_fields.items():
            if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
                keys |= {f"{name}.{inner}" for inner in field.annotation.model_fields}
    assert set(first_column("Front matter")) - {"key"} == keys


def test_every_rule_of_the_check_is_described() -> None:
    rules = ["package", "data", *(r.name for r in BEFORE), "verdicts", *(r.name for r in AFTER)]
    assert first_column("What `trainer bank check` asks")[1:] == rules


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_of_submissions_is_named(folder: str) -> None:
    assert f"`{folder}`" in section("Submissions")
