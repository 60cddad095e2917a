"""A language from a folder that the program has never seen solves a problem by page, API and command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.backends.image_store import ImageStore
from tests.factories import lay, make_package
from tests.journeys.conftest import BANK, WIDE, Person
from tests.journeys.engines.until import until
from tests.journeys.tools import JUDGED_MS, editor, open_problem, see_started, submit, write
from tests.served import ROOT, Server
from tests.toy_language import NAME, lay_toy

pytestmark = pytest.mark.browser

RIGHT, WRONG, MISSPELT = "double(number): number 2 *\n", "double(number): number 3 *\n", "double(number): twice\n"
STUDENT = Person("ada@example.org", "Ada Quist")


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "problems").mkdir()
    (tmp_path / "problems" / "topics.yaml").write_text((BANK / "topics.yaml").read_text())
    lay(tmp_path / "problems", make_package("double"))
    return {
        "TRAINER_LANGUAGES_PATH": str(lay_toy(tmp_path / "languages")),
        "TRAINER_LANGUAGES": f"python,{NAME}",
        "TRAINER_HOME": str(tmp_path / "home"),
        "TRAINER_PROBLEMS": str(tmp_path / "problems"),
        "TRAINER_WARM_BOXES": "1",
        "TRAINER_WARM_DATA_BOXES": "0",
        "TRAINER_WARM_SERVICE_BOXES": "0",
    }


@pytest.fixture
def server(engine: None, built: None, settings: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """It builds the language's image itself, in the background."""
    made = Server(tmp_path / "home", tmp_path / "problems", **settings)
    made.start()
    yield made
    made.end()
    image = [sys.executable, "-c", f"from sandbox.images import image_name; print(image_name({NAME!r}))"]
    name = subprocess.run(image, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=True).stdout
    store = ImageStore()
    store.remove(name.strip())
    store.close()


def command(settings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trainer", *words],
        cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def verdict_by_api(server: Server, token: str, source: str) -> str:
    status, sent = server.call(
        "POST", "/api/v1/problems/double/submissions", {"language": NAME, "source": source}, token
    )
    assert status == 202, sent
    judged = until(
        lambda: state if (state := server.call("GET", sent["url"], token=token)[1])["status"] == "judged" else None,
        "judged by the API",
        JUDGED_MS / 1000,
    )
    return str(judged["verdict"])


def test_it_solves_a_problem(browser: Browser, server: Server, settings: dict[str, str], tmp_path: Path) -> None:
    added = command(settings, "user", "add", STUDENT.email, "--name", STUDENT.name)
    link = re.search(r"https?://\S+", added.stdout)
    assert link, added.stderr
    page = browser.new_context(viewport=WIDE, base_url=server.url).new_page()  # type: ignore[arg-type]
    page.goto(urllib.parse.urlsplit(link[0]).path)
    page.get_by_label("New password").fill(STUDENT.password)
    page.get_by_role("button", name="Save it and sign in").click()
    expect(page.locator("summary.who")).to_contain_text(f"account of {STUDENT.name}")
    open_problem(page, "double")
    page.get_by_label("Language", exact=True).select_option(NAME)
    expect(page.locator(f"main[data-language={NAME}]")).to_be_attached()
    see_started(page)
    expect(editor(page)).to_contain_text("double(number): 0")
    for source, verdict in ((WRONG, "Wrong answer"), (MISSPELT, "Compile error"), (RIGHT, "Accepted")):
        write(page, source)
        submit(page, verdict)
    page.context.close()

    key = command(settings, "user", "key", STUDENT.email, "--name", "tests").stdout
    token = re.search(r"\S{30,}", key)
    assert token, key
    languages = server.call("GET", "/api/v1/languages", token=token[0])[1]["languages"]
    assert [one["name"] for one in languages] == ["python", NAME]
    assert [verdict_by_api(server, token[0], one) for one in (WRONG, RIGHT)] == ["wrong answer", "accepted"]

    for source, verdict in ((WRONG, "wrong answer"), (RIGHT, "accepted")):
        (tmp_path / "solution.toy").write_text(source)
        judged = command(settings, "judge", "double", str(tmp_path / "solution.toy"), "--json")
        assert json.loads(judged.stdout)["verdict"] == verdict, judged.stderr
    assert "Toy 1" in command(settings, "languages").stdout
