"""Sorts tests by what they need, and watches how the time of a whole run is shared among the sorts."""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DURATIONS = ROOT / ".cache" / "durations.json"
FOLDERS = {"journeys": "browser", "problems": "bank", "setup": "setup", "clients": "clients"}
SHARES = {
    "unit": 0.30,
    "postgres": 0.30,
    "rabbitmq": 0.15,
    "engine": 0.50,
    "browser": 0.60,
    "setup": 0.40,
    "clients": 0.10,
}
"""The largest share of a whole run's time that each sort may take: whoever exceeds it has become too slow.

Proving packages is left out: how many are due depends on what was changed.
"""
SORTS = (*SHARES, "bank")
SLOWEST = 60


def sort_of(item: pytest.Item) -> str:
    """What a test needs: one of SORTS. It is a marker, so `-m unit` selects."""
    folder = item.path.relative_to(ROOT / "tests").parts[0]
    if folder in FOLDERS:
        return FOLDERS[folder]
    fixtures = getattr(item, "fixturenames", ())
    if item.get_closest_marker("engine") or "engine" in fixtures:
        return "engine"
    if "rabbitmq" in fixtures:
        return "rabbitmq"
    parameters = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return "postgres" if "postgres" in fixtures or parameters.get("database_url") == "postgresql" else "unit"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(sort_of(item))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Nothing that is made while tests are collected is garbage: to look through it takes a twelfth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """What was imported stays: to look through it for garbage again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@dataclass(eq=False)
class Clock:
    """Adds up what tests took, with their fixtures, by sort and by test."""

    by_sort: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    by_test: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        sort = next((sort for sort in SORTS if sort in report.keywords), "unit")
        self.by_sort[sort] += report.duration
        self.by_test[report.nodeid] += report.duration

    def exceeded(self) -> Iterator[str]:
        """A sentence for each sort that took more than its share."""
        total = sum(self.by_sort[sort] for sort in SHARES)
        for sort, share in SHARES.items():
            taken = self.by_sort[sort] / total if total else 0.0
            if taken > share:
                yield f"{sort} tests took {taken:.0%} of the time; their share is {share:.0%}. See {DURATIONS.name}."

    def write(self) -> None:
        slowest = sorted(self.by_test.items(), key=lambda pair: -pair[1])[:SLOWEST]
        figures = {
            "seconds": {sort: round(self.by_sort[sort], 1) for sort in SORTS},
            "tests": len(self.by_test),
            "slowest": {test: round(seconds, 2) for test, seconds in slowest},
        }
        DURATIONS.parent.mkdir(exist_ok=True)
        DURATIONS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


CLOCK = pytest.StashKey[Clock]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the process that hears of every test, also where others run them
        config.stash[CLOCK] = Clock()
        config.pluginmanager.register(config.stash[CLOCK], "durations")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    clock = session.config.stash.get(CLOCK, None)
    if clock and _is_whole(session.config):
        clock.write()
        if session.exitstatus == pytest.ExitCode.OK and any(clock.exceeded()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    clock = config.stash.get(CLOCK, None)
    if clock and _is_whole(config):
        shares = ", ".join(f"{sort} {clock.by_sort[sort]:.0f} s" for sort in SORTS)
        terminalreporter.write_line(f"time of tests, added up: {shares}")
        for sentence in clock.exceeded():
            terminalreporter.write_line(sentence, red=True)


def _is_whole(config: pytest.Config) -> bool:
    """Were all tests asked for? Shares of a selection say nothing."""
    option = config.option
    return not (option.keyword or option.markexpr or option.collectonly or config.args != config.getini("testpaths"))
