"""On a phone: one pane at a time, Back works, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, Person
from tests.journeys.tools import (
    RATE_LIMITER,
    RIGHT,
    boxes,
    editor,
    fill_in_and_sign_in,
    open_problem,
    see_started,
    see_verdict,
    settle,
    submit,
    write,
)
from trainer.models import Role

pytestmark = pytest.mark.browser

PAGES = ("/", "/problems", "/progress", "/account", "/problems/session-store", "/how-judging-works")


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


def test_a_problem_is_solved_on_a_phone(phone: Page, student: Person) -> None:
    fill_in_and_sign_in(phone, student)
    phone.get_by_role("navigation", name="Menu").or_(phone.locator("summary[aria-label=Menu]")).first.tap()
    phone.get_by_role("navigation", name="Menu").get_by_role("link", name="Problems").tap()
    phone.get_by_role("link", name="Sliding-window rate limiter").tap()
    expect(phone.get_by_role("heading", name="Sliding-window rate limiter", level=2)).to_be_visible()
    expect(editor(phone)).to_be_hidden()

    parts = phone.get_by_role("navigation", name="Parts of the page")
    parts.get_by_role("link", name="Code").tap()
    expect(editor(phone)).to_be_visible()
    write(phone, RIGHT)
    phone.get_by_role("button", name="Submit").tap()
    see_verdict(phone, "Accepted")
    expect(parts.get_by_role("link", name="Results")).to_have_attribute("aria-current", "true")
    phone.go_back()
    expect(editor(phone)).to_be_visible()


def test_a_window_that_becomes_narrow_names_the_part_that_it_shows(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    open_problem(page)
    write(page, RIGHT)
    submit(page, "Accepted")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(page.locator("#results")).to_be_visible()
    shown = page.get_by_role("navigation", name="Parts of the page").locator("[aria-current=true]")
    expect(shown).to_have_text("Results")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways(phone: Page, student: Person, address: str) -> None:
    fill_in_and_sign_in(phone, student)
    phone.goto(address)
    expect(phone.locator("main")).to_be_visible()
    wide = phone.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


def test_the_list_comes_before_its_filters_in_any_narrow_window(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/problems")
    expect(page.get_by_role("link", name="Healthy or not")).to_be_in_viewport()
    expect(page.get_by_text("Programs are written in")).to_be_hidden()  # signing up says it
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Medium").check()
    expect(page.get_by_role("link", name="Healthy or not")).to_have_count(0)
    expect(page.locator("summary", has_text="Filters")).to_contain_text("1")
    expect(page.get_by_label("Medium")).to_be_visible()  # what was unfolded stays so
    page.reload()
    expect(page.get_by_label("Medium")).to_be_hidden()
    expect(page.get_by_role("link", name="Sliding-window rate limiter")).to_be_in_viewport()


def test_a_press_hits_the_control_under_it(page: Page) -> None:
    """The link of a row covers its title and nothing of what stands beside the list."""
    page.goto("/problems")
    for name, role in (("Medium", "checkbox"), ("Search problems", "searchbox"), ("Order", "combobox")):
        page.get_by_role(role, name=name).click(trial=True)  # type: ignore[arg-type]
    bounds = page.evaluate(
        """() => [...document.querySelectorAll(".plist a.t")].map((link) =>
            getComputedStyle(link.closest("th")).position)"""
    )
    assert set(bounds) == {"relative"}


def test_the_statement_begins_high_and_its_report_is_in_reach(phone: Page, student: Person) -> None:
    """Two bars of parts, none of the same name, and nothing that lies on the example."""
    fill_in_and_sign_in(phone, student)
    open_phone(phone)
    (statement,) = boxes(phone.get_by_role("tabpanel", name="Statement"))
    assert statement["top"] < 150
    parts = phone.get_by_role("navigation", name="Parts of the page").get_by_role("link").all_text_contents()
    tabs = phone.get_by_role("tablist", name="Statement").get_by_role("tab").all_text_contents()
    assert not set(parts) & set(tabs)
    block, button = boxes(phone.locator(".hascopy > :is(pre, .copy)"))[:2]
    assert button["top"] >= block["bottom"]
    phone.get_by_role("link", name="Report a problem with this statement").locator("visible=true").tap()
    expect(phone.get_by_role("heading", name="Report")).to_be_visible()


def open_phone(phone: Page) -> None:
    phone.goto(f"/problems/{RATE_LIMITER}")
    see_started(phone)
    settle(phone)


def test_the_heading_comes_before_what_to_do(phone: Page, student: Person) -> None:
    fill_in_and_sign_in(phone, student)
    for address in ("/problems", "/progress"):
        phone.goto(address)
        settle(phone)
        (heading,) = boxes(phone.locator("h1"))
        assert all(button["top"] >= heading["bottom"] for button in boxes(phone.locator("main .btn.main")))


def test_a_mentors_tables_show_all_they_have(phone: Page, make_person: Callable[..., Person]) -> None:
    fill_in_and_sign_in(phone, make_person("Jonas Weber", Role.MENTOR))
    phone.goto("/mentor")
    settle(phone)
    row = phone.get_by_role("row").filter(has_text="Sliding-window rate limiter")
    for words in ("Sliding window", "Medium", "Download"):
        expect(row).to_contain_text(words)
    cells = boxes(row.locator("td"))
    assert all(cell["left"] >= 0 and cell["right"] <= PHONE["width"] for cell in cells)
