"""A Redis server of the tests' own: reached by a socket in a folder, keeping nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from redis import ConnectionError as NotYet
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

START_TRIES, EACH_S = 300, 0.1


class RedisServer:
    """Started and stopped as often as one likes, at the same address."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "Debian's package redis-server brings it"
        self._process = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", str(self._socket), "--save", "", "--appendonly", "no"],
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
