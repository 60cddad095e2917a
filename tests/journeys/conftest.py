"""A served trainer with real boxes, and a real browser in front of it."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from sandbox import SandboxSettings, open_sandbox
from tests.conftest import ending
from tests.examples import make_debug, make_service
from tests.factories import PASSWORD
from tests.journeys.tools import CHROMIUM, FLAGS, RATE_LIMITER, Watch
from trainer.app import create_app
from trainer.config import Config
from trainer.db import db
from trainer.frontend import bundle
from trainer.models import Role
from trainer.services import accounts, passwords
from trainer.start import prepare
from trainer.web.runtime import KEY, Runtime

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "problems"
SLUGS = (
    "warm-up-page-one", "sliding-window-rate-limiter", "health-check-status", "session-store", "stopped-ordering",
    "say-it-with-http", "who-is-asking",
)  # fmt: skip
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Live:
    """The served application."""

    url: str
    app: Flask
    runtime: Runtime

    def write(self, verb: Callable[[Session], Any]) -> Any:
        """Do something to the database."""
        with self.app.app_context(), db.writing() as session:
            return verb(session)


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    password: str = PASSWORD


@pytest.fixture(scope="package")
def small_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some problems of the bank, without their large cases: journeys need a verdict, not its minutes.

    Only one has its wrong answers, which are all judged in the background. The service and the broken one are the
    examples of problems/README.md.
    """
    folder = tmp_path_factory.mktemp("bank")
    shutil.copy(BANK / "topics.yaml", folder)
    shutil.copytree(BANK / "interviews", folder / "interviews")
    for slug in SLUGS:
        left_out = ("time_limit_exceeded", "generate.py", *([] if slug == RATE_LIMITER else ["wrong_answer"]))
        shutil.copytree(BANK / slug, folder / slug, ignore=shutil.ignore_patterns(*left_out))
    for example in (make_service(), make_debug()):
        for path, content in example.files.items():
            if "wrong_answer" in path:
                continue
            (folder / example.slug / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / example.slug / path).write_bytes(content)
    return folder


@pytest.fixture(scope="package")
def built() -> None:
    """The browser's files, as the pages ask for them."""
    if not (bundle.OUTPUT / "manifest.json").is_file():
        subprocess.run([sys.executable, bundle.__file__], check=True)


@pytest.fixture(scope="package")
def live(engine: None, built: None, small_bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with serving(small_bank, tmp_path_factory.mktemp("home")) as served:
        yield served


@contextmanager
def serving(bank: Path, home: Path, database_url: str = "", *, judging: bool = True) -> Iterator[Live]:
    """The application at work, on SQLite in its home or on another database. It may do without a judge."""
    config = Config(
        TRAINER_HOME=home,
        TRAINER_SECRET_KEY="only for tests",
        TRAINER_PROBLEMS=bank,
        TRAINER_RATE_LIMITS=False,
        TRAINER_INTERVIEW_MINUTE_S=10,
        TRAINER_JUDGES=2 if judging else 0,
        DATABASE_URL=database_url,
    )
    boxes = SandboxSettings(warm={"python": 1}) if judging else SandboxSettings(backend="stub", warm={})
    app = create_app(config, open_sandbox(boxes))
    prepare(app, config, lambda line: None)
    with app.app_context():
        engine = db.engine
    runtime: Runtime = app.extensions[KEY]
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for every file that a page asks for tells nothing
    server = make_server("127.0.0.1", 0, closing(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="journeys")
    with ending(engine):
        runtime.start()
        thread.start()
        yield Live(f"http://127.0.0.1:{server.server_port}", app, runtime)
        runtime.watch.stop()
        server.shutdown()
        thread.join()
        server.server_close()
        runtime.stop()


class Sent:
    """What is being sent. When a browser hangs up, Werkzeug may let go of it without closing it."""

    def __init__(self, parts: Any) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        parts, self._parts = self._parts, ()
        if hasattr(parts, "close"):
            parts.close()

    __del__ = close


def closing(app: Flask) -> Callable[[Any, Any], Sent]:
    return lambda environ, start_response: Sent(app(environ, start_response))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing: `make test` installs it")
        pytest.skip("NO BROWSER: no journey is tested. Debian's package chromium-headless-shell brings it.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def open_context(browser: Browser, live: Live) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers that know nothing of each other. What their consoles complain of fails the test."""
    contexts: list[BrowserContext] = []
    watch = Watch()

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**({"viewport": WIDE, "base_url": live.url} | options))
        context.on("page", watch.follow)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert watch.complaints == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context().new_page()


_numbers = count(1)


@pytest.fixture(scope="package")
def make_person(live: Live) -> Callable[..., Person]:
    """Makes accounts, each with an address of its own."""
    return person_maker(live)


def person_maker(live: Live) -> Callable[..., Person]:
    def make(name: str = "Mira Okafor", role: Role = Role.STUDENT) -> Person:
        person = Person(f"person{next(_numbers)}@example.org", name)

        def add(session: Session) -> None:
            user = accounts.sign_up(session, email=person.email, name=name, password=passwords.new(person.password))
            user.role = role

        live.write(add)
        return person

    return make


@pytest.fixture
def student(make_person: Callable[..., Person]) -> Person:
    return make_person()
