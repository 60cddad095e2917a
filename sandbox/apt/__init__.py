"""What this machine's apt knows: where it gets Debian from, through which proxy, and how to install a package.

Nothing of it is written into a file of the repository; it is asked for when it is needed.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from contextlib import nullcontext
from pathlib import Path

from sandbox.apt.services import none_started
from sandbox.errors import SandboxError
from sandbox.steps import StepFailed, Steps

NO_QUESTIONS = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "a", "NEEDRESTART_SUSPEND": "1"}
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
UPDATE = ["apt-get", "update", "-o", "DPkg::Lock::Timeout=300"]


class SetupImpossible(SandboxError):
    """This machine lacks something that only its owner can install. The message says what."""


def environment() -> dict[str, str]:
    """Ours, with the folders of administrators' programs, and apt asking nothing."""
    path = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/local/sbin{os.pathsep}/usr/sbin{os.pathsep}/sbin"
    return {**os.environ, "PATH": path, **NO_QUESTIONS}


def can_install() -> bool:
    """Whether this is a Debian or one of its children, and we are its root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def is_debian() -> bool:
    """Whether this is Debian itself, so that its mirrors are Debian's."""
    return platform.freedesktop_os_release().get("ID") == "debian"


def install(steps: Steps, *packages: str, with_services: bool = True) -> None:
    """Install packages of Debian that are not there, updating apt's lists where needed.

    Servers among them begin to serve as Debian wants it, or, without services, not now: whoever needs one starts it.
    Raises StepFailed, SetupImpossible where we may not.
    """
    missing = [package for package in packages if not is_installed(package)]
    if not missing:
        return
    if not can_install():
        raise SetupImpossible(f"needs {', '.join(missing)}: as root, `apt-get install {' '.join(missing)}`")
    ours = environment()
    if not all(is_known(package) for package in missing):
        update(steps)
    quiet = nullcontext() if with_services else none_started()
    with quiet, steps.step(f"Installing {', '.join(missing)}") as log:
        try:
            steps.call([*INSTALL, *missing], log, ours)
        except StepFailed:  # lists of another day name versions that are gone
            steps.call(UPDATE, log, ours)
            steps.call([*INSTALL, *missing], log, ours)


def update(steps: Steps) -> None:
    """Fetch apt's lists. Raises StepFailed."""
    steps.run("Updating apt's lists", UPDATE, environment())


def is_installed(package: str) -> bool:
    return "install ok installed" in _said("dpkg-query", "-W", "-f=${Status}", package)


def is_known(package: str) -> bool:
    candidate = re.search(r"Candidate: (\S+)", _said("apt-cache", "policy", package))
    return candidate is not None and candidate[1] != "(none)"


def debian_mirrors() -> dict[str, str]:
    """Where apt gets Debian from: addresses by part of the archive, "" (the release itself), "updates", "security".

    Empty on other distributions, and where apt's lists were never fetched.
    """
    said = _said("apt-get", "indextargets", "--format", "$(ORIGIN)|$(COMPONENT)|$(RELEASE)|$(REPO_URI)", *_PACKAGES)
    mirrors: dict[str, str] = {}
    for line in said.splitlines():
        origin, component, release, uri = line.split("|")
        address = follow_mirror_list(uri)
        if (origin, component) == ("Debian", "main") and address.startswith(("http://", "https://")):
            mirrors.setdefault(release.partition("-")[2], address)
    return mirrors


def acquire_options() -> str:
    """apt's own settings on checking dates, as a configuration file: a mirror may be a snapshot, a clock may be off."""
    said = _said("apt-config", "dump")
    return "".join(f"{line}\n" for line in said.splitlines() if line.startswith("Acquire::Check-"))


def follow_mirror_list(uri: str) -> str:
    """The first mirror of a `mirror+file:` list, as images of cloud providers have it; others stay as they are."""
    if not uri.startswith("mirror+file:"):
        return uri
    for line in Path(uri.removeprefix("mirror+file:").rstrip("/")).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            return line.split()[0]
    return uri


def proxies() -> dict[str, str]:
    """Proxies for what runs in a build: the environment's, else apt's own. Every engine knows these arguments."""
    found = {name: os.environ[name] for name in _PROXY_NAMES if os.environ.get(name)}
    for scheme in ("http", "https"):
        configured = _said("apt-config", "shell", "P", f"Acquire::{scheme}::Proxy").strip()
        if configured and f"{scheme}_proxy" not in found:
            found[f"{scheme}_proxy"] = configured.removeprefix("P=").strip("'")
    return found


_PACKAGES = ("Created-By: Packages",)
_PROXY_NAMES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def _said(*command: str) -> str:
    """What a command printed; nothing where it failed or does not exist."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return ""
