"""What problems/README.md says of the format is true."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from sandbox.model import Limits
from tests.examples import README, make_debug, make_service, section
from trainer.bank.check_yourself import read_block
from trainer.bank.flaws import Flaws
from trainer.bank.formats import FORMATS, service
from trainer.bank.interviews import Criterion, Format, SpokenQuestion, Step, TaskRule, read_interviews
from trainer.bank.markdown import fenced, render
from trainer.bank.marks import TAGS
from trainer.bank.package import read_package
from trainer.bank.questions import QuestionType
from trainer.bank.rules import AFTER, BEFORE
from trainer.bank.strict_yaml import read_yaml
from trainer.bank.template import files_in, new_package
from trainer.bank.texts import FOLDERS
from trainer.bank.topics import Topic, read_topics

BANK = Path(__file__).parents[2] / "problems"
SUITE = Path(__file__).parents[2] / "sandbox" / "images" / "suite" / "suite"
TOPICS = [topic.id for topic in read_topics(BANK / "topics.yaml")]


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
    rules = {rule.name for table in (BEFORE, AFTER) for kind in table.values() for rule in kind}
    described = first_column("What `trainer bank check` asks")[1:]
    assert sorted(described) == sorted({"package", "data", "verdicts"} | rules)


def test_every_kind_has_rules_of_its_own() -> None:
    assert set(BEFORE) == set(AFTER) == set(FORMATS)


def test_the_example_of_a_quiz_is_a_package() -> None:
    problem = read_package(files_in(section("A quiz")), "who-may-look", topics=TOPICS)
    assert [question.type for question in problem.questions] == ["single", "number"]


def test_the_examples_of_services_are_packages() -> None:
    note = read_package(make_service().files, "keep-a-note", topics=TOPICS)
    page = read_package(make_debug().files, "page-two", topics=TOPICS)
    for problem in (note, page):
        assert problem.service is not None
        assert {step.name for step in problem.secrets} >= {name for one in problem.submissions for name in one.fails}
    assert note.service is not None
    assert [phase.name for phase in note.service.phases] == ["01_notes", "02_after_a_restart"]


def test_every_fixture_of_suites_is_described() -> None:
    tree = ast.parse((SUITE.parent / "plugin.py").read_text(encoding="utf-8"))
    fixtures = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _is_fixture(node)}
    rows = re.findall(r"^\| `(\w+)` \|", section("Services").split("### Answers as changes")[0], re.M)
    assert sorted(rows) == sorted(fixtures)


def _is_fixture(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr == "fixture" for one in node.decorator_list)


def test_every_expectation_of_an_answer_is_described() -> None:
    tree = ast.parse((SUITE / "answers.py").read_text(encoding="utf-8"))
    (answer,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Answer")
    methods = {n.name for n in answer.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")}
    text = section("Services")
    assert {name for name in methods if not re.search(rf"`{name}[(`]", text)} == set()


def test_every_key_of_a_changed_answer_is_described() -> None:
    table = section("Services").split("### Answers as changes")[1].split("\n## ")[0]
    assert sorted(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (.*?) \|", table, re.M)))) == sorted(service.KEYS)


def test_every_type_of_question_is_described() -> None:
    assert first_column("Quizzes")[1:] == list(QuestionType)


def test_the_example_of_a_question_inside_a_text_is_one() -> None:
    (example,) = re.findall(r"^````markdown\n(.*?)^````$", section("Check yourself"), re.M | re.S)
    (block,) = fenced(example, "check-yourself")
    question = read_block(block, "problem.md", "check-yourself 1", flaws := Flaws("example"))
    assert flaws.found == []
    assert question is not None
    assert str(render(example)).count("<details>") == len(question.choices)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_of_submissions_is_named(folder: str) -> None:
    assert f"`{folder}`" in section("Submissions")


def test_the_examples_of_topics_and_interviews_can_be_read(tmp_path: Path) -> None:
    (topic,) = re.findall(r"^```yaml\n(.*?)^```$", part("Topics"), re.M | re.S)
    known = (BANK / "topics.yaml").read_text(encoding="utf-8")
    assert topic in known
    (format,) = re.findall(r"^```yaml\n(.*?)^```$", part("Interviews"), re.M | re.S)
    (tmp_path / "small-20.yaml").write_text(format)
    (tmp_path / "questions.yaml").write_bytes((BANK / "interviews" / "questions.yaml").read_bytes())
    assert read_interviews(tmp_path, TOPICS).find("small-20")


def part(heading: str) -> str:
    """A section up to the next heading of level two."""
    return section(heading).removeprefix("\n").split("\n## ")[0]


def test_every_key_of_a_topic_and_of_a_format_is_described() -> None:
    assert set(first_column("Topics")) - {"key"} == {field.name for field in dataclasses.fields(Topic)}
    told = set(re.findall(r"`(\w+)`", part("Interviews")))
    wanted = {field.name for part in (Format, TaskRule, Step, Criterion, SpokenQuestion) for field in dataclasses.fields(part)}
    assert wanted <= told


def test_what_is_said_of_plain_words_is_true() -> None:
    text = part("YAML")
    kept, refused = text.split("Everything that YAML would")
    for word in re.findall(r"`([^`]+)`", kept):
        assert read_yaml(f"- {word}", "", flaws := Flaws("example")) is not None
        assert flaws.found == [], word
    for word in re.findall(r"`([^` ]+)`", refused.split(". So does")[0]):
        read_yaml(f"- {word}", "", flaws := Flaws("example"))
        assert flaws.found, word


def test_what_is_said_of_tags_is_true() -> None:
    told = re.findall(r"`<(\w+)>`", part("Markdown"))
    assert sorted(told) == sorted([*TAGS, "br"])
    assert "List&lt;T&gt;" in render("List<T>")
