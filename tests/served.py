"""A real `trainer run`, or `trainer worker`, in a process of its own, to be used, stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[1]


def call(
    url: str, method: str, path: str, body: Any = None, token: str = "", headers: Mapping[str, str] | None = None
) -> tuple[int, Any]:
    """One request to the JSON API of whoever answers at an address: status and answer."""
    known = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(
        f"{url}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **known, **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, None if answer.status == 204 else json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


class Server:
    """Serves `problems` from `home`. `start` returns when it answers; `output` is what it printed.

    With `command="worker"` it judges and answers nobody. `program` is what is started in `folder`.
    """

    def __init__(
        self,
        home: Path,
        problems: Path = ROOT / "problems",
        *,
        command: str = "run",
        program: Sequence[str] = (sys.executable, "-m", "trainer"),
        folder: Path = ROOT,
        **settings: str,
    ) -> None:
        self._command = [*program, command]
        self._folder = folder
        self.port = free_port()
        self.output = ""
        self._settings = {
            "TRAINER_HOME": str(home),
            "TRAINER_PROBLEMS": str(problems),
            "PORT": str(self.port),
            "DATABASE_URL": "",
            "TRAINER_RATE_LIMITS": "0",
            "TRAINER_LEASE_S": "2",
        } | settings
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self._running().pid

    def start(self) -> None:
        serving = threading.Event()
        self._process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            env=os.environ | self._settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self._process, serving), daemon=True).start()
        if not serving.wait(90) or self._process.poll() is not None:
            raise AssertionError(f"the server did not start:\n{self.output}")

    def interrupt(self) -> int:
        """Ctrl-C: the whole process group hears it. The exit code."""
        process = self._running()
        os.killpg(process.pid, signal.SIGINT)
        return self._wait(process)

    def end(self) -> None:
        """Ctrl-C where it still runs."""
        if self._running().poll() is None:
            self.interrupt()

    def kill(self) -> None:
        """kill -9, parent and children at once."""
        process = self._running()
        os.killpg(process.pid, signal.SIGKILL)
        self._wait(process)

    def call(
        self, method: str, path: str, body: Any = None, token: str = "", headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """One request to the JSON API: status and answer."""
        return call(self.url, method, path, body, token, headers)

    def _running(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process

    def _wait(self, process: subprocess.Popen[str]) -> int:
        code = process.wait(60)
        if process.stdout is not None:
            process.stdout.close()
        return code

    def _listen(self, process: subprocess.Popen[str], serving: threading.Event) -> None:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                self.output += line
                if line.startswith(("Serving on", "Judging")):
                    serving.set()
        except ValueError:  # closed while reading: it was killed
            pass
        serving.set()
