"""A function is written in several languages: each keeps its text, on every size of screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from sandbox.languages import languages
from tests.journeys.conftest import PHONE, Person
from tests.journeys.tools import RATE_LIMITER, axe, editor, open_problem, see_saved, see_started, sign_in, write

pytestmark = pytest.mark.browser

FIRST, OTHER = next(iter(languages())), list(languages())[-1]
TEXTS = {FIRST: f"{languages()[FIRST].comment} in the first", OTHER: f"{languages()[OTHER].comment} in the other"}


def menu(page: Page) -> Locator:
    return page.get_by_label("Language", exact=True)


def switch(page: Page, name: str) -> None:
    """Choose a language in the menu, and wait for the page that it leads to."""
    menu(page).select_option(name)
    expect(page.locator(f"main[data-language={name}]")).to_be_attached()
    see_started(page)
    expect(editor(page)).to_be_visible()


def type_in_both(page: Page, *, saved: bool) -> None:
    for name in (FIRST, OTHER):
        switch(page, name) if menu(page).input_value() != name else None
        write(page, TEXTS[name])
        if saved:
            see_saved(page)


def see_both(page: Page) -> None:
    """The language that was chosen last opens first, with its text; the other text is there, too."""
    open_problem(page)
    expect(menu(page)).to_have_value(OTHER)
    expect(editor(page)).to_contain_text(TEXTS[OTHER])
    switch(page, FIRST)
    expect(editor(page)).to_contain_text(TEXTS[FIRST])
    expect(editor(page)).not_to_contain_text(TEXTS[OTHER])


def test_each_language_keeps_what_a_student_types(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    type_in_both(page, saved=True)
    see_both(page)


def test_each_language_keeps_what_a_guest_types(page: Page) -> None:
    open_problem(page)
    type_in_both(page, saved=False)
    see_both(page)


def test_the_menu_is_used_by_keyboard_and_takes_the_grammar(page: Page) -> None:
    open_problem(page)
    menu(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(f"main[data-language={FIRST}]")).not_to_be_attached()
    see_started(page)
    switch(page, OTHER)
    expect(editor(page)).to_have_attribute("aria-label", f"Editor, {languages()[OTHER].title}")
    write(page, "one")
    page.keyboard.press("Control+/")
    expect(editor(page)).to_have_text(f"{languages()[OTHER].comment} one")


def test_a_language_is_chosen_on_a_phone(open_context: Callable[..., BrowserContext]) -> None:
    phone = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    phone.goto(f"/problems/{RATE_LIMITER}#code")
    switch(phone, OTHER)
    expect(phone.get_by_role("link", name="Code")).to_have_attribute("aria-current", "true")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert (menu(phone).bounding_box() or {"height": 0})["height"] >= 44
    assert axe(phone) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_is_there_for_everybody(open_context: Callable[..., BrowserContext], scheme: str) -> None:
    page = open_context(color_scheme=scheme).new_page()
    open_problem(page)
    for one in languages().values():
        expect(menu(page)).to_contain_text(one.version)
    assert axe(page) == []
