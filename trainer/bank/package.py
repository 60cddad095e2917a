"""Reads a package: files in, one frozen `Problem` out, or every flaw at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from trainer.bank.archives import take_zip
from trainer.bank.files import MOST_FILES, TOTAL_BYTES, Package, check_path, check_slug, load_folder, take_folder
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.formats import FORMATS, Format
from trainer.bank.formats.base import Content
from trainer.bank.front_matter import FILE, Front, read_front_matter
from trainer.bank.places import with_line
from trainer.bank.problem import Problem
from trainer.bank.texts import check_texts, read_hints

_EXAMPLE = "add it; problems/README.md has an example"
_CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f]")
_LARGEST = {".md": 32 * 1024, ".py": 64 * 1024, ".sql": 256 * 1024, ".yaml": 2 * 1024 * 1024}


def read_package(
    files: Mapping[str, bytes], slug: str, *, topics: Collection[str] | None = None, published: bool = False
) -> Problem:
    """The problem that these files describe. `topics` are the known ones; None does not check them.

    `published`: a version that was taken in before, perhaps when less was asked of packages. What can be read of it
    is read.

    Raises PackageError with all flaws.
    """
    flaws = Flaws(slug, published=published)
    check_slug(slug, flaws)
    return _read(files, flaws, topics)


def read_folder(folder: Path, *, topics: Collection[str] | None = None) -> tuple[Package, Problem]:
    """A package's folder, read. Raises PackageError with all flaws, those of files and paths among them."""
    flaws = Flaws(folder.name)
    found = take_folder(folder, flaws)
    return found, _read(found.files, flaws, topics)


def read_zip(data: bytes, name: str, *, topics: Collection[str] | None = None) -> tuple[Package, Problem]:
    """A package's zip, read. Raises PackageError with all flaws, those of the archive, called `name`, among them."""
    flaws = Flaws("")
    found = take_zip(data, "", name, flaws)
    return found, _read(found.files, flaws, topics)


def _read(files: Mapping[str, bytes], flaws: Flaws, topics: Collection[str] | None) -> Problem:
    """Raises PackageError with the flaws that were there before and those that are found here."""
    texts = _texts(files, flaws)
    models = {name: known.Matter for name, known in FORMATS.items()}
    front = read_front_matter(texts[FILE], models, topics, flaws) if FILE in texts else Front("")
    if FILE not in files:
        flaws.add(FILE, "", "is missing", _EXAMPLE)
    content = _content(front, texts, flaws)
    hints = read_hints(texts.get("hints.md", ""), flaws)
    check_texts(texts, flaws)
    flaws.found[:] = [with_line(flaw, texts) for flaw in flaws.found]
    flaws.stop()
    matter = front.matter
    if matter is None or content is None:
        raise AssertionError("a package without flaws has front matter and content")
    return Problem(
        slug=flaws.slug,
        title=matter.title,
        kind=matter.kind,
        difficulty=matter.difficulty,
        topics=tuple(matter.topics),
        reveal=matter.reveal,
        minutes=matter.minutes,
        prerequisites=tuple(matter.prerequisites),
        warm_up=matter.warm_up,
        statement=front.statement,
        hints=hints,
        solution=texts.get("solution.md", content.solution),
        submissions=content.submissions,
        signature=content.signature,
        in_place=content.in_place,
        limits=content.limits,
        compare=content.compare,
        complexity=content.complexity,
        starters=MappingProxyType(dict(content.starters)),
        samples=content.samples,
        secrets=content.secrets,
        generator=content.generator,
        schema=content.schema,
        questions=content.questions,
        service=content.service,
        known_as=matter.known_as,
    )


def list_bank(root: Path) -> tuple[str, ...]:
    """Slugs of the packages in the bank's folder: each folder with a problem.md."""
    return tuple(sorted(path.parent.name for path in root.glob("*/problem.md")))


def load_bank(root: Path) -> tuple[Package, ...]:
    """All packages of the bank's folder. Raises PackageError at the first whose files are odd."""
    return tuple(load_folder(root / slug) for slug in list_bank(root))


def _content(front: Front, texts: Mapping[str, str], flaws: Flaws) -> Content | None:
    """What the kind's own files say. Behind a wrong front matter they are only looked through for their own flaws."""
    format = FORMATS.get(front.kind)
    if format is None:
        return None
    _check_files(texts, format, flaws)
    if front.matter:
        return format.read(front.matter, texts, flaws)
    if front.draft:
        beside = Flaws(flaws.slug, published=flaws.published)
        format.read(front.draft, texts, beside)
        flaws.found += [flaw for flaw in beside.found if flaw.file != FILE]
    return None


def _texts(files: Mapping[str, bytes], flaws: Flaws) -> dict[str, str]:
    """The files as text; those that cannot be bounded or decoded become flaws."""
    if len(files) > MOST_FILES or sum(map(len, files.values())) > TOTAL_BYTES:
        flaws.add("", "", "is too large", f"at most {MOST_FILES} files and 20 MiB")
        flaws.stop()
    return {path: _text(path, content, flaws) for path, content in sorted(files.items()) if check_path(path, flaws)}


def _check_files(files: Collection[str], format: Format, flaws: Flaws) -> None:
    """All that the format wants are there, and nothing that it does not know."""
    required = (*format.TEXTS, *format.REQUIRED)
    known = (*required, *format.OPTIONAL)
    for path in sorted(files):
        if path not in known and not any(re.fullmatch(place, path) for place in format.PLACES):
            folders = sorted({f"{place.split('/')[0]}/" for place in format.PLACES})
            flaws.add(path, "", "is no file of a package", did_you_mean(path, [*known, *folders]))
    for path in required:
        if path not in files and path != FILE:
            flaws.add(path, "", "is missing", _EXAMPLE)


def _text(path: str, content: bytes, flaws: Flaws) -> str:
    most = next((size for end, size in _LARGEST.items() if path.endswith(end)), 64 * 1024)
    if len(content) > most:
        flaws.add(path, "", f"is larger than {most // 1024} KiB", "let data/generate.py make large cases")
        return ""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        flaws.add(path, f"byte {error.start}", "is not UTF-8", "save the file as UTF-8")
        return ""
    if "\0" in text:
        flaws.add(path, f"character {text.index(chr(0))}", "is a NUL", "remove it")
        return ""
    if path.endswith(".md") and (odd := _CONTROL.search(text)):
        line = text.count("\n", 0, odd.start()) + 1
        flaws.doubt(path, f"line {line}", f"holds the control character U+{ord(odd[0]):04X}", "remove it")
    return text
