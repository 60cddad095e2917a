"""What answers are written in stands in one table, and nobody else keeps another one."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from sandbox.languages import languages
from tests.test_architecture import MODULES, tree_of
from trainer import languages as written
from trainer.cli import cli

NAMES = {word for one in languages().values() for word in (one.name, one.ending, f".{one.ending}")}
HOME = "trainer.languages"


def tables(tree: ast.Module) -> Iterator[ast.expr]:
    """Displays that are looked up by a language or its ending, or that list one beside others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and any(map(is_name, node.keys)):
            yield node
        if isinstance(node, ast.List | ast.Tuple | ast.Set) and len(node.elts) > 1 and any(map(is_name, node.elts)):
            yield node


def is_name(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in NAMES


def examples(tree: ast.Module) -> set[ast.expr]:
    """What the API's description shows as an example is no table."""
    told = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "json_schema_extra"]
    return {inner for value in told for inner in ast.walk(value) if isinstance(inner, ast.expr)}


def test_nobody_else_has_a_table_of_languages() -> None:
    left_out = ("trainer.bank", "trainer.migrations", "trainer.frontend")
    found = {
        f"{name}:{table.lineno}"
        for name in MODULES
        if name.startswith("trainer.") and not name.startswith(left_out)
        for table in tables(tree_of(name))
        if table not in examples(tree_of(name))
    }
    assert found == set(), f"ask {HOME}"


def test_the_test_sees_tables() -> None:
    tree = ast.parse("A = {'python': 1}\nB = ('sql', 'python')\nC = ['python']\nD = {'language': 'python'}\n")
    assert [table.lineno for table in tables(tree)] == [1, 2]


@pytest.mark.parametrize("name", languages())
def test_a_language_is_known_by_its_name_and_its_ending(name: str) -> None:
    one = languages()[name]
    assert (written.title(name), written.ending(name), written.lexer(name)) == (one.title, one.ending, one.lexer)
    assert written.by_ending(one.ending) == name
    assert written.title_and_version(name).startswith(one.title)
    assert written.title_and_version(name).endswith(one.version)
    assert written.time_limit_s(name, 2.0) == 2.0 * one.time_factor
    assert written.grammars()[one.ending] == one.lexer


def test_forms_that_are_no_programs_stand_beside_them() -> None:
    assert written.names() == (*languages(), "sql", "files", "answers")
    assert written.title_and_version("sql") == "SQL, PostgreSQL 15"
    assert (written.ending("sql"), written.ending("files"), written.ending("answers")) == ("sql", "", "")
    assert written.time_limit_s("sql", 2.0) == 2.0


def test_a_name_that_nobody_knows_any_more_stands_for_itself() -> None:
    assert (written.title("cobol"), written.title_and_version("cobol")) == ("cobol", "cobol")
    assert (written.ending("cobol"), written.lexer("cobol"), written.by_ending("cob")) == ("", "", "")


def test_the_languages_that_are_offered_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = CliRunner().invoke(cli, ["languages", "--json"])
    assert [one["name"] for one in json.loads(found.stdout)] == list(languages())
    monkeypatch.setenv("TRAINER_LANGUAGES", "python")
    found = CliRunner().invoke(cli, ["languages"])
    assert found.stdout.split() == ["python", *written.title_and_version("python").split(), ".py"]
