"""Gets the files of a package from its folder, and bounds them before anything is read."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from trainer.bank.flaws import Flaws

TOTAL_BYTES = 20 * 1024 * 1024
MOST_FILES = 500
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_LEFT_BEHIND = ("__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini")


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
    found = take_folder(folder, flaws)
    flaws.stop()
    return found


def take_folder(folder: Path, flaws: Flaws) -> Package:
    """The package of a folder without the files that have flaws."""
    check_slug(folder.name, flaws)
    files: dict[str, bytes] = {}
    room = TOTAL_BYTES
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file():
            flaws.add(name, "", "is a link or no plain file", "put the file itself there")
        elif check_path(name, flaws):
            room = take_room(name, path.stat().st_size, room, len(files), flaws)
            files[name] = path.read_bytes()
    return package(folder.name, files)


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
        folders[:] = sorted(name for name in folders if not is_left_behind(name) and name not in links)
        yield from (Path(top, name) for name in sorted(names + links) if not is_left_behind(name))


def is_left_behind(path: str) -> bool:
    """Did an editor, an interpreter or an archiver leave this?"""
    return any(part in _LEFT_BEHIND or part.startswith(".") for part in PurePosixPath(path).parts if part != "..")


def take_room(name: str, size: int, room: int, count: int, flaws: Flaws) -> int:
    """Room left after a file of this size. Raises PackageError where the package grows too large."""
    if size > room:
        flaws.add(name, "", "makes the package larger than 20 MiB", "let data/generate.py make large cases")
        flaws.stop()
    if count >= MOST_FILES:
        flaws.add(name, "", f"is one file too many; a package has at most {MOST_FILES}", "keep what the format names")
        flaws.stop()
    return room - size
