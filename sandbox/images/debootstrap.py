"""Debian's root file system, as small as the official slim image, made from packages of the mirror that apt uses."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sandbox import apt
from sandbox.steps import Steps

NO_DOCUMENTS = "".join(
    f"path-exclude /usr/share/{folder}/*\n" for folder in ("doc", "info", "lintian", "linda", "locale", "man")
)
EMPTIED = ("dev", "proc", "sys", "run", "tmp", "var/cache/apt", "var/cache/debconf", "var/lib/apt/lists", "var/log")
EMPTIED_DOCUMENTS = tuple(f"usr/share/{folder}" for folder in ("doc", "info", "lintian", "linda", "locale", "man"))
HASTE = {"DPKG_FORCE": "unsafe-io"}
"""What is thrown away after a crash need not be written through to the disk."""
CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")


@contextmanager
def make_root(suite: str, steps: Steps) -> Iterator[IO[bytes]]:
    """A tar of a minimal Debian of this suite. Half a minute. Raises StepFailed, SetupImpossible."""
    apt.install(steps, "debootstrap", "debian-archive-keyring")
    if not apt.debian_mirrors() and apt.is_debian():
        apt.update(steps)
    mirrors = apt.debian_mirrors()
    with tempfile.TemporaryDirectory(prefix="trainer-debootstrap-") as scratch:
        root = Path(scratch, "root")
        command = ["debootstrap", "--variant=minbase", suite, str(root), *filter(None, [mirrors.get("")])]
        steps.run(f"Making Debian {suite} with debootstrap", command, {**apt.environment(), **apt.proxies(), **HASTE})
        slim(root)
        configure_apt(root, suite, mirrors)
        with tarred(root) as tar:
            yield tar


def slim(root: Path) -> None:
    """Leave out what the official slim image leaves out."""
    (root / "etc/dpkg/dpkg.cfg.d/slim").write_text(f"force-unsafe-io\n{NO_DOCUMENTS}")
    for folder in (*EMPTIED, *EMPTIED_DOCUMENTS):
        for path in (root / folder).iterdir() if (root / folder).is_dir() else ():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def configure_apt(root: Path, suite: str, mirrors: dict[str, str]) -> None:
    """Let builds on this base reach the mirror that this machine reaches."""
    (root / "etc/apt/apt.conf.d/90host").write_text(apt.acquire_options())
    if not mirrors:
        return
    lines = [f"deb {uri} {'-'.join(filter(None, (suite, part)))} main\n" for part, uri in mirrors.items()]
    (root / "etc/apt/sources.list").write_text("".join(lines))
    if any(uri.startswith("https:") for uri in mirrors.values()) and not (root / CERTIFICATES).exists():
        (root / CERTIFICATES).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path("/", CERTIFICATES), root / CERTIFICATES)


@contextmanager
def tarred(root: Path) -> Iterator[IO[bytes]]:
    """The tree as a stream of tar, made while it is read."""
    command = ["tar", "--create", "--numeric-owner", "--directory", str(root), "."]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as tar:
        assert tar.stdout is not None
        yield tar.stdout
