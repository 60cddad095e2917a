"""Settings: only the documented names count, and what is wrong is told in one line."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sandbox.languages import languages
from trainer.cli import cli
from trainer.config import Config, misplaced_data, read_config, unknown_settings
from trainer.errors import SettingError

ALIASES = {name: str(field.alias) for name, field in Config.model_fields.items()}
OTHER = {
    "home": "/elsewhere",
    "host": "0.0.0.0",
    "database_url": "sqlite:////elsewhere.db",
    "problems": "/elsewhere",
    "languages": "python",
    "backend": "stub",
    "boxes": "kept",
    "interview_minute_s": "30",
    "public_url": "https://trainer.example.org",
    "smtp_url": "smtp://mail.example.org",
    "limits_url": "redis://127.0.0.1:6379/0",
    "broker_url": "amqp://127.0.0.1",
}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any setting."""
    for name in ALIASES.values():
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def other_value(name: str) -> str:
    """A value that the setting would take, and that is not its default."""
    default = Config.model_fields[name].get_default(call_default_factory=True)
    if name in OTHER:
        return OTHER[name]
    if isinstance(default, bool):
        return str(not default).lower()
    return "something" if default == "" else str(default / 2 if isinstance(default, float) else default + 1)


@pytest.mark.parametrize("name", ALIASES)
def test_only_the_documented_name_counts(name: str, bare: pytest.MonkeyPatch) -> None:
    usual = Config()
    alias, value = ALIASES[name], other_value(name)
    for spelling in {name, name.upper(), name.title(), alias.lower(), alias.title(), alias.removeprefix("TRAINER_")}:
        if spelling != alias:
            bare.setenv(spelling, value)
    assert Config() == usual
    bare.setenv(alias, value)
    assert getattr(Config(), name) != getattr(usual, name)


def test_without_a_setting_data_go_to_var_below_the_current_folder(tmp_path: Path) -> None:
    user = tmp_path / "user"
    user.mkdir()
    known = set(ALIASES.values())
    environment = {name: value for name, value in os.environ.items() if name not in known} | {"HOME": str(user)}
    subprocess.run([sys.executable, "-m", "trainer", "migrate"], cwd=tmp_path, env=environment, check=True)
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == ["secret_key", "trainer.db"]
    assert list(user.iterdir()) == []


def test_data_are_the_owners_alone(tmp_path: Path) -> None:
    config = Config(TRAINER_HOME=tmp_path / "home")
    config.make_home()
    config.load_secret_key()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in config.home.iterdir()}
    assert modes == {"trainer.db": 0o600, "secret_key": 0o600}
    assert stat.S_IMODE(config.home.stat().st_mode) == 0o700


def test_a_database_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "trainer.db").write_bytes(b"")
    (tmp_path / "trainer.db").chmod(0o644)
    Config(TRAINER_HOME=tmp_path).make_home()
    assert stat.S_IMODE((tmp_path / "trainer.db").stat().st_mode) == 0o600


WRONG = [
    ("PORT", "abc", "PORT=abc: "),
    ("PORT", "0", "PORT=0: "),
    ("PORT", "70000", "PORT=70000: "),
    ("TRAINER_JUDGES", "-1", "TRAINER_JUDGES=-1: "),
    ("TRAINER_SIGN_UP", "perhaps", "TRAINER_SIGN_UP=perhaps: "),
    ("TRAINER_BACKEND", "chroot", "TRAINER_BACKEND=chroot: "),
    ("TRAINER_PROBLEMS", "/no/such/folder", "TRAINER_PROBLEMS=/no/such/folder: "),
    ("TRAINER_HOME", "/proc/no/folder", "TRAINER_HOME=/proc/no/folder: "),
    ("TRAINER_HOME", __file__, f"TRAINER_HOME={__file__}: "),
    ("DATABASE_URL", "nonsense", "DATABASE_URL: "),
    ("DATABASE_URL", "mysql://ada:secret@host/db", "DATABASE_URL: "),
    ("DATABASE_URL", "postgresql+asyncpg://ada:secret@host/db", "DATABASE_URL: "),
    ("TRAINER_BROKER", "redis://ada:secret@host", "TRAINER_BROKER: "),
]


@pytest.mark.parametrize(("name", "value", "line"), WRONG, ids=[f"{name}={value}"[:40] for name, value, _ in WRONG])
@pytest.mark.parametrize("command", ["migrate", "run", "user list", "bank sync"])
def test_a_wrong_setting_is_one_line(
    command: str, name: str, value: str, line: str, bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare.setenv("TRAINER_HOME", str(tmp_path))
    bare.setenv(name, value)
    result = CliRunner().invoke(cli, command.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    assert "secret" not in result.stderr


@pytest.mark.parametrize(
    "value",
    [
        "localhost:5672", "redis://:secret@host", "amqp://", "amqp://:5672", "amqp://user@host", "amqp://user:secret@",
        "amqp://user:secret@host:port", "amqp://user:secret@host:0", "amqp://user:secret@host/one/two",
        "amqp://user:sec/secret@host", "amqp://user:secret#1@host", "amqp://user:secret?1@host",
        "amqp://user:secret@host?heartbeat=1", "amqp://user:secret@[::1", "amqp://user:secret 1@host",
    ],
)  # fmt: skip
def test_a_wrong_broker_is_one_line_without_its_password(value: str, bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TRAINER_BROKER", value)
    with pytest.raises(SettingError) as raised:
        read_config()
    assert str(raised.value).startswith("TRAINER_BROKER: write it as amqp://user:password@host:5672/vhost")
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "value",
    [
        "amqp://broker", "amqp://user:secret@broker:5672", "amqps://user:sec%2Fret@broker/trainer", "amqp://[::1]:5672/",
        "amqp://user:secret@broker/%2F",
    ],
)  # fmt: skip
def test_addresses_of_brokers(value: str, bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TRAINER_BROKER", value)
    assert read_config().broker_url == value


def test_languages_are_offered_in_the_order_of_the_table(bare: pytest.MonkeyPatch) -> None:
    everything = tuple(languages())
    assert read_config().offered == everything
    bare.setenv("TRAINER_LANGUAGES", f" {everything[-1]}, python")
    assert read_config().offered == tuple(name for name in everything if name in (everything[-1], "python"))


def test_a_language_that_is_none_is_told_in_one_line(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TRAINER_LANGUAGES", "python,cobol")
    with pytest.raises(SettingError) as raised:
        read_config()
    known = ", ".join(languages())
    assert str(raised.value) == f"TRAINER_LANGUAGES=python,cobol: 'cobol' is no language; there are {known}"


def test_all_wrong_settings_are_told_at_once(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("PORT", "abc")
    bare.setenv("TRAINER_THREADS", "1")
    with pytest.raises(SettingError) as caught:
        read_config()
    assert [line.partition("=")[0] for line in str(caught.value).splitlines()] == ["PORT", "TRAINER_THREADS"]


def test_a_database_that_does_not_answer_is_one_line(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setenv("TRAINER_HOME", str(tmp_path))
    bare.setenv("DATABASE_URL", "postgresql+psycopg://ada:secret@127.0.0.1:1/db")
    result = CliRunner().invoke(cli, ["migrate"])
    assert result.exit_code == 1
    assert result.stderr.startswith("The database does not answer: ")
    assert (result.stderr.count("\n"), "secret" in result.stderr) == (1, False)


def test_a_misspelt_setting_is_named() -> None:
    assert unknown_settings(["TRAINER_JUGDES", "TRAINER_JUDGES", "JUDGES", "PATH"]) == [
        "TRAINER_JUGDES is not a setting and has no effect. Did you mean TRAINER_JUDGES?"
    ]


def test_an_address_in_use_is_one_line_before_anything_is_made(
    bare: pytest.MonkeyPatch, tmp_path: Path, taken_port: int
) -> None:
    bare.setenv("TRAINER_HOME", str(tmp_path / "home"))
    bare.setenv("PORT", str(taken_port))
    result = CliRunner().invoke(cli, ["run"])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"PORT={taken_port}" in result.stderr
    assert not (tmp_path / "home").exists()


def test_data_left_by_an_earlier_version_are_pointed_at(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    user = tmp_path / "user"
    user.mkdir()
    bare.setenv("HOME", str(user))
    config = Config(TRAINER_HOME=tmp_path / "var")
    assert misplaced_data(config) == ""
    for name in ("trainer.db", "secret_key"):
        (user / name).write_text("")
    assert str(user) in misplaced_data(config)
    config.make_home()
    assert misplaced_data(config) == ""


def test_the_version_is_told_without_the_program_being_loaded() -> None:
    code = "import sys, trainer.cli; print(sorted({'flask', 'sqlalchemy', 'sandbox', 'pydantic'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
