"""What docs/operating.md says is true: its settings, commands, links and lines of the log exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from trainer.cli import COMMANDS, cli, commands_of
from trainer.config import Config
from trainer.work.broker import LANES
from trainer.work.deliveries import PREFIX

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SOURCES = [path for path in ROOT.glob("trainer/**/*.py") if "node_modules" not in path.parts]
OF_OTHERS = {"DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "TRAINER_SITE", "TRAINER_WEB", "SSL_CERT_FILE"}
"""Settings of the engine's client, of deploy/Caddyfile, and of OpenSSL."""
OF_COMPOSE = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "example.env").read_text(), re.MULTILINE))
NAME = r"\b((?:TRAINER|DOCKER|ENGINE|SSL)_[A-Z_]+|DATABASE_URL|HOST|PORT)\b"


def test_settings_exist() -> None:
    known = {str(field.alias) for field in Config.model_fields.values()}
    assert set(re.findall(NAME, GUIDE)) <= known | OF_OTHERS | OF_COMPOSE


def test_queues_and_figures_of_the_broker_exist() -> None:
    queues = {PREFIX + lane for lanes in LANES.values() for lane in lanes}
    assert set(re.findall(r"`(trainer\.[a-z]+)`", GUIDE)) == queues
    figures = (ROOT / "trainer" / "web" / "metrics.py").read_text(encoding="utf-8")
    for name in re.findall(r"`(trainer_[a-z_]+)` in `/metrics`", GUIDE):
        assert f'"{name}"' in figures


def test_containers_that_are_named_are_those_of_compose() -> None:
    services = set(yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"])
    assert set(re.findall(r"docker compose exec (\w+)", GUIDE)) <= services
    assert set(re.findall(r"--scale (\w+)=", GUIDE)) <= services


def test_commands_exist() -> None:
    used = set(re.findall(r"(?:`|bin/|^)trainer ([a-z]+)", GUIDE, re.MULTILINE))
    assert {"run", "worker", "backup", "restore"} <= used <= set(COMMANDS)


def test_options_exist() -> None:
    known = {option for words in commands_of(cli) for option in _options(words)}
    assert set(re.findall(r"trainer restore [^`\n]*?(--[a-z]+)", GUIDE)) <= known


def _options(words: tuple[str, ...]) -> set[str]:
    command: click.Command | None = cli
    for word in words:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None
    return {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)", GUIDE))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / "docs" / path).exists()


@pytest.mark.parametrize("line", re.findall(r"^\| `([^`]+)` \|", GUIDE.split("## The logs")[1], re.MULTILINE))
def test_lines_of_the_log_are_written(line: str) -> None:
    sources = [
        path.read_text(encoding="utf-8") for path in ROOT.glob("trainer/**/*.py") if "node_modules" not in path.parts
    ]
    assert any(re.search(rf'log\.\w+\(\s*"{re.escape(line)}"', source) for source in sources)
