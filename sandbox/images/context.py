"""The build context: a recipe's files and, where it has requirements, their wheels, fetched on the host.

Inside a build there may be neither a package index nor the host's certificates, so nothing is fetched there:
`PYTHONPATH=$(echo /wheels/pip-*.whl) python3 -m pip install --no-index --find-links /wheels --require-hashes -r …`
needs neither, and no pip in the image.
"""

from __future__ import annotations

import platform
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sandbox.images.inputs import Recipe
from sandbox.steps import Steps

PYTHON_IN_IMAGES = "3.11"
GLIBC_MINORS = (36, 34, 31, 28, 17)
"""Debian 12 has glibc 2.36; wheels are tagged with the oldest that they run on."""


@contextmanager
def build_context(recipe: Recipe, steps: Steps) -> Iterator[IO[bytes]]:
    """A tar of the inputs, wheels under `wheels/`. Raises StepFailed where wheels cannot be fetched."""
    with tempfile.TemporaryDirectory(prefix="trainer-build-") as scratch, tempfile.TemporaryFile() as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            for inner, path in recipe.files():
                tar.add(path, inner.as_posix(), filter=_anonymous)
            if recipe.requirements.is_file():
                wheels = fetch_wheels(recipe, Path(scratch), steps)
                tar.add(wheels, "wheels", filter=_anonymous)
        file.seek(0)
        yield file


def fetch_wheels(recipe: Recipe, into: Path, steps: Steps) -> Path:
    """Download what requirements.lock names, for the image's Python and not for ours. Raises StepFailed."""
    machine = platform.machine()
    platforms = [f"--platform=manylinux_2_{minor}_{machine}" for minor in GLIBC_MINORS]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--only-binary=:all:"]
    command += ["--no-deps", "--implementation=cp", f"--python-version={PYTHON_IN_IMAGES}", *platforms]
    command += ["--requirement", str(recipe.requirements), "--dest", str(into)]
    steps.run(f"Fetching wheels for {recipe.image}", command)
    return into


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Same content, same tar: whose file it was and when it was written does not matter to a build."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member
