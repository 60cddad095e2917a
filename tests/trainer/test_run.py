"""What `trainer run` says before it serves."""

from __future__ import annotations

from pathlib import Path

from trainer.commands.run import mark_home


def test_a_second_server_on_one_folder_is_known(tmp_path: Path) -> None:
    first = mark_home(tmp_path)
    assert first is not None
    assert mark_home(tmp_path) is None
    first.close()
    again = mark_home(tmp_path)
    assert again is not None
    again.close()
