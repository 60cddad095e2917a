"""The benchmark: what is measured, how often, and which ratio has to hold."""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from math import inf
from pathlib import Path
from typing import Any

from sandbox import Case, Job, Sandbox, Verdict
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.images import image_name
from sandbox.signature import parse_signature
from trainer.bank.sources import pack
from trainer.bank.template import new_package
from trainer.bench import against, packages, processes, streams, yardsticks
from trainer.bench.client import Client
from trainer.bench.memory import boxes_mib, tree_mib
from trainer.bench.served import SERVICE, SQL, served, slug
from trainer.bench.sitting import Room
from trainer.bench.timing import alternate

COUNTS = (1, 20, 100)
TIMES = 30
CLIENTS = 8
LOAD_S = 15.0
SETTLE_S, SETTLE_WITHIN_S = 0.4, 30.0
WARM = 4
BURN = "def double(number):\n    while True:\n        number += 1\n"
COUNT = """
def double(number):
    total = 0
    for step in range(2_000_000):
        total += step
    return 2 * number
"""

Say = Callable[[str], None]

STUDENTS, MINUTE_S = 200, 2.0
"""Who sit at once, and how long a minute takes for them: seventy are over in 140 s."""
TASK_COUNTS = (17, 18, 19, 20)
PAGES, PAGE_TIMES = ("function", "sql", "service"), 7
CHROMIUM = "/usr/bin/chromium-headless-shell"
"""Debian's. Without it, or without playwright, no page is measured."""


def measure_all(say: Say, times: int = TIMES, postgres: str = "", broker: str = "") -> dict[str, Any]:
    """All figures of one run on this machine, as JSON values. `postgres` and `broker` are for those that need them."""
    say("speed: sandbox and API beside bare python and cold containers")
    with Sandbox(DockerBackend(), {usual_spec("python"): WARM}) as sandbox, served(COUNTS, CLIENTS) as server:
        speed = {str(count): _speed(sandbox, Client(server.port, server.tokens[0]), count, times) for count in COUNTS}
        say("kinds: a query and a service beside the same commands run bare")
        by_kind = _kinds(Client(server.port, server.tokens[0]), times)
        say("memory: the idle app and its boxes")
        time.sleep(2)  # the pool fills again
        app, boxes = tree_mib(server.pid), boxes_mib(server.pid)
        say(f"throughput: {CLIENTS} clients")
        throughput = _throughput(server.port, server.tokens, times)
    say(f"interviews: {STUDENTS} students sit an assessment at once")
    with served(TASK_COUNTS, STUDENTS, MINUTE_S) as server:
        sitting = Room(server).sit()
    say(f"streams: {streams.STREAMS} are open")
    open_streams = streams.measure_streams()
    if postgres:
        say("processes: one that serves and judges beside two")
    by_process = {"processes": processes.measure_processes(postgres, times, broker)} if postgres else {}
    say(f"pages: {', '.join(PAGES)} over a slow line")
    pages = page_figures()
    say("fairness: an honest case beside four that burn")
    beside = _beside_burners()
    return {
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "speed": speed,
        "ratios_20_cases": _ratios(speed["20"]),
        "kinds": by_kind,
        "throughput": throughput,
        "memory": {
            "app_mib": round(app, 1),
            "boxes_mib": boxes,
            "app_with_pool_mib": round(app + sum(map(sum, boxes.values())), 1),
        },
        "sitting": sitting,
        "streams": open_streams,
        **by_process,
        "pages": pages,
        "beside_four_burners": beside,
    }


def verdicts(figures: dict[str, Any]) -> dict[str, bool]:
    """Which of the goals this run reached."""
    ratios, memory, sitting = figures["ratios_20_cases"], figures["memory"], figures["sitting"]
    return {
        "sandbox <= 0.3 x bare python": ratios["sandbox_to_bare"] <= 0.3,
        "api <= 0.6 x bare python": ratios["api_to_bare"] <= 0.6,
        "sql verdict <= 500 ms": figures["kinds"]["sql_submit_to_verdict"]["median_ms"] <= 500,
        "service verdict <= 2500 ms": figures["kinds"]["service_submit_to_verdict"]["median_ms"] <= 2500,
        "idle app with its pool <= 350 MiB": memory["app_with_pool_mib"] <= 350,
        "each warm Python box <= 25 MiB": max(memory["boxes_mib"].get("python", [inf])) <= 25,
        "no acknowledged draft of a sitting lost": sitting["drafts_lost"] == sitting["errors"] == 0,
        "a sitting's clock error <= 1 s": sitting["clock_error_s"] <= 1,
        "a sitting's pages, 95th percentile <= 300 ms": sitting["pages"]["p95_ms"] <= 300,
        "the bell's wave judged within 5 minutes": (
            sitting["wave_judged"] == sitting["wave_submissions"] and sitting["wave_judged_within_s"] <= 300
        ),
        "1000 open streams <= 50 MiB": figures["streams"]["more_mib"] <= 50,
        "answers beside 1000 open streams <= 1.2 x without": figures["streams"]["ratio"] <= 1.2,
        "judged in another process <= 1.3 x in one": "processes" not in figures or figures["processes"]["ratio"] <= 1.3,
        "a problem over a slow line can be worked at within 3 s": all(
            page["first"]["usable"]["median_ms"] <= 3000 for page in figures["pages"].values()
        ),
        "cpu beside four burners <= 1.2 x alone": figures["beside_four_burners"]["ratio"] <= 1.2,
    }


def page_figures() -> dict[str, Any]:
    """Pages of the templates' problems, which nobody judges meanwhile."""
    if find_spec("playwright") is None or not Path(CHROMIUM).exists():
        return {}
    measure = import_module("trainer.bench.pages").measure  # it needs what only an environment for tests has
    with served(
        (), len(PAGES), more={f"a-{kind}": new_package(f"a-{kind}", kind) for kind in PAGES}, judges=0
    ) as server:
        seen: dict[str, Any] = measure(server, CHROMIUM, [f"a-{kind}" for kind in PAGES], PAGE_TIMES)
    return seen


def _speed(sandbox: Sandbox, client: Client, count: int, times: int) -> dict[str, Any]:
    job = _job(count, yardsticks.SOURCE)
    image = image_name("python")

    def in_sandbox() -> None:
        assert sandbox.judge(job).verdict is Verdict.ACCEPTED

    def by_api() -> None:
        assert client.judged(slug(count), yardsticks.SOURCE)["verdict"] == "accepted"

    with yardsticks.program() as path:
        return alternate(
            {
                "sandbox": in_sandbox,
                "api_submit_to_verdict": by_api,
                "bare_python_per_case": lambda: yardsticks.bare(path, count),
                "bare_python_without_site_per_case": lambda: yardsticks.bare(path, count, "-I", "-S"),
                "cold_docker_run": lambda: yardsticks.cold_container(image, count),
            },
            times,
            settle=_settle,
        )


def _kinds(client: Client, times: int) -> dict[str, Any]:
    """From submit to verdict of a query on three data sets and of a service with 20 steps and a restart."""
    files = pack({"app.py": packages.APP})

    def by_query() -> None:
        assert client.judged(SQL, packages.QUERY, "sql")["verdict"] == "accepted"

    def by_service() -> None:
        assert client.judged(SERVICE, files, "files")["verdict"] == "accepted"

    with yardsticks.bare_queries(image_name("data"), packages.SCHEMA, packages.FILLS, packages.QUERY) as bare_query:
        steps: dict[str, Callable[[], float | None]] = {
            "sql_submit_to_verdict": by_query,
            "bare_psql": bare_query,
            "service_submit_to_verdict": by_service,
            "bare_service_and_requests": lambda: yardsticks.bare_service(packages.APP, packages.STEPS),
        }
        return alternate(steps, times, settle=_settle)


def _settle() -> None:
    """Wait until no box comes or goes: pools are full again, used boxes are removed, the machine is idle."""
    backend, last = DockerBackend(), set[str]()
    deadline = time.monotonic() + SETTLE_WITHIN_S
    while time.monotonic() < deadline:
        now = {f"{box['Id']} {box['State']}" for box in backend.api().containers(all=True)}
        if now == last:
            break
        last = now
        time.sleep(SETTLE_S)
    backend.close()


def _ratios(speed: dict[str, Any]) -> dict[str, float]:
    bare = speed["bare_python_per_case"]["median_ms"]
    return {
        "sandbox_to_bare": round(speed["sandbox"]["median_ms"] / bare, 3),
        "api_to_bare": round(speed["api_submit_to_verdict"]["median_ms"] / bare, 3),
        "cold_docker_to_bare": round(speed["cold_docker_run"]["median_ms"] / bare, 3),
    }


def measure_against(folder: Path, times: int = TIMES) -> dict[str, Any]:
    """This build's speed beside that of the build in a folder."""
    return against.beside(folder, lambda port, tokens: _throughput(port, tokens, times), times)


def _throughput(port: int, tokens: tuple[str, ...], times: int) -> dict[str, float]:
    """Submissions of 20 cases judged a second, while each client sends the next as soon as it has a verdict."""
    until = time.monotonic() + LOAD_S * min(1, times / TIMES)
    waits: list[float] = []

    def keep_sending(token: str) -> None:
        client = Client(port, token)
        while time.monotonic() < until:
            began = time.perf_counter()
            client.judged(slug(20), yardsticks.SOURCE)
            waits.append((time.perf_counter() - began) * 1000)

    began = time.monotonic()
    _at_once([lambda token=token: keep_sending(token) for token in tokens])  # type: ignore[misc]
    seconds = time.monotonic() - began
    return {
        "clients": len(tokens),
        "judged_per_s": round(len(waits) / seconds, 2),
        "median_wait_ms": round(statistics.median(waits), 1),
        "n": len(waits),
    }


def _beside_burners() -> dict[str, float]:
    """CPU time of an honest case alone, and beside four boxes that burn all they get."""
    job = _job(1, COUNT)
    with Sandbox(DockerBackend(), {usual_spec("python"): 1}, max_boxes=6) as sandbox:
        alone = _cpu_ms(sandbox, job)
        with _burning(sandbox):
            beside = _cpu_ms(sandbox, job)
    return {"alone_ms": round(alone, 1), "beside_ms": round(beside, 1), "ratio": round(beside / alone, 3)}


def _cpu_ms(sandbox: Sandbox, job: Job) -> float:
    return statistics.median(sandbox.run(job)[0].time_ms for _ in range(9))


@contextmanager
def _burning(sandbox: Sandbox) -> Iterator[None]:
    stop = threading.Event()

    def burn() -> None:
        while not stop.is_set():
            sandbox.run(_job(1, BURN))

    threads = [threading.Thread(target=burn) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _job(count: int, source: str) -> Job:
    cases = tuple(Case(f"number {n}", (n,), 2 * n) for n in range(count))
    return Job("python", source, parse_signature("double(number: int) -> int"), cases)


def _at_once(steps: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
