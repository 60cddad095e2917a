"""Scratch is emptied whatever was written there, and nothing beyond it is touched."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sandbox.harness.scratch import MODE, empty_scratch


@pytest.fixture
def place(tmp_path: Path) -> bytes:
    inner = tmp_path / "scratch"
    inner.mkdir()
    return os.fsencode(inner)


def test_files_folders_and_pipes(place: bytes) -> None:
    os.makedirs(os.path.join(place, b"a/b/c"))
    os.mkfifo(os.path.join(place, b"a/\xff\n"))
    Path(os.fsdecode(place), "lifted-0").write_text("a name that we use ourselves")
    assert empty_scratch((place,))
    assert os.listdir(place) == []


def test_depth_beyond_every_path_and_descriptor(place: bytes) -> None:
    start = os.getcwd()
    os.chdir(place)
    try:
        for _ in range(1500):
            os.mkdir("d" * 100)
            Path("file").touch()
            os.chdir("d" * 100)
    finally:
        os.chdir(start)
    assert empty_scratch((place,))
    assert os.listdir(place) == []


def test_links_are_removed_and_not_followed(place: bytes, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    os.mkdir(os.path.join(place, b"folder"))
    for link in (b"link", b"folder/link"):
        os.symlink(tmp_path / "kept", os.path.join(place, link))
    assert empty_scratch((place,))
    assert os.listdir(place) == []
    assert (tmp_path / "kept" / "file").exists()


def test_a_place_of_ones_own_is_as_it_was_at_first(place: bytes) -> None:
    assert empty_scratch((place,))
    first = os.stat(place)
    os.mkdir(os.path.join(place, b"inner"))
    os.chmod(place, 0o100)
    os.utime(place, (12345, 67890))
    assert empty_scratch((place,))
    after = os.stat(place)
    assert os.listdir(place) == []
    assert stat.S_IMODE(after.st_mode) == MODE
    assert (after.st_mode, after.st_atime, after.st_mtime) == (first.st_mode, first.st_atime, first.st_mtime)
    assert os.listxattr(place) == []


def test_a_place_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert empty_scratch((os.fsencode(tmp_path / "nowhere"),))
