"""Drafts: kept without asking, never overwritten unasked, and safe while the line is down."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import Person
from tests.journeys.tools import RATE_LIMITER, editor, open_problem, see_saved, sign_in, write

pytestmark = pytest.mark.browser


def type_and_save(page: Page, code: str) -> None:
    write(page, code)
    page.keyboard.press("Control+s")
    see_saved(page)


def test_what_is_typed_is_there_on_the_next_visit(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    write(page, "def allowed(seconds, clients, limit, window_s):\n    return 'kept by itself'\n")
    see_saved(page)
    page.goto("/problems")
    open_problem(page)
    expect(editor(page)).to_contain_text("kept by itself")


def test_who_types_before_the_editor_is_there_goes_on_in_it(page: Page, student: Person) -> None:
    sign_in(page, student)
    held: list[Route] = []
    let_through: list[bool] = []
    page.route(re.compile(r"\.js$"), lambda route: route.continue_() if let_through else held.append(route))
    page.goto(f"/problems/{RATE_LIMITER}", wait_until="commit")
    page.locator("textarea[name=source]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# early")
    let_through.append(True)
    for route in held:
        route.continue_()
    expect(editor(page)).to_be_focused()
    page.keyboard.type(" and late")
    expect(editor(page)).to_contain_text("# early and late")
    see_saved(page)


def test_a_newer_draft_elsewhere_is_offered_and_not_taken(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    here, there = open_context().new_page(), open_context().new_page()
    for page in (here, there):
        sign_in(page, student)
        open_problem(page)
    type_and_save(there, "first = 'there'\n")

    write(here, "second = 'here'\n")
    note = here.locator("[data-note=newer]")
    expect(note).to_contain_text("Yours stays until you choose")
    expect(note).to_contain_text("Chrome on Linux")
    expect(editor(here)).to_contain_text("here")

    note.get_by_role("button", name="Compare").click()
    difference = here.get_by_role("region", name="Yours and the newer draft")
    expect(difference.locator(".del")).to_contain_text("here")
    expect(difference.locator(".add")).to_contain_text("there")
    here.get_by_role("button", name="Close").click()

    note.get_by_role("button", name="Take it").click()
    expect(note).to_have_count(0)
    expect(editor(here)).to_contain_text("there")
    editor(here).press("Control+z")
    expect(editor(here)).to_contain_text("here")


def test_keeping_mine_makes_it_the_newest(open_context: Callable[..., BrowserContext], student: Person) -> None:
    here, there = open_context().new_page(), open_context().new_page()
    for page in (here, there):
        sign_in(page, student)
        open_problem(page)
    type_and_save(there, "first = 'there'\n")
    write(here, "second = 'here'\n")
    here.locator("[data-note=newer]").get_by_role("button", name="Keep mine").click()
    see_saved(here)
    open_problem(there)
    expect(editor(there)).to_contain_text("here")


def test_typing_goes_on_while_the_line_is_down(open_context: Callable[..., BrowserContext], student: Person) -> None:
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    open_problem(page)
    context.set_offline(True)
    write(page, "typed = 'without a line'\n")
    expect(page.locator("[data-note=offline]")).to_contain_text("You can go on typing")
    run = page.get_by_role("button", name="Submit")
    expect(run).to_have_attribute("aria-disabled", "true")
    expect(run).to_have_attribute("title", "Offline: Run and Submit wait.")

    context.set_offline(False)
    see_saved(page)
    expect(page.locator("[data-note=offline]")).to_have_count(0)
    expect(run).to_have_attribute("aria-disabled", "false")
    open_problem(page)
    expect(editor(page)).to_contain_text("without a line")


def test_what_could_not_be_sent_is_restored_on_this_device(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    open_problem(page)
    context.route("**/draft", lambda route: route.abort())
    write(page, "typed = 'and the page was closed'\n")
    expect(page.locator("[data-note=offline]")).to_be_visible()
    page.close()
    context.unroute_all()

    again = context.new_page()
    open_problem(again)
    expect(editor(again)).to_contain_text("and the page was closed")
    see_saved(again)
