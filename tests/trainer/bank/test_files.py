"""Packages from folders and uploads: the same content has the same digest, and nothing hostile gets in."""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trainer.bank.packages import SLUG, files
from trainer.bank.archives import load_zip, to_zip
from trainer.bank.files import MOST_FILES, TOTAL_BYTES, digest_of, load_folder, package
from trainer.bank.package import read_zip
from trainer.errors import PackageError


def write(folder: Path, found: Mapping[str, bytes]) -> Path:
    for path, content in found.items():
        folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(path).write_bytes(content)
    return folder


def zipped(found: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in found.items():
            archive.writestr(path, content)
    return out.getvalue()


def test_a_folder_and_its_zip_are_the_same_package(tmp_path: Path) -> None:
    folder = load_folder(write(tmp_path / SLUG, files()))
    assert folder == load_zip(to_zip(folder)) == load_zip(zipped(files()), SLUG)
    assert folder.slug == SLUG
    assert folder.files == files()


def test_the_zip_of_a_package_is_always_the_same() -> None:
    assert to_zip(package(SLUG, files())) == to_zip(package(SLUG, dict(reversed(files().items()))))


def test_the_digest_tells_any_change() -> None:
    base = {"a": b"1", "b": b"2"}
    others = [
        {"a": b"1"},
        {"a": b"2", "b": b"1"},
        {"a": b"1", "c": b"2"},
        {"a": b"1b", "": b"2"},
        {"a": b"12", "b": b""},
    ]
    digests = {digest_of(files) for files in [base, *others]}
    assert len(digests) == 1 + len(others)


def test_what_tools_leave_behind_is_not_read(tmp_path: Path) -> None:
    left = {
        "__pycache__/x.pyc": b"",
        ".git/config": b"",
        "data/.DS_Store": b"",
        "submissions/accepted/__pycache__/a": b"",
    }
    assert load_folder(write(tmp_path / SLUG, files() | left)).files == files()
    assert load_zip(zipped(files() | left | {"__MACOSX/a": b""}), SLUG).files == files()


@pytest.mark.parametrize("target", ["/etc/passwd", "problem.md", "nowhere"])
def test_a_link_in_a_folder_is_refused(tmp_path: Path, target: str) -> None:
    folder = write(tmp_path / SLUG, files())
    (folder / "data" / "extra.yaml").symlink_to(target)
    with pytest.raises(PackageError, match=r"data/extra\.yaml: is a link"):
        load_folder(folder)


def test_a_linked_folder_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / SLUG, files())
    (folder / "starter").symlink_to("/etc")
    with pytest.raises(PackageError, match="starter: is a link"):
        load_folder(folder)


def test_a_link_in_a_zip_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo(f"{SLUG}/problem.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(PackageError, match="is a link"):
        load_zip(out.getvalue())


@pytest.mark.parametrize(
    "path", ["../evil", "/etc/passwd", "a/../../b", "a//b", "a b", "ä.md", "a/b/c/d/e/f/g", "x" * 201]
)
def test_odd_paths_in_a_zip_are_refused(path: str) -> None:
    with pytest.raises(PackageError, match="odd path"):
        load_zip(zipped({"problem.md": b"", path: b""}), SLUG)


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    bomb = zipped({"data/secret.yaml": b"0" * (TOTAL_BYTES + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(PackageError, match="larger than 20 MiB"):
        load_zip(bomb, SLUG)


def test_sizes_that_the_archive_states_are_not_believed() -> None:
    content = b"0" * (TOTAL_BYTES + 1)
    lying = zipped({"x.md": content}).replace(len(content).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(PackageError):
        load_zip(lying, SLUG)


def test_too_many_files_are_refused() -> None:
    with pytest.raises(PackageError, match="one file too many"):
        load_zip(zipped({f"f{n}": b"" for n in range(MOST_FILES + 1)}), SLUG)


def in_folder(found: Mapping[str, bytes], folder: str = SLUG) -> dict[str, bytes]:
    return {f"{folder}/{path}": content for path, content in found.items()}


LEFT = {"__MACOSX/._x": b"", ".DS_Store": b"", f"{SLUG}/.DS_Store": b"", f"{SLUG}/Thumbs.db": b"", "desktop.ini": b""}


@pytest.mark.parametrize(
    "found",
    [
        in_folder(files()),
        in_folder(files()) | LEFT,
        in_folder(files(), f"Downloads/{SLUG}"),
        in_folder(files(), f"{SLUG}/{SLUG}"),
        in_folder(files(), f"./{SLUG}"),
        {path.replace("/", "\\"): content for path, content in in_folder(files()).items()},
    ],
    ids=["a folder", "with what systems leave", "in another folder", "in itself", "with a dot", "from Windows"],
)
def test_a_zip_can_be_made_by_any_system(found: Mapping[str, bytes]) -> None:
    assert load_zip(zipped(found)) == package(SLUG, files())


@pytest.mark.parametrize(
    ("found", "said", "fix"),
    [
        ({}, "holds no problem.md", "my-problem/problem.md"),
        ({"a/readme.txt": b""}, "holds no problem.md", "my-problem/problem.md"),
        ({"a/package.zip": b"PK"}, "holds another archive, a/package.zip", "unpack that one"),
        (files(), "the problem's name is not known", "my-problem/problem.md"),
        (in_folder(files(), "one") | in_folder(files(), "two"), "holds 2 packages: one, two", "one folder at a time"),
        (in_folder(files()) | {"notes.txt": b""}, f"notes.txt: stands beside the folder {SLUG}/", "leave it out"),
        (in_folder(files()) | {"other/a.md": b""}, "other/a.md: stands beside", "leave it out"),
        (
            in_folder(files()) | {f"{SLUG}/Problem.md": b""},
            f"{SLUG}/Problem.md: differs from {SLUG}/problem.md",
            "rename it",
        ),
        (in_folder(files()) | {"../x.md": b""}, "../x.md: is an odd path", "pack the folder"),
        (in_folder(files()) | {"/etc/x": b""}, "/etc/x: is an odd path", "pack the folder"),
        (in_folder(files()) | {"C:\\x\\y.md": b""}, "C:/x/y.md: is an odd path", "pack the folder"),
        (in_folder(files(), "Two Sum"), "'Two Sum' is no name", "lower-case"),
        (in_folder(files()) | {f"{SLUG}/data/größe.yaml": b""}, "data/größe.yaml: is an odd path", "letters"),
    ],
)
def test_what_is_wrong_with_a_zip_is_said_in_a_sentence(found: Mapping[str, bytes], said: str, fix: str) -> None:
    with pytest.raises(PackageError) as refused:
        read_zip(zipped(found), "sent.zip")
    assert any(said in str(flaw) and fix in str(flaw) for flaw in refused.value.flaws), refused.value.flaws
    assert "upload.zip" not in str(refused.value)


def test_a_damaged_file_is_named() -> None:
    data = bytearray(zipped(in_folder(files())))
    start = data.index(f"{SLUG}/data/secret.yaml".encode()) + len(f"{SLUG}/data/secret.yaml")
    data[start + 10 : start + 40] = b"\xff" * 30
    with pytest.raises(PackageError, match=r"data/secret\.yaml: is damaged in the archive"):
        load_zip(bytes(data))


def test_a_file_that_is_packed_in_an_unknown_way_is_named() -> None:
    data = bytearray(zipped({f"{SLUG}/problem.md": b"text"}))
    central = data.index(b"PK\x01\x02")
    data[8:10] = data[central + 10 : central + 12] = (99).to_bytes(2, "little")
    with pytest.raises(PackageError, match=r"problem\.md: is packed by a method that is not known"):
        load_zip(bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_is_more_than_a_refusal(data: st.DataObject) -> None:
    found = bytearray(ARCHIVE)
    for _ in range(data.draw(st.integers(1, 6))):
        found[data.draw(st.integers(0, len(found) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(PackageError):
        load_zip(bytes(found))


ARCHIVE = zipped(in_folder({"problem.md": b"text " * 40, "data/secret.yaml": b"- name: x\n" * 20}))


def test_a_file_that_stands_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("problem.md", "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("problem.md", "two")
    with pytest.raises(PackageError, match="in the archive twice"):
        load_zip(out.getvalue(), SLUG)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"no zip at all", zipped({"a": b"x" * 999})[:-30]],
    ids=["nothing", "two letters", "text", "the end is missing"],
)
def test_what_is_no_zip_is_refused_with_a_fix(data: bytes) -> None:
    with pytest.raises(PackageError, match=r"cannot be read as a zip file.*plain zip"):
        load_zip(data, SLUG)


def test_an_encrypted_zip_is_refused() -> None:
    data = bytearray(zipped({"problem.md": b"text"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(PackageError, match="encrypted"):
        load_zip(bytes(data), SLUG)


@pytest.mark.parametrize("name", ["", "Big Name", "../x"])
def test_a_zip_needs_a_name(name: str) -> None:
    with pytest.raises(PackageError):
        load_zip(zipped({f"{name or '.'}/problem.md": b""}))
