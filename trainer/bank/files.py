"""Gets the files of a package, from a folder or an uploaded zip, and bounds them before anything is read."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from trainer.bank.flaws import Flaws
from trainer.errors import PackageError

TOTAL_BYTES = 20 * 1024 * 1024
MOST_FILES = 500
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_LEFT_BEHIND = ("__pycache__", "__MACOSX")  # what editors, interpreters and archivers leave beside the files
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """The files of one package. `digest` is their content's address: the same files, the same digest."""

    slug: str
    files: Mapping[str, bytes]
    digest: str


def package(slug: str, files: Mapping[str, bytes]) -> Package:
    return Package(slug, MappingProxyType(dict(sorted(files.items()))), digest_of(files))


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over paths and contents, in order of the paths. Lengths stand between, so that nothing can slide."""
    total = hashlib.sha256()
    for path, content in sorted(files.items()):
        total.update(f"{len(path.encode())} {len(content)} {path}\n".encode())
        total.update(content)
    return total.hexdigest()


def load_folder(folder: Path) -> Package:
    """Read a package's folder; its name is the slug.

    Raises PackageError for links, odd names and too much of anything, naming each file.
    """
    flaws = Flaws(folder.name)
    check_slug(folder.name, flaws)
    files: dict[str, bytes] = {}
    room = TOTAL_BYTES
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file():
            flaws.add(name, "", "is a link or no plain file", "put the file itself there")
        elif check_path(name, flaws):
            room = _take(name, path.stat().st_size, room, len(files), flaws)
            files[name] = path.read_bytes()
    flaws.stop()
    return package(folder.name, files)


def load_zip(data: bytes, slug: str = "") -> Package:
    """Read a package from a zip, at its top or in one folder there; that folder's name is the slug if none is given.

    Nothing is unpacked to disk and no size in the archive is believed. Raises PackageError.
    """
    flaws = Flaws(slug or "upload")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _unzip(archive, flaws)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        flaws.add("upload.zip", "", f"cannot be read as a zip file: {error}", "pack the folder again as a plain zip")
        raise PackageError(flaws.slug, flaws.found) from error
    folder, files = _without_folder(files)
    found = slug or folder
    flaws.slug = found or flaws.slug
    check_slug(found, flaws)
    for name in files:
        check_path(name, flaws)
    flaws.stop()
    return package(found, files)


def to_zip(found: Package) -> bytes:
    """The package as a zip with one folder; the same package always gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(found.files.items()):
            archive.writestr(zipfile.ZipInfo(f"{found.slug}/{path}", _DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def check_slug(slug: str, flaws: Flaws) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        flaws.add(
            "", "slug", f"{slug!r} is no name for a package", "at most 80 lower-case letters, digits, single hyphens"
        )


def check_path(name: str, flaws: Flaws) -> bool:
    """Is this a path inside the package, plain on every system? Adds a flaw if not."""
    parts = name.split("/")
    if len(name) <= 200 and len(parts) <= 6 and all(_PART.fullmatch(part) and ".." not in part for part in parts):
        return True
    flaws.add(name[:200], "", "is an odd path", "letters, digits, '_', '-', '.' only, below the package's folder")
    return False


def _walk(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        links = [name for name in folders if Path(top, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not _ignored(name) and name not in links)
        yield from (Path(top, name) for name in sorted(names + links) if not _ignored(name))


def _ignored(path: str) -> bool:
    return any(part in _LEFT_BEHIND or part.startswith(".") for part in PurePosixPath(path).parts if part != "..")


def _take(name: str, size: int, room: int, count: int, flaws: Flaws) -> int:
    """Room left after a file of this size. Raises PackageError where the package grows too large."""
    if size > room:
        flaws.add(name, "", "makes the package larger than 20 MiB", "let data/generate.py make large cases")
        flaws.stop()
    if count >= MOST_FILES:
        flaws.add(name, "", f"is one file too many; a package has at most {MOST_FILES}", "keep what the format names")
        flaws.stop()
    return room - size


def _unzip(archive: zipfile.ZipFile, flaws: Flaws) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = TOTAL_BYTES
    for entry in archive.infolist():
        if entry.is_dir() or _ignored(entry.filename):
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            flaws.add(entry.filename, "", "is a link", "put the file itself there")
        elif entry.filename in files:
            flaws.add(entry.filename, "", "is in the archive twice", "keep one")
        else:
            with archive.open(entry) as stream:
                content = stream.read(room + 1)
            room = _take(entry.filename, len(content), room, len(files), flaws)
            files[entry.filename] = content
    return files


def _without_folder(files: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """The name of the one folder that holds everything, or "", and the files without it."""
    tops = {name.split("/", 1)[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        return "", dict(files)
    return tops.pop(), {name.split("/", 1)[1]: content for name, content in files.items()}
