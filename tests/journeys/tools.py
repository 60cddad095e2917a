"""What the journeys do on pages, in the words of a person."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
"""Chromium without the parts for a screen: the same pages for half the processor time."""
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
RULES_OF_COLOURS = ("color-contrast", "link-in-text-block")
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "trainer" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
JUDGED_MS = 120_000
"""A verdict is a matter of a second; a machine that tests much at once may take longer."""
CHECKED_MS = 5 * JUDGED_MS
"""One finding of a package's check: a program that is too slow on purpose uses its CPU time several times over."""

RATE_LIMITER = "sliding-window-rate-limiter"
RIGHT = (ROOT / "problems" / RATE_LIMITER / "submissions" / "accepted" / "queue.py").read_text()
WRONG = (ROOT / "problems" / RATE_LIMITER / "submissions" / "wrong_answer" / "edge_counts.py").read_text()

expect.set_options(timeout=15_000)


class Watch:
    """What consoles complain of: errors of scripts, violations of the content policy."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text  # an answer of 4xx, or no line: the tests look at these
        if message.type == "error" and not refused:
            self.complaints.append(message.text)


SETTLED = """async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}"""


def sign_in(page: Page, person: Any) -> None:
    """Send the form without a look at it, for those who want to be somewhere else."""
    form = page.context.request.get("/sign-in")
    token = re.search(r'name="csrf-token" content="([^"]+)"', form.text())
    assert token
    fields = {"email": person.email, "password": person.password, "csrf_token": token[1]}
    answer = page.context.request.post("/sign-in", form=fields)
    assert f"account of {person.name}" in answer.text()


def fill_in_and_sign_in(page: Page, person: Any) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("summary.who")).to_contain_text(f"account of {person.name}")
    see_started(page)


def see_started(page: Page) -> None:
    """All scripts of the page have run. A page that was asked for by its address has come whole; one that a press on
    a link or a button has led to is shown before its scripts are there.
    """
    expect(page.locator("html.started")).to_be_attached()


def open_problem(page: Page, slug: str = RATE_LIMITER) -> None:
    page.goto(f"/problems/{slug}")
    expect(editor(page)).to_be_visible()


def editor(page: Page) -> Locator:
    """The editor, not the text area that stands in its place until the script has run."""
    return page.locator(".ready [role=textbox][aria-label^=Editor]")


def open_files(page: Page, slug: str) -> None:
    page.goto(f"/problems/{slug}")
    expect(editor(page)).to_be_visible()


def write_file(page: Page, path: str, text: str) -> None:
    """Open a file of a service and replace what is in it, as pasting does."""
    page.get_by_role("navigation", name="Files of your service").get_by_role("link", name=path).click()
    expect(page.locator("[data-path]")).to_have_text(path)
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def write(page: Page, code: str) -> None:
    """Replace what is in the editor, as pasting does."""
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def submit(page: Page, verdict: str) -> None:
    with judged(page):
        page.get_by_role("button", name="Submit").click()
    see_verdict(page, verdict)


def settle(page: Page) -> None:
    """All fonts are there, and what is measured by them is laid out."""
    page.evaluate(SETTLED)


def boxes(parts: Locator) -> list[dict[str, float]]:
    """Where parts stand, all of one moment: an editor makes its lines anew whenever it likes."""
    found: list[dict[str, float]] = parts.evaluate_all(
        "(parts) => parts.map((part) => part.getBoundingClientRect().toJSON())"
    )
    return found


def judged(page: Page) -> AbstractContextManager[Any]:
    """A block that ends when the result of what was sent in it is there: an earlier verdict may still be shown."""
    return page.expect_response(re.compile(r"/submissions/\d+/result$"), timeout=JUDGED_MS)


def see_verdict(page: Page, verdict: str) -> None:
    head = page.locator("#result-head .resulthead:not([data-status])")
    expect(head.get_by_role("heading", name=verdict)).to_be_visible(timeout=JUDGED_MS)


def see_checked(page: Page, outcome: str) -> None:
    """Watch a package's check to its end. Its programs compute for long; each next word must come soon."""
    check = page.locator("#check")
    while re.search("Waiting for a sandbox|Being checked", seen := check.text_content() or ""):
        expect(check).not_to_have_text(seen, timeout=CHECKED_MS)
    expect(check.locator(".card .head")).to_contain_text(outcome)


def see_saved(page: Page) -> None:
    expect(page.locator("[data-saved][data-state=saved]")).to_be_visible()


def axe(page: Page, rules: Sequence[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands, by some rules or by all, one line a finding."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['help']}: {json.dumps([node['target'] for node in violation['nodes']][:4])}"
        for violation in found["violations"]
    ]
