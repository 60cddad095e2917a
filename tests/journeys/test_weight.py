"""What a page weighs on the line, and that nothing jumps while one reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, WIDE, Person
from tests.journeys.tools import JUDGED_MS, RATE_LIMITER, WRONG, sign_in, submit, write

pytestmark = pytest.mark.browser

FIRST_KB, AGAIN_KB = 230, 25
MOST_SHIFT = 0.05
"""Of the layout, as browsers add it up: https://web.dev/articles/cls."""
SHIFTS = """() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""


class Scales:
    """Weighs all that comes over the line, headers included, in KB of 1,000 bytes."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._bytes = 0.0
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, float]) -> None:
        self._bytes += event["encodedDataLength"]

    def weigh(self, path: str) -> float:
        self._bytes = 0
        self._page.goto(path, wait_until="networkidle")
        expect(self._page.locator(".codebox.ready")).to_be_visible()
        return self._bytes / 1000


@pytest.mark.parametrize("slug", [RATE_LIMITER, "stopped-ordering", "keep-a-note"])
def test_a_problem_page_is_light_and_lighter_on_the_next_visit(
    open_context: Callable[..., BrowserContext], student: Person, slug: str
) -> None:
    signed_in = open_context()
    sign_in(signed_in.new_page(), student)
    fresh = open_context(storage_state=signed_in.storage_state())
    scales = Scales(fresh.new_page())
    assert scales.weigh(f"/problems/{slug}") <= FIRST_KB
    assert scales.weigh(f"/problems/{slug}") <= AGAIN_KB


def test_nothing_jumps_on_a_phone_while_code_is_run(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    page = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.add_init_script(f"({SHIFTS})()")
    sign_in(page, student)
    page.goto(f"/problems/{RATE_LIMITER}")
    page.get_by_role("navigation", name="Parts of the page").get_by_role("link", name="Code").tap()
    write(page, WRONG)
    submit(page, "Wrong answer")
    assert page.evaluate("window.shift") <= MOST_SHIFT


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_nothing_jumps_on_the_front_page_while_the_warm_up_is_run(
    open_context: Callable[..., BrowserContext], size: dict[str, int]
) -> None:
    page = open_context(viewport=size).new_page()
    page.add_init_script(f"({SHIFTS})()")
    page.goto("/")
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".verdictline .verdict.wa")).to_be_visible(timeout=JUDGED_MS)
    assert page.evaluate("window.shift") <= MOST_SHIFT
