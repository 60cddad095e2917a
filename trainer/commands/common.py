"""What subcommands share: settings, a sandbox of their own, and errors as lines instead of tracebacks.

Nothing of the server is imported here: who judges a file does not wait for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import IO, Any

import click

from sandbox import EngineUnavailable, Sandbox, SandboxError, SandboxSettings, open_sandbox
from trainer.config import Config, is_checkout, read_config, unknown_settings
from trainer.errors import SettingError, TrainerError

JUDGE_ERROR = 3


class Told(click.ClickException):
    """The command failed. A line says what a user can put right."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, err=True)


class WrongUse(Told):
    exit_code = 2


class NotJudged(Told):
    """Nothing was judged, and it is no fault of what was to be judged."""

    exit_code = JUDGE_ERROR


def settings() -> Config:
    """The settings of the environment. What is wrong with them is told in lines, and the command ends."""
    for sentence in unknown_settings(os.environ):
        click.echo(sentence, err=True)
    with errors_as_lines():
        return read_config()


def own_sandbox(config: Config) -> Sandbox:
    """A sandbox for this command alone: it starts boxes when it needs them, not ahead."""
    settings = SandboxSettings(
        backend=config.backend, docker_host=config.docker_host or None, boxes=config.boxes, warm={}
    )
    return open_sandbox(settings)


@contextmanager
def judging(config: Config, threads: int = 1) -> Iterator[tuple[Sandbox, Executor]]:
    """A sandbox of this command's own and threads to use it in. However the block ends, no thread and no box is left.

    Ctrl-C reaches the main thread alone, so that it cuts no call to the engine in two.
    """
    sandbox, workers = own_sandbox(config), ThreadPoolExecutor(threads)
    try:
        yield sandbox, workers
    except BaseException:
        _stop(sandbox, workers)
        with suppress(SandboxError), own_sandbox(config):
            pass  # as it opens, it removes boxes whose start was under way while the other one closed
        raise
    _stop(sandbox, workers)


def _stop(sandbox: Sandbox, workers: Executor) -> None:
    workers.shutdown(wait=False, cancel_futures=True)
    sandbox.close()  # what still runs finds its boxes gone, and ends
    workers.shutdown()


@contextmanager
def errors_as_lines() -> Iterator[None]:
    """Tell what a user can put right in lines, without a traceback, and end the command with its exit code."""
    try:
        yield
    except SettingError as error:
        raise WrongUse(str(error)) from error
    except TrainerError as error:
        raise click.ClickException(str(error)) from error
    except EngineUnavailable as error:
        raise NotJudged(f"No engine answers: {error}\n{engine_advice()}") from error
    except SandboxError as error:
        raise NotJudged(f"The sandbox failed: {error}") from error


def engine_advice() -> str:
    """What starts an engine here: a checkout has `make`, an installed program its module."""
    return "`make engine` starts one." if is_checkout() else "`python -m sandbox.engine` starts one."
