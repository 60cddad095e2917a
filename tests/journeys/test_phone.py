"""On a phone: one pane at a time, Back works, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, Person
from tests.journeys.tools import RIGHT, editor, see_verdict, sign_in, write

pytestmark = pytest.mark.browser

PAGES = ("/", "/problems", "/progress", "/account", "/problems/session-store", "/how-judging-works")


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


def test_a_problem_is_solved_on_a_phone(phone: Page, student: Person) -> None:
    sign_in(phone, student)
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


@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways(phone: Page, student: Person, address: str) -> None:
    sign_in(phone, student)
    phone.goto(address)
    expect(phone.locator("main")).to_be_visible()
    wide = phone.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
