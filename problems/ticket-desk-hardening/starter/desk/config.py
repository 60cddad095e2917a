"""Settings of the desk."""

import os
from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True)
class Settings:
    database_url: str
    port: int = 8000
    agent_email: str = ""
    agent_password: str = ""
    """The first agent, who is made at the start."""
    session_s: int = 14 * 24 * 3600
    secret_key: str = "ticket-desk-2021"
    """Signs sessions."""
    debug: bool = True

    @classmethod
    def from_environment(cls) -> "Settings":
        return cls(
            database_url=os.environ["DATABASE_URL"],
            port=int(os.environ.get("PORT", cls.port)),
            agent_email=os.environ.get("AGENT_EMAIL", ""),
            agent_password=os.environ.get("AGENT_PASSWORD", ""),
        )


def settings() -> Settings:
    """The settings of the app that serves this request."""
    found: Settings = current_app.config["SETTINGS"]
    return found
