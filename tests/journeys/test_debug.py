"""A student debugs a service: reads the evidence, names a cause, mends it in two lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.examples import make_debug
from tests.journeys.conftest import PHONE, Person
from tests.journeys.tools import axe, judged, open_files, see_saved, see_verdict, sign_in, submit, write_file
from trainer.bank.package import read_package
from trainer.bank.sources import unpack

pytestmark = pytest.mark.browser

SLUG = "page-two"
PROBLEM = read_package(make_debug().files, SLUG)
MENDED = unpack(PROBLEM.reference.source)["app.py"]


def test_a_cause_is_named_and_mended(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    page.get_by_text("orders.log").click()
    expect(page.get_by_role("region", name="orders.log")).to_contain_text("limit 10 offset 20")
    write_file(page, "app.py", MENDED)
    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Samples pass")

    page.get_by_role("radio", name="The limit is too small.").check()
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
    expect(page.get_by_role("radio", name="The offset of the first page is not zero.")).to_be_checked()
    submit(page, "Accepted")
    expect(page.locator("#result-head")).to_contain_text("3 of 3 hidden steps, second try, no hints")


def test_a_change_that_is_too_large_is_counted(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    page.get_by_role("radio", name="The offset of the first page is not zero.").check()
    write_file(page, "app.py", f"# mended\n# by me\n{MENDED}")
    submit(page, "Wrong answer")
    step = page.get_by_role("region", name="Results").get_by_role("listitem").filter(has_text="The change is small.")
    expect(step).to_contain_text("at most 2 lines changed")
    expect(step).to_contain_text("3 lines changed")


def test_the_starter_again_forgets_the_cause_and_undo_brings_it_back(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    choice = page.get_by_role("radio", name="The limit is too small.")
    choice.check()
    page.get_by_role("button", name="Starter files again").click()
    expect(choice).not_to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(choice).to_be_checked()


def test_on_a_phone_nothing_scrolls_sideways(page: Page, student: Person) -> None:
    sign_in(page, student)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/problems/{SLUG}")
    page.get_by_text("orders.log").click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert axe(page) == []
