"""The two servers of the box: started as children of PID 1, on loopback and a socket that only this box sees."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable

from psycopg.pq import PGconn, Ping

from sandbox.harness.host import Unfit, set_dumpable

CLUSTER, DATA, SOCKETS = "/srv/cluster", "/tmp/data", "/tmp/postgresql"
BIN = "/usr/lib/postgresql/15/bin"
START_WITHIN_S = 20.0
REDIS_USER = [
    "on",
    "nopass",
    "~*",
    "&*",
    "+@all",
    "-@admin",
    "-@dangerous",
    "+info",
    "+keys",
    "+flushdb",
    "+flushall",
    "+randomkey",
    "+object",
]


def conninfo(role: str, database: str = "app", **settings: str) -> bytes:
    """How to reach a database as a role, with settings of that connection."""
    options = "".join(f" -c {name}={value}" for name, value in settings.items())
    return f"host={SOCKETS} dbname={database} user={role} options='{options}'".encode()


class ServerFailed(Unfit):
    """A server did not start. The text says why, for people who run the sandbox."""


class Postgres:
    """PostgreSQL on a copy of the image's cluster."""

    def __init__(self) -> None:
        os.mkdir(SOCKETS, 0o700)
        subprocess.run(["cp", "-a", CLUSTER, DATA], check=True)
        self._process = _start([f"{BIN}/postgres", "-D", DATA], "/tmp/postgresql.log")
        _wait("PostgreSQL", "/tmp/postgresql.log", self.answers)

    def answers(self) -> bool:
        """Is it there, and done with starting?"""
        return PGconn.ping(conninfo("admin", "blank")) == Ping.OK

    def wait(self) -> None:
        """Return when it answers: after one of its processes was killed it starts anew. Raises ServerFailed."""
        _wait("PostgreSQL", "/tmp/postgresql.log", self.answers)


def start_redis() -> None:
    """Redis without a disk, its default user without what administers it. Raises ServerFailed."""
    settings = {
        "bind": "127.0.0.1",
        "port": "6379",
        "save": "",
        "appendonly": "no",
        "maxmemory": "32mb",
        "maxmemory-policy": "allkeys-lru",
        "maxclients": "200",
        "dir": "/tmp",
        "daemonize": "no",
    }
    arguments = [word for name, value in settings.items() for word in (f"--{name}", value)]
    _start(["/usr/bin/redis-server", *arguments, "--user", "default", *REDIS_USER], "/tmp/redis.log")
    wait_for("Redis", "/tmp/redis.log", 6379)


def wait_for(name: str, log: str, port: int) -> None:
    """Return when something listens there. Raises ServerFailed, with the end of the log."""

    def listens() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    _wait(name, log, listens)


def _start(command: list[str], log: str) -> subprocess.Popen[bytes]:
    """Start a server as the first to be ended when memory runs out: PID 1 has to stay."""
    with open(log, "wb") as file:
        return subprocess.Popen(
            command, stdout=file, stderr=file, stdin=subprocess.DEVNULL, preexec_fn=set_expendable, close_fds=True
        )


def set_expendable() -> None:
    """Make a process the first to be ended when memory runs out."""
    os.setsid()
    set_dumpable(True)  # its files in /proc are root's otherwise
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    os.write(score, b"1000")
    os.close(score)


def _wait(name: str, log: str, answers: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while not answers():
        if time.monotonic() > deadline:
            with open(log, errors="replace") as file:
                raise ServerFailed(f"{name} does not start: {file.read()[-500:]}")
        time.sleep(0.01)
