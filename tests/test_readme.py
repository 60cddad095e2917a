"""What the README says is true."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from trainer.cli import cli
from trainer.config import Config

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def shown(name: str, default: object) -> str:
    if name == "problems":
        return "problems"
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_every_setting_stands_in_the_table_with_default_and_meaning() -> None:
    documented = {row[0]: (row[1], row[2]) for row in rows(section("Configuration"))}
    real = {
        str(field.alias): (shown(name, field.get_default(call_default_factory=True)), field.description)
        for name, field in Config.model_fields.items()
    }
    assert documented == real


@pytest.mark.parametrize("row", rows(section("The map").split("```")[0]), ids=lambda row: row[0])
def test_the_map_is_true(row: list[str]) -> None:
    assert (ROOT / row[0]).exists()


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_make_knows_the_commands(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", re.findall(r"^trainer ([a-z ]+?)(?= [a-z]*[-@]|  )", README, re.MULTILINE))
def test_the_commands_exist(command: str) -> None:
    found: click.Command | None = cli
    for word in command.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
        assert found is not None, f"trainer {command}"
