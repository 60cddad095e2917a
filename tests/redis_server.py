"""A Redis server of the tests' own, which keeps nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from redis import ConnectionError as NotYet
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tests.ports import free_port

START_TRIES, EACH_S = 300, 0.1


class RedisServer:
    """Started and stopped as often as one likes, at the same address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "Debian's package redis-server brings it"
        self._process = subprocess.Popen(
            [program, "--bind", "127.0.0.1", "--port", str(self._port), "--save", "", "--appendonly", "no"],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        patient = Retry(ConstantBackoff(EACH_S), START_TRIES, supported_errors=(NotYet,))
        with Redis.from_url(self.url, retry=patient) as asked:
            asked.ping()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None
