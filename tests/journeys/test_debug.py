"""A student debugs a service: reads the evidence, names a cause, fixes it in two lines."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.examples import make_debug
from tests.journeys.conftest import PHONE, Person
from tests.journeys.tools import (
    axe,
    boxes,
    judged,
    open_files,
    see_saved,
    see_verdict,
    settle,
    sign_in,
    submit,
    write_file,
)
from trainer.bank.package import read_package
from trainer.bank.sources import unpack

pytestmark = pytest.mark.browser

SLUG = "page-two"
PROBLEM = read_package(make_debug().files, SLUG)
MENDED = unpack(PROBLEM.reference.source)["app.py"]


def name_cause(page: Page, cause: str) -> None:
    page.locator("details.cause > summary").click()
    page.get_by_role("radio", name=cause).check()
    expect(page.locator("[data-cause-said]")).to_have_text(cause)


def test_a_cause_is_named_and_fixed(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    expect(page.get_by_role("region", name="orders.log")).to_contain_text("limit 10 offset 20")
    write_file(page, "app.py", MENDED)
    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Samples pass")

    name_cause(page, "The limit is too small.")
    submit(page, "Wrong answer")
    results = page.get_by_role("region", name="Results")
    step = results.get_by_role("listitem").filter(has_text="The cause is named.")
    expect(step).to_contain_text("Every page has its ten rows; they are the wrong ones.")
    expect(page.get_by_text("Page 1 skips the ten rows")).to_have_count(0)
    assert axe(page) == []

    page.get_by_role("radio", name="The offset of the first page is not zero.").check()
    page.keyboard.press("Control+s")
    see_saved(page)
    page.reload()
    expect(page.locator("[data-cause-said]")).to_have_text("The offset of the first page is not zero.")
    page.locator("details.cause > summary").click()
    expect(page.get_by_role("radio", name="The offset of the first page is not zero.")).to_be_checked()
    submit(page, "Accepted")
    expect(page.locator("#result-head")).to_contain_text("3 of 3 hidden steps, second try, no hints")


def test_a_change_that_is_too_large_is_counted(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    name_cause(page, "The offset of the first page is not zero.")
    write_file(page, "app.py", f"# fixed\n# by me\n{MENDED}")
    submit(page, "Wrong answer")
    step = page.get_by_role("region", name="Results").get_by_role("listitem").filter(has_text="The change is small.")
    expect(step).to_contain_text("at most 2 lines changed")
    expect(step).to_contain_text("3 lines changed")


def test_the_starter_again_forgets_the_cause_and_undo_brings_it_back(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    choice = page.get_by_role("radio", name="The limit is too small.")
    name_cause(page, "The limit is too small.")
    page.get_by_role("button", name="Reset to the starter files").click()
    expect(choice).not_to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(choice).to_be_checked()
    page.get_by_role("button", name="Reset to the starter files").click()
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet")
    expect(page.locator("[data-saved]")).not_to_have_text("Not saved yet")


def test_on_a_phone_nothing_scrolls_sideways(page: Page, student: Person) -> None:
    sign_in(page, student)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/problems/{SLUG}")
    page.get_by_role("navigation", name="Parts of the page").get_by_role("link", name="Evidence").click()
    expect(page.get_by_role("region", name="orders.log")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    state = page.locator("#evidence [data-console-state]")
    assert state.evaluate("(badge) => badge.getClientRects().length === 1 && badge.offsetHeight < 30")  # "not started"
    assert axe(page) == []


def test_the_evidence_is_searched_and_filtered(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    log = page.get_by_role("region", name="orders.log")
    lines = log.locator(".l").count()
    find = page.get_by_role("searchbox", name="Find in the evidence")
    find.fill("OFFSET 20")
    found = page.locator("[data-found]")
    hits = log.locator(".hit").count()
    assert 0 < hits < lines
    expect(found).to_have_text("1 line" if hits == 1 else f"{hits} lines")
    find.press("Enter")
    expect(found).to_have_text(re.compile("^1 of "))
    expect(log.locator(".now mark")).to_have_text("offset 20")
    page.get_by_label("Only these lines").check()
    expect(log.locator(".l:visible")).to_have_count(hits)
    find.press("Escape")
    expect(log.locator(".l:visible")).to_have_count(lines)
    page.get_by_label("Wrap lines").uncheck()
    page.reload()
    expect(page.get_by_label("Wrap lines")).not_to_be_checked()
    settle(page)
    (evidence,), (files,) = boxes(page.locator("#evidence")), boxes(page.locator("#code"))
    assert evidence["width"] > 1.5 * files["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_cause_a_submission_asks_first(page: Page, student: Person, scheme: Literal["light", "dark"]) -> None:
    sign_in(page, student)
    page.emulate_media(color_scheme=scheme)
    open_files(page, SLUG)
    write_file(page, "app.py", MENDED)
    page.get_by_role("button", name="Submit").click()
    dialog = page.get_by_role("dialog", name="No cause is named yet")
    expect(dialog).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_label("Find in the evidence").press("Control+Enter")  # the key submits from there, too
    dialog.get_by_role("button", name="Name the cause").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    assert axe(page) == []
    page.get_by_role("button", name="Submit").click()
    with judged(page):
        dialog.get_by_role("button", name="Submit without").click()
    see_verdict(page, "Wrong answer")
    expect(page.get_by_role("tab", name="Attempts")).to_contain_text("1")
