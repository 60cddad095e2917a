"""The trainer on many machines, on one: PostgreSQL, RabbitMQ, Redis, two web servers, two workers, the proxy."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.ports import free_port
from tests.redis_server import RedisServer
from tests.served import ROOT, Server

CADDYFILE = ROOT / "deploy" / "Caddyfile"
READY_TRIES, EACH_S = 600, 0.1
KEY = "only for tests"


@dataclass(frozen=True)
class Topology:
    """`url` is where the proxy answers; it sends each request to the next web server in turn."""

    url: str
    webs: tuple[Server, Server]
    workers: tuple[Server, Server]


@contextmanager
def started(home: Path, problems: Path, database_url: str, broker_url: str, **settings: str) -> Iterator[Topology]:
    """All of it, on a database and a broker that may be empty. The four processes start together."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        redis = RedisServer(home)
        redis.start()
        stack.callback(redis.stop)
        shared = {
            "DATABASE_URL": database_url,
            "TRAINER_SECRET_KEY": KEY,
            "TRAINER_LIMITS": redis.url,
            "TRAINER_BROKER": broker_url,
            "TRAINER_RATE_LIMITS": "1",
            "TRAINER_PROXIES": "1",
            "TRAINER_PUBLIC_URL": url,
            "TRAINER_WARM_DATA_BOXES": "0",
            "TRAINER_WARM_SERVICE_BOXES": "0",
            **settings,
        }
        web = {"TRAINER_JUDGES": "0", "DOCKER_HOST": "unix:///no/engine"}
        one, other = (Server(home / f"web{number}", problems, **shared | web) for number in range(2))
        first, second = (Server(home / f"worker{number}", problems, command="worker", **shared) for number in range(2))
        processes = (one, other, first, second)
        for process in processes:
            stack.callback(process.end)
        start_together(processes)
        stack.enter_context(_proxy(home, port, (one, other)))
        yield Topology(url, (one, other), (first, second))


def start_together(processes: tuple[Server, ...]) -> None:
    failed: list[BaseException] = []

    def start(process: Server) -> None:
        try:
            process.start()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=start, args=(process,)) for process in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


@contextmanager
def _proxy(home: Path, port: int, webs: tuple[Server, ...]) -> Iterator[None]:
    program = shutil.which("caddy")
    assert program, "Debian's package caddy brings it"
    environment = os.environ | {
        "TRAINER_SITE": f"http://127.0.0.1:{port}",
        "TRAINER_WEB": " ".join(f"127.0.0.1:{web.port}" for web in webs),
        "TRAINER_POLICY": "round_robin",
        "XDG_DATA_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
    }
    command = [program, "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with (home / "proxy.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz", home / "proxy.log")
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_ready(url: str, log: Path) -> None:
    ticks = threading.Event()
    for _ in range(READY_TRIES):
        try:
            if requests.get(url, timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            pass
        ticks.wait(EACH_S)
    raise AssertionError(f"nobody is ready behind the proxy:\n{log.read_text()}")
