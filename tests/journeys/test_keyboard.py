"""Everything by keyboard alone, and the keys that are promised."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Person
from tests.journeys.tools import (
    RIGHT,
    editor,
    fill_in_and_sign_in,
    judged,
    open_problem,
    see_saved,
    see_verdict,
    sign_in,
)

pytestmark = pytest.mark.browser


def test_a_problem_is_found_and_solved_by_keyboard_alone(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    page.keyboard.press("/")
    page.keyboard.type("sliding")
    expect(page.get_by_role("option", name="Sliding-window rate limiter")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Sliding-window rate limiter · trainer")
    tab_to(page, "Editor, Python")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(RIGHT)
    page.keyboard.press("Control+s")
    see_saved(page)
    with judged(page):
        page.keyboard.press("Control+'")
    see_verdict(page, "Samples pass")
    with judged(page):
        page.keyboard.press("Control+Enter")
    expect(page.locator("#result-head")).to_contain_text("first try")


def test_tab_indents_and_esc_then_tab_leaves_the_editor(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    open_problem(page)
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("x = 1")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(editor(page)).to_contain_text("    x = 1")
    page.keyboard.press("Control+/")
    expect(editor(page)).to_contain_text("# x = 1")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_tabs_and_panes_move_by_arrow_keys(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    open_problem(page)
    page.get_by_role("tab", name="Statement").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Solution")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Solution")).to_be_visible()
    split = page.get_by_role("button", name="Resize statement and editor")
    before = width_of(page, "#statement")
    split.focus()
    page.keyboard.press("ArrowRight")
    assert width_of(page, "#statement") == pytest.approx(before + 24, abs=2)
    open_problem(page)
    assert width_of(page, "#statement") == pytest.approx(before + 24, abs=2)
    page.get_by_role("button", name="Resize statement and editor").dblclick()
    assert width_of(page, "#statement") == pytest.approx(before, abs=2)


def test_the_list_of_keys_can_turn_single_letters_off(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    dialog.get_by_label("Single-letter shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(".finder kbd")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_problem_is_found_by_any_of_its_names(page: Page, student: Person) -> None:
    sign_in(page, student)
    page.goto("/account")
    page.keyboard.press("/")
    page.keyboard.type("lru cache")
    page.keyboard.press("Enter")  # at once: the answer to what was typed is waited for
    expect(page).to_have_url(re.compile("/problems/session-store$"))
    page.goto("/problems")
    page.keyboard.press("/")
    page.keyboard.type("hit counter")
    expect(page.locator("#found")).to_contain_text("found as: hit counter")
    expect(page).to_have_url(re.compile(r"q=hit\+counter$"))


def test_a_word_that_no_problem_has_leads_to_the_closest_topics(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("websokets quokka")
    dialog = page.get_by_role("dialog", name="Find a problem")
    expect(dialog.get_by_role("link", name="See the closest topics")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/problems\?q=websokets\+quokka$"))
    expect(page.locator("#found")).to_contain_text("Nothing found")


def test_chosen_filters_are_taken_away_by_keyboard_one_after_the_other(page: Page) -> None:
    page.goto("/problems?kind=function&kind=class")
    page.get_by_label("Medium").check()
    chips = page.get_by_role("list", name="Chosen filters").get_by_role("link")
    expect(chips).to_have_text(["Remove the filter Medium", "Remove the filter Function", "Remove the filter Class"])
    found = page.locator("#total").text_content()
    page.get_by_role("link", name="Remove the filter Function").press("Enter")
    expect(chips).to_have_text(["Remove the filter Medium", "Remove the filter Class"])
    expect(chips.last).to_be_focused()
    expect(page.locator("#total")).not_to_have_text(found or "")
    expect(page.get_by_role("checkbox", name="Function")).not_to_be_checked()
    page.keyboard.press("Enter")
    expect(chips).to_have_text(["Remove the filter Medium"])
    expect(chips).to_be_focused()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(0)
    expect(page.locator("#total")).to_be_focused()
    expect(page).to_have_url(re.compile("/problems$"))


def test_the_names_from_a_to_z_open_by_keyboard(page: Page) -> None:
    page.goto("/where-is")
    expect(page.get_by_text("least recently used")).to_be_hidden()
    page.locator("summary", has_text="Show").focus()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="L").press("Enter")
    expect(page.get_by_text("least recently used")).to_be_in_viewport()


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/problems")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element of this name has the focus; fail where it cannot be reached."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement?.getAttribute('aria-label')") == name:
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def width_of(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["width"]
