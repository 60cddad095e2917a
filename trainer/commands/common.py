"""What subcommands share: an application for this process, and errors as lines instead of tracebacks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
import sqlalchemy as sa
from flask import Flask

from sandbox import EngineUnavailable, Sandbox, SandboxError, SandboxSettings, open_sandbox
from trainer import migrate
from trainer.app import create_app
from trainer.config import Config, read_config, unknown_settings
from trainer.db import db
from trainer.errors import SettingError, TrainerError

FAILED, WRONG_USE, JUDGE_ERROR = 1, 2, 3


def settings() -> Config:
    """The settings of the environment. What is wrong with them is told in lines, and the command ends."""
    for sentence in unknown_settings(os.environ):
        click.echo(sentence, err=True)
    with errors_as_lines():
        return read_config()


@contextmanager
def application(config: Config) -> Iterator[Flask]:
    """The app, its tables up to date, inside an application context."""
    with errors_as_lines():
        config.make_home()
        app = create_app(config, own_sandbox(config))
        with app.app_context():
            migrate.upgrade(db.engine)
            yield app


def own_sandbox(config: Config) -> Sandbox:
    """A sandbox for this command alone: it starts boxes when it needs them, not ahead."""
    settings = SandboxSettings(
        backend=config.backend, docker_host=config.docker_host or None, boxes=config.boxes, warm={}
    )
    return open_sandbox(settings)


@contextmanager
def errors_as_lines() -> Iterator[None]:
    """Tell what a user can put right in lines, without a traceback, and end the command with its exit code."""
    try:
        yield
    except SettingError as error:
        _end(str(error), WRONG_USE, error)
    except TrainerError as error:
        raise click.ClickException(str(error)) from error
    except sa.exc.OperationalError as error:
        _end(f"The database does not answer: {_first_line(error)}", FAILED, error)
    except EngineUnavailable as error:
        _end(f"No engine answers: {error}\n`make engine` starts one.", JUDGE_ERROR, error)
    except SandboxError as error:
        _end(f"The sandbox failed: {error}", JUDGE_ERROR, error)


def _end(message: str, code: int, error: Exception) -> NoReturn:
    click.echo(message, err=True)
    raise click.exceptions.Exit(code) from error


def _first_line(error: sa.exc.OperationalError) -> str:
    return str(error.orig).partition("\n")[0]
