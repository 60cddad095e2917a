"""What the README says is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from sandbox.jobs import CASE_KEYS, KEYS, read_job
from sandbox.languages import Language, languages
from trainer.bank.template import TEMPLATES
from trainer.cli import cli, commands_of
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


def test_every_command_stands_in_the_table() -> None:
    told = {re.findall(r"^trainer ([a-z -]+?)(?: [A-Z-].*)?$", row[0])[0] for row in rows(section("Command line"))}
    known = {" ".join(words) for words in commands_of(cli)}
    assert told == {one for one in known if not any(other.startswith(f"{one} ") for other in known)}


def test_every_option_that_is_shown_is_one() -> None:
    for words in commands_of(cli):
        command = found(words)
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        shown = [row for row in rows(section("Command line")) if row[0].startswith(f"trainer {' '.join(words)} ")]
        if not isinstance(command, click.Group):
            assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", " ".join(cell for row in shown for cell in row))) <= known


def found(words: tuple[str, ...]) -> click.Command:
    command: click.Command | None = cli
    for word in words:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None
    return command


def test_every_kind_of_a_new_package_is_named() -> None:
    assert set(TEMPLATES) <= set(re.findall(r"`(\w+)`", section("Command line")))


@pytest.mark.parametrize("language", languages().values(), ids=lambda one: one.name)
def test_every_language_is_named_with_its_version(language: Language) -> None:
    (told,) = re.findall(r"^- \*\*Languages\.\*\*.*$", README, re.M)
    assert language.title in told
    assert language.version in told


def test_the_job_file_that_is_shown_is_one() -> None:
    (text,) = re.findall(r"```json\n(.*?)```", section("Command line"), re.DOTALL)
    assert read_job(json.loads(text)).cases[0].sample
    for key in KEYS | CASE_KEYS:
        assert f'"{key}"' in text or f"`{key}`" in section("Command line").split("The sandbox alone")[1]
