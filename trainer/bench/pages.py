"""How soon a problem can be worked at over a slow line: a real Chromium, throttled, on a first visit and a second."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from trainer.bench.served import Served
from trainer.bench.timing import summary

FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")
SIZE = {"width": 1440, "height": 900}
DOWN_BIT_S, UP_BIT_S, ROUND_TRIP_MS = 1_600_000, 750_000, 150
"""A phone's line in the country: what Lighthouse calls slow 4G."""
WITHIN_MS = 60_000
MARK = """
(() => {
    const look = () => {
        const started = document.documentElement.classList.contains("started");
        if (!started || !document.querySelector(".codebox.ready")) return;
        window.usable = performance.now();
        watcher.disconnect();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
})();
"""
"""Notes when the editor takes keys and the buttons have what they do."""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@dataclass(frozen=True)
class Visit:
    """One page from the click on its link: milliseconds to the first text and until it can be worked at, and bytes."""

    painted_ms: float
    usable_ms: float
    kb: float


def measure(server: Served, chromium: str, slugs: Sequence[str], times: int) -> dict[str, Any]:
    """Of each page `times` first visits with an empty cache and as many second ones, in turns. Each has a student."""
    address = f"http://127.0.0.1:{server.port}"
    seen: dict[str, list[tuple[Visit, Visit]]] = {slug: [] for slug in slugs}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for number in range(times + 1):
            for slug, cookie in zip(slugs, server.cookies, strict=True):
                both = _visit_twice(browser, cookie, f"{address}/problems/{slug}", proves=number == 0)
                if number:  # the first round warms the server
                    seen[slug].append(both)
        browser.close()
    return {
        slug: {"first": _told([a for a, _ in both]), "second": _told([b for _, b in both])}
        for slug, both in seen.items()
    }


def _told(visits: Sequence[Visit]) -> dict[str, Any]:
    return {
        "first_paint": summary([visit.painted_ms for visit in visits]),
        "usable": summary([visit.usable_ms for visit in visits]),
        "kb": round(statistics.median(visit.kb for visit in visits), 1),
    }


def _visit_twice(browser: Browser, cookie: str, address: str, *, proves: bool) -> tuple[Visit, Visit]:
    with _context(browser, cookie, address) as context:
        page = context.new_page()
        page.add_init_script(MARK)
        line = _slow_line(context, page)
        both = _visit(page, line, address), _visit(page, line, address)
        if proves:
            _work(page)
        return both


@contextmanager
def _context(browser: Browser, cookie: str, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    context.add_cookies([{"name": "trainer", "value": cookie, "url": address}])
    try:
        yield context
    finally:
        context.close()


def _slow_line(context: BrowserContext, page: Page) -> CDPSession:
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": DOWN_BIT_S / 8,
            "uploadThroughput": UP_BIT_S / 8,
        },
    )
    return line


def _visit(page: Page, line: CDPSession, address: str) -> Visit:
    """Open the page from an empty one. All that comes until the line is idle counts."""
    loaded: list[float] = []
    page.goto("about:blank")
    line.on("Network.loadingFinished", count := lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle", timeout=WITHIN_MS)
    page.wait_for_function("window.usable", timeout=WITHIN_MS)
    line.remove_listener("Network.loadingFinished", count)
    painted = page.evaluate(PAINTED)
    return Visit(painted, max(painted, page.evaluate("window.usable")), sum(loaded) / 1000)


def _work(page: Page) -> None:
    """What is called usable is: it is painted, a letter that is typed stands there, and Run sends it."""
    page.locator(".cm-content").first.click()
    page.keyboard.type("#typed")
    page.wait_for_function("document.querySelector('.cm-content').textContent.includes('#typed')", timeout=WITHIN_MS)
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=WITHIN_MS) as sent:
        page.locator("button[name=action][value=run]").first.click()
    if sent.value.status >= 400:
        raise RuntimeError(f"Run was answered with {sent.value.status}")
