"""The harness of the suite's box, its PID 1: warm with pytest, it forks for each phase and passes on what that reports.

It listens nowhere, so nothing that shares its network can reach it; what it reads of the service are answers only.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import time
from collections.abc import Callable
from typing import Any

import httpx
import psycopg
import pytest
from _pytest.config import default_plugins
from suite.client import Transcript
from suite.values import Draw, Memory

from sandbox.harness.counters import Counters
from sandbox.harness.host import Host
from sandbox.harness.ports import is_free
from sandbox.harness.start import begin
from sandbox.images.suite.bounds import plain
from sandbox.images.suite.plugin import Phase, Plugin, Report, request_once
from sandbox.images.suite.ready import Readiness
from sandbox.images.suite.relay import Relay

FOLDER = "/tmp/suite"
PORT = 8000
LOOK_S = 0.005
REQUEST_WITHIN_S = 30.0
UNUSED = """
    cacheprovider debugging doctest faulthandler junitxml legacypath logging monkeypatch pastebin recwarn setuponly
    setupplan skipping stepwise subtests threadexception unraisableexception warnings
"""
"""Of pytest's own plugins, those that no suite uses. Each costs every phase its start, and most cost every step."""
PLUGINS = tuple(name for name in default_plugins if name not in UNUSED.split())
WARM = ("_pytest.assertion.rewrite", "httpx._transports.default", *(f"_pytest.{name}" for name in PLUGINS))
OPTIONS = ("-c", "/dev/null", f"--rootdir={FOLDER}", *(f"-pno:{name}" for name in UNUSED.split()))


def main() -> None:
    """Serve one judging. Ends when the host hangs up."""
    begin(prepare, about={"pytest": pytest.__version__, "httpx": httpx.__version__})


def prepare(host: Host, counters: Counters) -> Callable[[], None]:
    """Be warm. What it returns serves one judging."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # what is installed is not searched for plugins in each phase
    for name in WARM:
        importlib.import_module(name)
    return functools.partial(serve, host, counters)


def serve(host: Host, counters: Counters) -> None:
    load = host.read()
    os.mkdir(FOLDER)
    for phase in load["phases"]:
        with open(f"{FOLDER}/{phase['name']}.py", "w", encoding="utf-8") as file:
            file.write(phase["source"])
    host.write({"event": "loaded", "psycopg": psycopg.__version__})
    relay = Relay(host, counters)
    readiness = Readiness()
    while True:
        asked = host.read()
        match asked["do"]:
            case "free":
                readiness.close()
                readiness = Readiness()
                host.write({"event": "free", "free": wait_until_free(asked["within_s"])})
            case "wait":
                ready = readiness.look(asked["within_s"])
                told = json.dumps(readiness.exchanges()).encode()
                host.write({"event": "waited", "ready": ready, "parts": [len(told)]}, told)
            case "phase":
                readiness.close()
                relay.run(functools.partial(run_phase, load, asked, relay.memory), asked["within_s"])
            case "request":
                relay.run(functools.partial(run_request, asked["request"]), REQUEST_WITHIN_S)


def wait_until_free(within_s: float) -> bool:
    """Until no socket holds the service's port: what a service left there would keep the next one from listening."""
    until = time.monotonic() + within_s
    while not (free := is_free(PORT)) and time.monotonic() < until:
        time.sleep(LOOK_S)
    return free


def run_request(request: dict[str, Any], report: Report) -> None:
    """In the fork: a request of the student's own."""
    report(request_once(Transcript(), request))


def run_phase(load: dict[str, Any], asked: dict[str, Any], kept: dict[str, Any], report: Report) -> None:
    """In the fork: the wanted steps of one module, in their order."""
    memory = Memory(kept)
    names = [phase["name"] for phase in load["phases"]]
    draw = Draw(asked["seed"], names.index(asked["name"]), len(names))
    phase = Phase(draw, memory, load["settings"], load["peek_url"], load["upstream_secret"])
    module = f"{FOLDER}/{asked['name']}.py"
    wanted = [f"{module}::{step}" for step in asked["steps"]]
    pytest.main([*OPTIONS, *wanted], plugins=[Plugin(phase, report)])
    report({"memory": plain(memory)})
