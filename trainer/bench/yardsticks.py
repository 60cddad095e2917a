"""What the sandbox is held against: bare Python a case, and a cold hardened container a submission."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PYTHON = next(
    (path for path in ("/usr/bin/python3", "/usr/local/bin/python3") if os.access(path, os.X_OK)), sys.executable
)
"""The system's own interpreter, as in the box: neither a virtual environment nor a version manager comes before it."""
SOURCE = "def double(number):\n    return 2 * number\n"
_CALL = "\nimport sys\nprint(double(int(sys.argv[1])))\n"

HARDENED = (
    "--rm", "--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--pids-limit=64",
    "--memory=256m", "--memory-swap=256m", "--cpus=1", "--user=65534:65534", "--tmpfs=/tmp:size=16m,noexec",
    "--log-driver=none", "--ipc=private",
)  # fmt: skip


@contextmanager
def program() -> Iterator[Path]:
    """The trivial function as a program that answers one case."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "double.py")
        path.write_text(SOURCE + _CALL)
        yield path


def bare(path: Path, cases: int, *options: str) -> None:
    """One bare python3 for each case, no isolation at all."""
    for number in range(cases):
        seen = subprocess.run([PYTHON, *options, path, str(number)], capture_output=True, check=True)
        assert int(seen.stdout) == 2 * number


def cold_container(image: str, cases: int) -> None:
    """One `docker run` for the whole submission, a python3 for each case in it."""
    script = (
        f"import subprocess, sys\nfor n in range({cases}):\n"
        "    subprocess.run([sys.executable, '-I', '-S', '-c', sys.argv[1], str(n)], check=True, stdout=-3)"
    )
    command = ["docker", "run", *HARDENED, "--entrypoint=python3", image, "-I", "-c", script, SOURCE + _CALL]
    subprocess.run(command, capture_output=True, check=True)
