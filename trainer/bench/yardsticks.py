"""What the sandbox is held against: the same commands run bare, and a cold hardened container a submission."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


QUERIES = """
cp -a /srv/cluster /tmp/data && mkdir /tmp/postgresql
/usr/lib/postgresql/15/bin/postgres -D /tmp/data >/dev/null 2>&1 &
export PGOPTIONS="-c client_min_messages=warning"
ask() { psql --quiet --no-psqlrc --host /tmp/postgresql --username admin --dbname blank --set ON_ERROR_STOP=1; }
tries=0
until echo "SELECT 1" | ask >/dev/null 2>/tmp/why; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || { cat /tmp/why; exit 1; }
    sleep 0.05
done
echo ready
while read -r _; do
    before=$(date +%s%N)
    for set in $SETS; do printenv "$set" | ask >/dev/null || { echo failed; exit 1; }; done
    echo $((($(date +%s%N) - before) / 1000))
done
"""


@contextmanager
def bare_queries(image: str, schema: str, fills: tuple[str, ...], query: str) -> Iterator[Callable[[], float]]:
    """PostgreSQL in one container that stays: what is yielded has psql fill and ask each data set, in milliseconds."""
    fresh = "DROP SCHEMA IF EXISTS data CASCADE; CREATE SCHEMA data; SET search_path = data;"
    scripts = {f"SET_{n}": f"{fresh} {schema} {fill} {query}" for n, fill in enumerate(fills)}
    variables = [f"--env={name}={text}" for name, text in {**scripts, "SETS": " ".join(scripts)}.items()]
    options = ["--rm", "-i", "--network=none", "--tmpfs=/tmp:size=192m", *variables, "--entrypoint=sh"]
    with subprocess.Popen(
        ["docker", "run", *options, image, "-c", QUERIES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said == "ready\n", f"PostgreSQL of the yardstick does not answer: {said}"

        def once() -> float:
            print("go", file=process.stdin, flush=True)
            return int(process.stdout.readline()) / 1000  # type: ignore[union-attr]

        yield once
        process.stdin.close()


def bare_service(source: str, steps: int) -> None:
    """The same service started by the system's python3, and the same requests in a row, with one restart."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        Path(folder, "app.py").write_text(source)
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        with _started(folder, port):
            for number in range(1, steps):
                _ask(port, "POST", "/notes", json.dumps({"text": str(number)}))
                assert _ask(port, "GET", f"/notes/{number}") == {"text": str(number)}
        with _started(folder, port):
            assert _ask(port, "GET", "/notes/1") == {"text": "1"}


@contextmanager
def _started(folder: str, port: int) -> Iterator[None]:
    process = subprocess.Popen([PYTHON, "app.py"], cwd=folder, env=os.environ | {"PORT": str(port)})
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.005)
        yield
    finally:
        process.kill()
        process.wait()


def _ask(port: int, method: str, path: str, body: str | None = None) -> Any:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request(method, path, body)
        return json.loads(line.getresponse().read())
    finally:
        line.close()
