"""A student writes a query: runs it, sees rows and plan, submits a wrong one and a right one."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import BANK, PHONE, Person
from tests.journeys.tools import JUDGED_MS, axe, judged, see_verdict, sign_in, submit

pytestmark = pytest.mark.browser

PROGRAMS = BANK / "stopped-ordering" / "submissions"


def ask(page: Page, query: Path) -> None:
    write(page, query.read_text())


def write(page: Page, query: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)


def test_a_query_is_run_and_judged(page: Page, student: Person) -> None:
    sign_in(page, student)
    page.goto("/problems/stopped-ordering")
    expect(page.get_by_role("img", name="Tables: customers, orders")).to_be_visible()
    page.get_by_text("orders 7 rows").click()
    expect(page.get_by_role("cell", name="2024-12-24")).to_be_visible()

    ask(page, PROGRAMS / "wrong_answer" / "inner_join.sql")
    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Samples pass")
    results = page.get_by_role("region", name="Results")
    expect(results.get_by_role("cell", name="Elif Tan")).to_be_visible()
    expect(results.get_by_role("region", name="Plan, five customers, two of them quiet")).to_contain_text("Seq Scan")

    submit(page, "Wrong answer")
    expect(results.get_by_role("row", name="missing Chi Adeyemi NULL")).to_be_visible()
    data = results.get_by_role("region", name="The rows of this data set, a customer who never ordered")
    expect(data).to_contain_text("(3, 'Chi Adeyemi')")
    assert axe(page) == []

    ask(page, PROGRAMS / "accepted" / "left_join.sql")
    submit(page, "Accepted")
    expect(results.get_by_text("8 of 8 hidden data sets")).to_be_visible(timeout=JUDGED_MS)
    page.goto("/progress")
    page.get_by_text("Backend fundamentals", exact=True).click()
    row = page.get_by_role("table", name="Progress by topic").get_by_role("row", name="SQL joins")
    expect(row).to_contain_text("1 of 1")


def test_expected_rows_stand_beside_the_sample_and_a_wrong_type_shows_where(page: Page, student: Person) -> None:
    sign_in(page, student)
    page.goto("/problems/stopped-ordering")
    write(page, (PROGRAMS / "accepted" / "left_join.sql").read_text().replace("c.name,", "length(c.name) AS name,", 1))
    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Wrong answer")
    results = page.get_by_role("region", name="Results")
    expect(results.get_by_text("Column 1, name: number, expected text.")).to_be_visible()
    expect(results.get_by_role("columnheader", name="name number, expected text")).to_be_visible()
    expect(results.get_by_role("row", name="missing Elif Tan")).to_be_visible()
    assert axe(page) == []
    page.reload()  # the run has made what was expected ready
    page.get_by_role("tab", name="Sample data").click()
    expected = page.get_by_role("region", name="Expected rows, five customers, two of them quiet")
    expect(expected.get_by_role("columnheader", name="name text")).to_be_visible()
    expect(expected.get_by_role("cell", name="Elif Tan")).to_be_visible()
    assert axe(page) == []


def test_rows_and_results_share_the_height_as_one_likes(page: Page) -> None:
    page.goto("/problems/stopped-ordering")
    split = page.get_by_role("button", name="Resize editor and results")
    before = page.locator("#results").bounding_box()
    split.focus()
    page.keyboard.press("ArrowUp")
    after = page.locator("#results").bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]
    page.reload()
    expect(page.locator("#results")).to_be_visible()
    kept = page.locator("#results").bounding_box()
    assert kept is not None
    assert abs(kept["height"] - after["height"]) < 2


def test_on_a_phone_nothing_scrolls_sideways(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/problems/stopped-ordering")
    expect(page.get_by_role("img", name="Tables: customers, orders")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_blank_too_many_can_be_seen(page: Page, student: Person, scheme: Literal["light", "dark"]) -> None:
    """Rows that look exactly like the expected ones: the sentence names what is not seen, the cell marks it."""
    sign_in(page, student)
    page.emulate_media(color_scheme=scheme)
    page.goto("/problems/stopped-ordering")
    query = (PROGRAMS / "accepted" / "left_join.sql").read_text().replace("c.name,", "c.name || ' ' AS name,", 1)
    write(page, query)
    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Wrong answer")
    results = page.get_by_role("region", name="Results")
    alike = "Both look alike, only the form differs: 1 × blank (U+0020) too many."
    expect(results.get_by_text(alike)).to_be_visible()
    extra = results.get_by_role("row", name="too many").first
    expect(extra.locator("del")).to_have_text("␣")
    assert extra.locator("del").evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert axe(page) == []
