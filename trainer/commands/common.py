"""What subcommands share: an application for this process, and errors as lines instead of tracebacks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from sandbox import EngineUnavailable, Sandbox, SandboxError, SandboxSettings, open_sandbox
from trainer import migrate
from trainer.app import create_app
from trainer.config import Config
from trainer.db import db
from trainer.errors import TrainerError

JUDGE_ERROR = 3


@contextmanager
def application() -> Iterator[Flask]:
    """The app, its tables up to date, inside an application context."""
    config = Config()
    config.home.mkdir(parents=True, exist_ok=True)
    app = create_app(config, own_sandbox(config))
    with app.app_context(), errors_as_lines():
        migrate.upgrade(db.engine)
        yield app


def own_sandbox(config: Config) -> Sandbox:
    """A sandbox for this command alone: it starts boxes when it needs them, not ahead."""
    return open_sandbox(SandboxSettings(backend=config.backend, docker_host=config.docker_host or None, warm={}))


@contextmanager
def errors_as_lines() -> Iterator[None]:
    try:
        yield
    except TrainerError as error:
        raise click.ClickException(str(error)) from error
    except EngineUnavailable as error:
        click.echo(f"No engine answers: {error}\n`make engine` starts one.", err=True)
        raise click.exceptions.Exit(JUDGE_ERROR) from error
    except SandboxError as error:
        click.echo(f"The sandbox failed: {error}", err=True)
        raise click.exceptions.Exit(JUDGE_ERROR) from error
