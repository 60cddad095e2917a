"""What an image is made from, and the name that follows from it: change an input and the name changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandbox.errors import SandboxError

LANGUAGES = Path(__file__).resolve().parent.parent / "languages"
PREFIX = "trainer-box-"
IGNORED_FOLDERS = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache"})


@dataclass(frozen=True, slots=True)
class Recipe:
    """A language's folder with its Dockerfile, read as what an image is built from."""

    language: str
    folder: Path

    @property
    def repository(self) -> str:
        return f"{PREFIX}{self.language}"

    @property
    def requirements(self) -> Path:
        """Python packages that the image takes as wheels; most have none."""
        return self.folder / "requirements.lock"

    def files(self) -> Iterator[Path]:
        """Every input, in a fixed order, relative to the folder."""
        for path in sorted(self.folder.rglob("*")):
            inner = path.relative_to(self.folder)
            if path.is_file() and path.suffix != ".md" and IGNORED_FOLDERS.isdisjoint(inner.parts):
                yield inner

    def name(self) -> str:
        """`trainer-box-<language>:<hash of all inputs>`."""
        digest = hashlib.sha256()
        for inner in self.files():
            content = (self.folder / inner).read_bytes()
            digest.update(f"{inner.as_posix()}\0{len(content)}\0".encode() + content)
        return f"{self.repository}:{digest.hexdigest()[:16]}"


@cache
def recipe(language: str) -> Recipe:
    """Raises SandboxError for a language that has no folder with a Dockerfile."""
    folder = LANGUAGES / language
    if not (folder / "Dockerfile").is_file():
        known = ", ".join(languages()) or "none"
        raise SandboxError(f"no language {language!r}: {folder}/Dockerfile is missing (known: {known})")
    return Recipe(language, folder)


def languages() -> tuple[str, ...]:
    """Names of all languages that have an image."""
    return tuple(sorted(path.parent.name for path in LANGUAGES.glob("*/Dockerfile")))


@cache
def image_name(language: str) -> str:
    """The image that boxes of a language start from. Read once a process: a running app keeps its image."""
    return recipe(language).name()
