"""What `trainer run` says before it serves."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from trainer.commands.apart import STOPPED, apart
from trainer.commands.common import WrongUse
from trainer.commands.run import mark_home


def test_a_second_server_on_one_folder_is_known(tmp_path: Path) -> None:
    first = mark_home(tmp_path)
    assert first is not None
    assert mark_home(tmp_path) is None
    first.close()
    again = mark_home(tmp_path)
    assert again is not None
    again.close()


def raising(error: BaseException) -> Callable[[], None]:
    def step() -> None:
        raise error

    return step


class TestAStepApart:
    def test_what_it_does_outlives_it_and_its_memory_does_not(self, tmp_path: Path) -> None:
        kept: list[str] = []

        def step() -> None:
            kept.append("large")
            (tmp_path / "done").write_text(str(os.getpid()))

        apart(step)
        assert kept == []
        assert (tmp_path / "done").read_text() != str(os.getpid())

    @pytest.mark.parametrize(
        ("error", "code", "said"),
        [
            (WrongUse("PORT is taken"), 2, "PORT is taken\n"),
            (KeyboardInterrupt(), STOPPED, ""),
            (ValueError("odd"), 1, "ValueError: odd\n"),
        ],
    )
    def test_one_that_fails_tells_why_and_ends_the_command(
        self, error: BaseException, code: int, said: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            apart(raising(error))
        assert ended.value.code == code
        assert capfd.readouterr().err.endswith(said)

    def test_one_that_is_killed_ends_the_command_with_a_sentence(self) -> None:
        with pytest.raises(click.ClickException, match="SIGKILL"):
            apart(lambda: os.kill(os.getpid(), signal.SIGKILL))
