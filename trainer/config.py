"""Every setting of the trainer, read once from the environment and passed in."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_HERE = Path(__file__).resolve().parent


def _bank_folder() -> Path:
    """The bank beside the package in a checkout, or inside it in an installed wheel."""
    beside = _HERE.parent / "problems"
    return beside if beside.is_dir() else _HERE / "_problems"


class Config(BaseSettings):
    """Settings. Each can be set by the environment variable named in its alias."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    home: Path = Field(Path("var"), alias="TRAINER_HOME", description="Data folder: database, secret key.")
    host: str = Field("127.0.0.1", alias="HOST", description="Address to serve on.")
    port: int = Field(8000, alias="PORT", ge=0, le=65535, description="Port to serve on.")
    database_url: str = Field("", alias="DATABASE_URL", description="Empty: SQLite in the data folder.")
    secret_key: str = Field("", alias="TRAINER_SECRET_KEY", description="Empty: made once, kept in the data folder.")
    problems: Path = Field(default_factory=_bank_folder, alias="TRAINER_PROBLEMS", description="Folder of the bank.")
    backend: str = Field("docker", alias="TRAINER_BACKEND", description="What isolates: docker, or stub in tests.")
    docker_host: str = Field("", alias="DOCKER_HOST", description="Socket of the engine. Empty: the usual one.")
    warm_boxes: int = Field(
        2, alias="TRAINER_WARM_BOXES", ge=0, le=64, description="Boxes for programs started ahead of need."
    )
    warm_data_boxes: int = Field(
        1, alias="TRAINER_WARM_DATA_BOXES", ge=0, le=16, description="Boxes with databases started ahead of need."
    )
    warm_service_boxes: int = Field(
        1, alias="TRAINER_WARM_SERVICE_BOXES", ge=0, le=16, description="Sets of boxes for services, ahead of need."
    )
    consoles: int = Field(4, alias="TRAINER_CONSOLES", ge=0, le=64, description="Services tried out at the same time.")
    judges: int = Field(2, alias="TRAINER_JUDGES", ge=0, le=64, description="Submissions judged at once; 0: elsewhere.")
    max_boxes: int = Field(4, alias="TRAINER_MAX_BOXES", ge=1, le=256, description="Boxes that work at the same time.")
    threads: int = Field(64, alias="TRAINER_THREADS", ge=4, le=512, description="Threads that answer requests.")
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
    secure_cookies: bool = Field(False, alias="TRAINER_SECURE_COOKIES", description="Set behind HTTPS.")
    proxies: int = Field(0, alias="TRAINER_PROXIES", ge=0, le=8, description="Trusted reverse proxies in front.")

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url or f"sqlite:///{self.home.resolve() / 'trainer.db'}"

    @property
    def stream_cap(self) -> int:
        """Event streams held open at once; beyond it pages poll. At most 60 % of the threads."""
        return max(1, self.threads * 6 // 10)

    def load_secret_key(self) -> str:
        """The key that signs sessions. Made at the first start, readable by the owner alone."""
        if self.secret_key:
            return self.secret_key
        self.home.mkdir(parents=True, exist_ok=True)
        path = self.home / "secret_key"
        try:
            with open(path, "x", opener=_private) as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass
        return path.read_text().strip()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
