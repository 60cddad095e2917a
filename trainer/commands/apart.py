"""Does one step of a command in a process of its own, whose memory is given back when the step is done."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

import click

STOPPED = 130
"""The exit code of a command that Ctrl-C stopped."""


def apart(step: Callable[[], None]) -> None:
    """Do it in a fork of this process, in which no other thread may run, and return when it is done.

    Where the step fails it has told why, and the command ends with its exit code.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _do(step)
    try:
        _, status = os.waitpid(child, 0)
    except KeyboardInterrupt:  # which reaches the child, too
        os.waitpid(child, 0)
        raise
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        raise click.ClickException(f"It was ended by {signal.Signals(-code).name} while it got ready.")
    if code:
        sys.exit(code)


def _do(step: Callable[[], None]) -> NoReturn:
    code = 1
    try:
        step()
        code = 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except KeyboardInterrupt:
        code = STOPPED
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
