"""Every setting of the trainer, read once from the environment and passed in."""

from __future__ import annotations

import difflib
import os
import re
import secrets
import stat
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from sandbox.languages import languages as all_languages
from trainer import languages
from trainer.errors import SettingError
from trainer.mail import MailServer

PREFIX = "TRAINER_"
SECRETS = ("DATABASE_URL", "TRAINER_SECRET_KEY", "TRAINER_SMTP_URL", "TRAINER_LIMITS", "TRAINER_BROKER")
"""Settings whose values are printed nowhere."""
DATABASES = {"sqlite": "", "postgresql": "psycopg"}
"""The databases that are tested, and the driver that each needs."""
_HERE = Path(__file__).resolve().parent


def own_bank() -> Path:
    """The bank that came with the program: beside it in a checkout, inside it in an installed wheel."""
    return _HERE.parent / "problems" if is_checkout() else installed_bank()


def is_checkout() -> bool:
    """Does the program run from its sources, and not as an installed wheel?"""
    return (_HERE.parent / "problems").is_dir()


def installed_bank() -> Path:
    """The bank that an installed wheel carries. It is replaced with the program, so nobody writes into it."""
    return _HERE / "_problems"


class Config(BaseSettings):
    """Settings. Each is read from the environment variable named in its alias, and from no other."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", case_sensitive=True)

    home: Path = Field(Path("var"), alias="TRAINER_HOME", description="Data folder: database, secret key.")
    host: str = Field("127.0.0.1", alias="HOST", description="Address to serve on.")
    port: int = Field(8000, alias="PORT", ge=1, le=65535, description="Port to serve on.")
    database_url: str = Field("", alias="DATABASE_URL", description="Empty: SQLite in the data folder.")
    secret_key: str = Field("", alias="TRAINER_SECRET_KEY", description="Empty: made once, kept in the data folder.")
    problems: Path = Field(default_factory=own_bank, alias="TRAINER_PROBLEMS", description="Folder of the bank.")
    backend: Literal["docker", "stub"] = Field(
        "docker", alias="TRAINER_BACKEND", description="What isolates: docker, or stub in tests."
    )
    docker_host: str = Field("", alias="DOCKER_HOST", description="Socket of the engine. Empty: the usual one.")
    boxes: Literal["auto", "kept", "single"] = Field(
        "auto",
        alias="TRAINER_BOXES",
        description="kept: a box serves one program after the other; single: each serves one; auto: kept if it works.",
    )
    warm_boxes: int = Field(
        2, alias="TRAINER_WARM_BOXES", ge=0, le=64, description="Boxes for programs started ahead of need."
    )
    languages: str = Field(
        "",
        alias="TRAINER_LANGUAGES",
        description="Languages that functions may be written in here, with commas: python,javascript. Empty: all.",
    )
    warm_data_boxes: int = Field(
        1, alias="TRAINER_WARM_DATA_BOXES", ge=0, le=16, description="Boxes with databases started ahead of need."
    )
    warm_service_boxes: int = Field(
        1, alias="TRAINER_WARM_SERVICE_BOXES", ge=0, le=16, description="Sets of boxes for services, ahead of need."
    )
    consoles: int = Field(
        4, alias="TRAINER_CONSOLES", ge=0, le=64, description="Services tried out at once, by worker."
    )
    judges: int = Field(2, alias="TRAINER_JUDGES", ge=0, le=64, description="Submissions judged at once; 0: elsewhere.")
    max_boxes: int = Field(
        16,
        alias="TRAINER_MAX_BOXES",
        ge=1,
        le=1024,
        description="Boxes that work at the same time; a service has three.",
    )
    max_memory_mib: int = Field(
        6400, alias="TRAINER_MAX_MEMORY_MIB", ge=256, description="Memory that boxes at work may take together, in MiB."
    )
    threads: int = Field(64, alias="TRAINER_THREADS", ge=4, le=512, description="Threads that answer requests.")
    streams: int = Field(
        1000,
        alias="TRAINER_STREAMS",
        ge=1,
        le=10_000,
        description="Event streams open at once; beyond it pages poll.",
    )
    interview_minute_s: float = Field(
        60,
        alias="TRAINER_INTERVIEW_MINUTE_S",
        gt=0,
        le=60,
        description="Seconds of an interview's minute, for trials.",
    )
    lease_s: float = Field(
        10, alias="TRAINER_LEASE_S", gt=1, description="A judge silent for so many seconds loses its claim."
    )
    sign_up: bool = Field(True, alias="TRAINER_SIGN_UP", description="May anybody make an account?")
    rate_limits: bool = Field(True, alias="TRAINER_RATE_LIMITS", description="Limit sign-in, runs and the like.")
    limits_url: str = Field(
        "",
        alias="TRAINER_LIMITS",
        description="Redis in which several servers count limits together: redis://host:6379/0. Empty: each by itself.",
    )
    broker_url: str = Field(
        "",
        alias="TRAINER_BROKER",
        description="RabbitMQ that wakes workers: amqp://user:password@host:5672/vhost or amqps://… Empty: none.",
    )
    secure_cookies: bool = Field(False, alias="TRAINER_SECURE_COOKIES", description="Set behind HTTPS.")
    public_url: str = Field(
        "",
        alias="TRAINER_PUBLIC_URL",
        pattern=r"^(https?://[^/?#@\s]+/?)?$",
        description="Where people reach it, for links: https://trainer.example.org. Empty: the address it serves on.",
    )
    smtp_url: str = Field(
        "",
        alias="TRAINER_SMTP_URL",
        description="Where mail is handed in: smtp://user:password@host:587 or smtps://… Empty: no mail is sent.",
    )
    mail_from: str = Field(
        "", alias="TRAINER_MAIL_FROM", description="Sender of mail: Trainer <trainer@example.org>. Needed with mail."
    )
    metrics: bool = Field(
        False,
        alias="TRAINER_METRICS",
        description="Figures for Prometheus at /metrics, also where others reach it. On loopback they are there.",
    )
    proxies: int = Field(0, alias="TRAINER_PROXIES", ge=0, le=8, description="Trusted reverse proxies in front.")

    @field_validator("database_url")
    @classmethod
    def _check_database_url(cls, value: str) -> str:
        if value:
            _check_database(value)
        return value

    @field_validator("languages")
    @classmethod
    def _check_languages(cls, value: str) -> str:
        if wrong := languages.unknown(_listed(value)):
            raise ValueError(f"{wrong[0]!r} is no language; there are {', '.join(languages.in_order(all_languages()))}")
        return value

    @field_validator("limits_url")
    @classmethod
    def _check_limits_url(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://")):
            raise ValueError("write it as redis://:password@host:6379/0")
        return value

    @field_validator("broker_url")
    @classmethod
    def _check_broker_url(cls, value: str) -> str:
        if value and not _is_broker(value):
            raise ValueError("write it as amqp://user:password@host:5672/vhost, and / in a name or password as %2F")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _check_smtp_url(cls, value: str) -> str:
        if value:
            MailServer.of(value, "")
        return value

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages that functions may be written in, in the table's order."""
        return languages.in_order(_listed(self.languages) or all_languages())

    @property
    def mail_server(self) -> MailServer | None:
        return MailServer.of(self.smtp_url, self.mail_from) if self.smtp_url else None

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url or f"sqlite:///{self.home.resolve() / 'trainer.db'}"

    @property
    def base_url(self) -> str:
        """What links begin with. Without a public address they work on this machine."""
        host = "127.0.0.1" if self.serves_everywhere else self.host
        return self.public_url.rstrip("/") or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def serves_everywhere(self) -> bool:
        return self.host in ("", "0.0.0.0", "::")

    def make_home(self) -> None:
        """Make the data folder, and in it the database's file, readable by its owner alone. Raises SettingError."""
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.database_url:
                _make_private(self.home / "trainer.db")
        except OSError as error:
            raise SettingError(f"TRAINER_HOME={self.home}: the data folder cannot be used: {_why(error)}") from error

    def load_secret_key(self) -> str:
        """The key that signs sessions. Made at the first start, readable by the owner alone. Raises SettingError."""
        if self.secret_key:
            return self.secret_key
        path = self.home / "secret_key"
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with open(path, "x", opener=_private) as file:
                    file.write(secrets.token_hex(32))
            except FileExistsError:
                pass
            return path.read_text().strip()
        except OSError as error:
            raise SettingError(f"TRAINER_HOME={self.home}: the secret key cannot be kept: {_why(error)}") from error

    def keep_secret_key(self, key: str) -> bool:
        """Take over a key, as of a backup. False where the settings name another one. Raises SettingError."""
        if self.secret_key or not key:
            return self.secret_key == key
        beside = self.home / f".secret_key.{os.getpid()}"
        try:
            with open(beside, "w", opener=_private) as file:
                file.write(key)
            beside.replace(self.home / "secret_key")
        except OSError as error:
            raise SettingError(f"TRAINER_HOME={self.home}: the secret key cannot be kept: {_why(error)}") from error
        return True


def read_config() -> Config:
    """The settings of the environment. Raises SettingError with one line for each that is wrong."""
    try:
        config = Config()
    except ValidationError as error:
        raise SettingError("\n".join(_line(detail) for detail in error.errors())) from None
    if not config.problems.is_dir():
        raise SettingError(f"TRAINER_PROBLEMS={config.problems}: there is no such folder")
    if config.smtp_url and "@" not in config.mail_from:
        raise SettingError("TRAINER_MAIL_FROM: write an address, because TRAINER_SMTP_URL is set")
    return config


def unknown_settings(environment: Iterable[str]) -> list[str]:
    """A sentence for each variable that looks like one of our settings and is none: misspelt, most likely."""
    known = [str(field.alias) for field in Config.model_fields.values()]
    sentences = []
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, 1)
            meant = f" Did you mean {close[0]}?" if close else ""
            sentences.append(f"{name} is not a setting and has no effect.{meant}")
    return sentences


def misplaced_data(config: Config) -> str:
    """A sentence where version 0.1.0 has left its data in the user's home folder and the data folder is still empty."""
    left = Path.home()
    if config.database_url or (config.home / "trainer.db").exists() or not (left / "secret_key").exists():
        return ""
    if not (left / "trainer.db").exists():
        return ""
    return f"Data of an earlier version lies in {left}: stop, and move trainer.db* and secret_key into {config.home}."


def _listed(names: str) -> list[str]:
    return [name for name in (part.strip() for part in names.split(",")) if name]


def _line(detail: ErrorDetails) -> str:
    name = str(detail["loc"][0])
    value = "" if name in SECRETS else f"={detail['input']}"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{name}{value}: {message[:1].lower()}{message[1:]}"


def _check_database(value: str) -> None:
    """Raises ValueError, without the password that an address may hold."""
    name = re.match(r"(\w+)(?:\+(\w+))?://", value)
    if name is None:
        raise ValueError("write it as postgresql+psycopg://user:password@host/database")
    backend, driver = name[1], DATABASES.get(name[1])
    if driver is None:
        raise ValueError(f"{backend!r} is not supported; use {' or '.join(DATABASES)}")
    if driver and name[2] != driver:
        raise ValueError(f"write {backend}+{driver}://, as only that driver is supported")
    if driver and find_spec(driver) is None:
        raise ValueError(f"the package {driver} is not installed: pip install 'psycopg[binary]'")


def _is_broker(value: str) -> bool:
    """Is it an address of RabbitMQ? How it is spoken to (heartbeats, timeouts) is ours to say, so it has no query."""
    try:
        parts = urlsplit(value)
        is_whole = bool(parts.hostname) and parts.port != 0 and (parts.username is None) == (parts.password is None)
    except ValueError:  # a port that is none, a bracket that is not closed
        return False
    return is_whole and parts.scheme in ("amqp", "amqps") and "/" not in parts.path[1:] and not set("?# ") & set(value)


def _why(error: OSError) -> str:
    return "it is not a folder" if isinstance(error, FileExistsError) else str(error.strerror).lower()


def _make_private(path: Path) -> None:
    """Make a file that is not there, and take away what others may do with one that is."""
    with open(path, "a", opener=_private):
        pass
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        path.chmod(mode & 0o700)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
