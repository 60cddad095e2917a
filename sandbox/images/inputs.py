"""What an image is made from, and the name that follows from it: change an input and the name changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandbox.errors import SandboxError
from sandbox.languages import places

SANDBOX = Path(__file__).resolve().parent.parent
SHARED = {"shared": SANDBOX / "harness", "executables": SANDBOX / "executables"}
"""Folders that images share, by what they are called in a build. An image has those that its Dockerfile copies."""
PREFIX = "trainer-box-"
IGNORED_FOLDERS = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache"})
NOT_INSIDE = "language.py"
"""What a language is to the rest of the program; no box reads it."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A folder with a Dockerfile, read as what an image is built from. Shared folders lie beside it in the build."""

    image: str
    folder: Path

    @property
    def repository(self) -> str:
        return f"{PREFIX}{self.image}"

    @property
    def requirements(self) -> Path:
        """Python packages that the image takes as wheels; most have none."""
        return self.folder / "requirements.lock"

    def files(self) -> Iterator[tuple[Path, Path]]:
        """Every input in a fixed order: its place in the build, and where it lies now."""
        yield from _files(self.folder, Path())
        instructions = (self.folder / "Dockerfile").read_text()
        for name, folder in SHARED.items():
            if f"COPY {name}/" in instructions:
                yield from _files(folder, Path(name))

    def name(self) -> str:
        """`trainer-box-<image>:<hash of all inputs>`."""
        digest = hashlib.sha256()
        for inner, path in self.files():
            content = path.read_bytes()
            digest.update(f"{inner.as_posix()}\0{len(content)}\0".encode() + content)
        return f"{self.repository}:{digest.hexdigest()[:16]}"


def _files(folder: Path, place: Path) -> Iterator[tuple[Path, Path]]:
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        inside = path.suffix != ".md" and path.name != NOT_INSIDE
        if path.is_file() and inside and IGNORED_FOLDERS.isdisjoint(inner.parts):
            yield place / inner, path


def folders() -> tuple[Path, ...]:
    """Where the folders of images lie: those of languages, and of images that are none."""
    return (*places(), SANDBOX / "images")


@cache
def recipe(image: str) -> Recipe:
    """Raises SandboxError where no folder of this name has a Dockerfile."""
    for folder in folders():
        if (folder / image / "Dockerfile").is_file():
            return Recipe(image, folder / image)
    raise SandboxError(
        f"no image {image!r}: there is no folder with a Dockerfile for it (known: {', '.join(images())})"
    )


def images() -> tuple[str, ...]:
    """Names of all images: languages, and those that are none."""
    return tuple(sorted(path.parent.name for folder in folders() for path in folder.glob("*/Dockerfile")))


def first_images() -> tuple[str, ...]:
    """Those that every installation needs: Python's, and those that are no language."""
    return tuple(image for image in images() if image == "python" or (SANDBOX / "images" / image).is_dir())


@cache
def image_name(image: str) -> str:
    """The full name of the image that boxes start from. Read once a process: a running app keeps its image."""
    return recipe(image).name()
