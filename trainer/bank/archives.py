"""Gets the files of a package out of an uploaded zip. Nothing is unpacked to disk, no size in it is believed."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from trainer.bank.files import TOTAL_BYTES, Package, check_path, check_slug, is_left_behind, package, take_room
from trainer.bank.flaws import Flaws

ARCHIVE = "the archive"
STATEMENT = "problem.md"
_DATE = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    ValueError,
    RuntimeError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
)


def load_zip(data: bytes, slug: str = "") -> Package:
    """Read a package from a zip, at its top or in one folder there; that folder's name is the slug if none is given.

    Raises PackageError.
    """
    flaws = Flaws(slug or "upload")
    found = take_zip(data, slug, ARCHIVE, flaws)
    flaws.stop()
    return found


def to_zip(found: Package) -> bytes:
    """The package as a zip with one folder; the same package always gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(found.files.items()):
            archive.writestr(zipfile.ZipInfo(f"{found.slug}/{path}", _DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def take_zip(data: bytes, slug: str, name: str, flaws: Flaws) -> Package:
    """The package in a zip that is called `name`, without the files that have flaws.

    Raises PackageError where there is no package in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _unzip(archive, flaws)
    except _UNREADABLE as error:
        flaws.add(name, "", f"cannot be read as a zip file: {error}", "pack the folder again as a plain zip")
        flaws.stop()
    folder, files = _without_folder(found, name, flaws)
    flaws.slug = slug or folder
    if flaws.slug:
        check_slug(flaws.slug, flaws)
    else:
        said = f"has {STATEMENT} at its top, so the problem's name is not known"
        flaws.add(name, "", said, f"pack the folder itself, not what is in it: my-problem/{STATEMENT}")
    return package(flaws.slug, {path: content for path, content in files.items() if check_path(path, flaws)})


def _unzip(archive: zipfile.ZipFile, flaws: Flaws) -> dict[str, bytes]:
    """The contents by their paths, in which Windows' backslashes are slashes."""
    files: dict[str, bytes] = {}
    lower: dict[str, str] = {}
    room = TOTAL_BYTES
    for entry in archive.infolist():
        path = entry.filename.replace("\\", "/").removeprefix("./")
        if path.endswith("/") or is_left_behind(path) or not _is_plain(entry, path, flaws):
            continue
        twin = lower.setdefault(path.lower(), path)
        if path in files:
            flaws.add(path, "", "is in the archive twice", "keep one")
        elif twin != path:
            flaws.add(path, "", f"differs from {twin} in capitals only", "many systems keep one of them: rename it")
        else:
            content = _content(archive, entry, path, room, flaws)
            room = take_room(path, len(content), room, len(files), flaws)
            files[path] = content
    return files


def _is_plain(entry: zipfile.ZipInfo, path: str, flaws: Flaws) -> bool:
    if path.startswith("/") or ":" in path or ".." in path.split("/"):
        flaws.add(path[:200], "", "is an odd path: it leads out of the archive", "pack the folder from beside it")
        return False
    if stat.S_ISLNK(entry.external_attr >> 16):
        flaws.add(path, "", "is a link", "put the file itself there")
        return False
    if entry.flag_bits & _ENCRYPTED:
        flaws.add(path, "", "is encrypted", "pack the folder without a password")
        return False
    return True


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, room: int, flaws: Flaws) -> bytes:
    try:
        with archive.open(entry) as stream:
            return stream.read(room + 1)
    except NotImplementedError:
        flaws.add(path, "", "is packed by a method that is not known here", "pack the folder again as a plain zip")
    except _UNREADABLE:
        flaws.add(path, "", "is damaged in the archive", "pack the folder again")
    return b""


def _without_folder(files: Mapping[str, bytes], name: str, flaws: Flaws) -> tuple[str, dict[str, bytes]]:
    """The name of the folder that holds the package, or "", and its files. Whatever lies beside it is a flaw."""
    homes = {PurePosixPath(path).parent for path in files if PurePosixPath(path).name == STATEMENT}
    if not homes:
        _refuse_without_statement(files, name, flaws)
    top = min(homes, key=lambda home: len(home.parts))
    rivals = sorted(str(home) for home in homes if len(home.parts) == len(top.parts))
    if len(rivals) > 1:
        flaws.add(name, "", f"holds {len(rivals)} packages: {', '.join(rivals[:5])}", "send one folder at a time")
        flaws.stop()
    start = f"{top}/" if top.parts else ""
    for path in files:
        if not path.startswith(start):
            flaws.add(path, "", f"stands beside the folder {start}", "put it into the folder, or leave it out")
    return top.name, {path.removeprefix(start): files[path] for path in files if path.startswith(start)}


def _refuse_without_statement(files: Mapping[str, bytes], name: str, flaws: Flaws) -> None:
    """Raises PackageError."""
    inner = next((path for path in files if path.lower().endswith(".zip")), "")
    if inner:
        flaws.add(name, "", f"holds another archive, {inner}", "unpack that one and send its folder")
    elif not flaws.found:
        fix = f"pack the package's folder: my-problem/{STATEMENT} and the files beside it"
        flaws.add(name, "", f"holds no {STATEMENT}", fix)
    flaws.stop()
