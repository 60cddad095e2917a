"""The harness of the suite's box, its PID 1: warm with pytest, it forks for each phase and passes on what that reports.

It listens nowhere, so nothing that shares its network can reach it; what it reads of the service are answers only.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NoReturn

import httpx
import psycopg
import pytest
from suite.client import Transcript
from suite.values import Memory

from sandbox.harness.counters import Counters, CountersMissing
from sandbox.harness.frames import Closed
from sandbox.harness.host import PROTOCOL, Host, withdraw
from sandbox.images.suite.plugin import Phase, Plugin, request_once

FOLDER = "/tmp/suite"
PORT = 8000
LOOK_S = 0.005
MOST_REPORT = 1 << 20
WARM = """
    _pytest.assertion.rewrite _pytest.fixtures _pytest.python _pytest.terminal _pytest.tmpdir httpx._transports.default
"""


def main() -> None:
    """Serve one judging. Ends when the host hangs up."""
    try:
        host = Host()
        withdraw()
        for name in WARM.split():
            importlib.import_module(name)
        try:
            Counters()
        except CountersMissing as error:
            host.write({"event": "unfit", "message": str(error)})
            return
        gc.collect()
        gc.freeze()
        host.write({"event": "ready", "protocol": PROTOCOL, "pytest": pytest.__version__, "httpx": httpx.__version__})
        serve(host)
    except Closed:
        return


def serve(host: Host) -> None:
    load = host.read()
    os.mkdir(FOLDER)
    for phase in load["phases"]:
        with open(f"{FOLDER}/{phase['name']}.py", "w", encoding="utf-8") as file:
            file.write(phase["source"])
    host.write({"event": "loaded", "psycopg": psycopg.__version__})
    while True:
        asked = host.read()
        match asked["do"]:
            case "wait":
                host.write({"event": "waited", **wait_for_service(asked["within_s"], host)})
            case "phase":
                _relay(host, lambda report, asked=asked: run_phase(load, asked, report), asked["within_s"])
            case "request":
                _relay(host, lambda report, asked=asked: report(request_once(Transcript(), asked["request"])), 30)


def wait_for_service(within_s: float, host: Host) -> dict[str, Any]:
    """Until something listens on the port. The host may say that the service has ended: then it stops asking."""
    started = time.monotonic()
    ready = False
    while not ready and time.monotonic() - started < within_s:
        ready = _listens()
        if not ready and select.select([host.requests], [], [], LOOK_S)[0]:
            break
    return {"ready": ready, "wall_us": round((time.monotonic() - started) * 1e6)}


def run_phase(load: dict[str, Any], asked: dict[str, Any], report: Any) -> None:
    """In the fork: the wanted steps of one module, in their order."""
    memory = Memory(asked["memory"])
    phase = Phase(asked["seed"], memory, load["settings"], load["peek_url"], load["upstream_secret"])
    module = f"{FOLDER}/{asked['name']}.py"
    options = ["-p", "no:cacheprovider", "-p", "no:faulthandler", "-c", "/dev/null"]
    wanted = [f"{module}::{step}" for step in asked["steps"]]
    pytest.main([*options, f"--rootdir={FOLDER}", *wanted], plugins=[Plugin(phase, report)])
    kept = {key: value for key, value in memory.items() if _is_plain(value)}
    report({"memory": kept})


def _relay(host: Host, work: Any, within_s: float) -> None:
    """Fork for the work and pass each of its reports to the host as a frame; "done" comes last.

    After each report the fork waits until the host says "go on": it looks at the service first, so that what the next
    step makes the service write is not taken for this one's.
    """
    reader, writer = os.pipe()
    gate, opener = os.pipe()
    pid = os.fork()
    if pid == 0:
        _in_fork(work, (reader, opener), (gate, writer), host.nothing)
    os.close(writer)
    os.close(gate)
    try:
        for line in _lines(reader, host, time.monotonic() + within_s):
            if len(line) <= MOST_REPORT:
                host.write({"event": "report", "parts": [len(line)]}, line)
                host.read()
            with suppress(BrokenPipeError):
                os.write(opener, b".")
    finally:
        os.close(reader)
        os.close(opener)
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        while True:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                break
    host.write({"event": "done"})


def _in_fork(work: Any, of_parent: tuple[int, int], own: tuple[int, int], nothing: int) -> NoReturn:
    gate, writer = own
    try:
        os.setsid()
        for fd in of_parent:
            os.close(fd)
        for fd in (0, 1, 2):
            os.dup2(nothing, fd)

        def report(value: dict[str, Any]) -> None:
            data = json.dumps(value).encode() + b"\n"
            while data:
                data = data[os.write(writer, data) :]
            os.read(gate, 1)

        work(report)
    finally:
        os._exit(0)


def _lines(fd: int, host: Host, deadline: float) -> Iterator[bytes]:
    """Lines as they come, until the fork has ended or the time is over. Raises Closed if the host goes."""
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    poller.register(host.requests, 0)  # hang-up is always told
    rest = b""
    while (left := deadline - time.monotonic()) > 0:
        ready = [found for found, _ in poller.poll(left * 1000)]
        if host.requests in ready:
            raise Closed
        if fd not in ready:
            continue
        chunk = os.read(fd, 1 << 16)
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _listens() -> bool:
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
    except OSError:
        return False
    return True


def _is_plain(value: Any) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True
