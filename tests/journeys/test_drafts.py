"""Drafts: kept without asking, never overwritten unasked, and safe while the line is down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import Person
from tests.journeys.tools import (
    RATE_LIMITER,
    WRONG,
    axe,
    editor,
    open_problem,
    see_saved,
    sign_in,
    submit,
    write,
)

pytestmark = pytest.mark.browser

Open = Callable[[Page], None]


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


@contextmanager
def without_scripts_yet(page: Page) -> Iterator[None]:
    """During the block the page's scripts are under way; then they come."""
    held: list[Route] = []
    let_through: list[bool] = []
    page.route(re.compile(r"\.js$"), lambda route: route.continue_() if let_through else held.append(route))
    yield
    let_through.append(True)
    for route in held:
        route.continue_()


def test_who_types_before_the_editor_is_there_goes_on_in_it(page: Page, student: Person) -> None:
    sign_in(page, student)
    with without_scripts_yet(page):
        page.goto(f"/problems/{RATE_LIMITER}", wait_until="commit")
        theme = page.get_by_role("button", name="Switch between light and dark")
        expect(theme).to_have_css("pointer-events", "none")
        page.locator("textarea[name=source]").click()
        page.keyboard.press("Control+End")
        page.keyboard.type("# early")
    expect(editor(page)).to_be_focused()
    page.keyboard.type(" and late")
    expect(editor(page)).to_contain_text("# early and late")
    expect(theme).to_have_css("pointer-events", "auto")
    see_saved(page)


EARLY = {
    "code": (f"/problems/{RATE_LIMITER}", "textarea[name=source]", "code"),
    "a question of a quiz": ("/problems/say-it-with-http", "[data-type=single] .choices input >> nth=1", "choice"),
    "an answer of a talk": ("/interviews/new/talk-30", "[data-box] textarea >> nth=0", "text"),
}


@pytest.mark.parametrize("place", EARLY)
def test_what_is_entered_before_the_scripts_are_there_is_saved(page: Page, student: Person, place: str) -> None:
    address, selector, sort = EARLY[place]
    sign_in(page, student)
    page.goto(address)
    if "interviews" in address:
        page.get_by_role("button", name="Start").click()
        expect(page.get_by_role("timer")).to_be_visible()
        address = page.url
    field = page.locator(selector)
    with without_scripts_yet(page):
        page.goto(address, wait_until="commit")
        if sort == "choice":
            field.check()
        else:
            field.fill("entered = 'early'")
    see_saved(page)
    page.goto(address)
    if sort == "choice":
        expect(field).to_be_checked()
    elif sort == "text":
        expect(field).to_have_value("entered = 'early'")
    else:
        expect(editor(page)).to_have_text("entered = 'early'")
    expect(page.locator("[data-note]")).to_have_count(0)


def test_a_note_is_saved_when_its_page_is_left_at_once(page: Page, student: Person) -> None:
    sign_in(page, student)
    address = f"/problems/{RATE_LIMITER}?tab=notes"
    page.goto(address)
    note = page.locator("[data-note-text]")
    note.fill("noted at the last moment")
    page.goto("/how-judging-works")
    for _ in range(20):  # the page may come again before the note has
        page.goto(address)
        if note.input_value():
            break
    expect(note).to_have_value("noted at the last moment")


def test_a_note_that_is_entered_before_the_scripts_are_there_is_saved(page: Page, student: Person) -> None:
    sign_in(page, student)
    address = f"/problems/{RATE_LIMITER}?tab=notes"
    with without_scripts_yet(page):
        page.goto(address, wait_until="commit")
        page.locator("[data-note-text]").evaluate("(area) => { area.value = 'noted early'; }")
    expect(page.locator("[data-note-state]")).to_have_text("Saved")
    page.goto(address)
    expect(page.locator("[data-note-text]")).to_have_value("noted early")


def test_a_guest_who_types_before_the_scripts_are_there_keeps_it_on_the_device(page: Page) -> None:
    for entered in ("entered = 'early'", "entered = 'again'"):
        with without_scripts_yet(page):
            page.goto("/", wait_until="commit")
            page.locator("textarea[name=source]").fill(entered)
        expect(editor(page)).to_have_text(entered)
        page.unroute_all()
        page.reload()
        expect(editor(page)).to_have_text(entered)


def test_what_was_kept_here_is_offered_to_who_types_before_the_scripts_are_there(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    open_problem(page)
    context.route("**/draft", lambda route: route.abort())
    write(page, "kept = 'on this device'\n")
    see_kept(page)
    with without_scripts_yet(page):
        page.goto(f"/problems/{RATE_LIMITER}", wait_until="commit")
        page.locator("textarea[name=source]").fill("entered = 'early'")
    expect(editor(page)).to_have_text("entered = 'early'")
    expect(page.locator("[data-note=left]")).to_be_visible()
    page.reload()
    expect(editor(page)).to_have_text("entered = 'early'")
    note = page.locator("[data-note=left], [data-note=newer]")  # it may have come to the server as the page was left
    note.get_by_role("button", name="Take it").click()
    expect(editor(page)).to_contain_text("on this device")


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


def open_room(page: Page) -> None:
    page.goto("/interviews")
    page.get_by_role("link", name="Back to the room").click()
    expect(editor(page)).to_be_visible()


def begin_interview(page: Page) -> None:
    page.goto("/interviews/new/screen-45")
    page.get_by_role("button", name="Start").click()
    expect(editor(page)).to_be_visible()


@pytest.fixture(params=["practice", "interview"])
def place(request: pytest.FixtureRequest) -> tuple[Open, Open]:
    """How one comes to something to type for the first time, and again."""
    return (open_problem, open_problem) if request.param == "practice" else (begin_interview, open_room)


def see_kept(page: Page) -> None:
    expect(page.locator("[data-saved]", has_text="Kept on this device").first).to_be_visible()


def no_note(page: Page) -> None:
    """Returns when another save has arrived, and nothing was asked."""
    see_saved(page)
    expect(page.locator("[data-note]")).to_have_count(0)


def test_what_one_tab_keeps_survives_the_saves_of_another(
    open_context: Callable[..., BrowserContext], student: Person, place: tuple[Open, Open]
) -> None:
    first_time, again = place
    context = open_context()
    a = context.new_page()
    sign_in(a, student)
    first_time(a)
    b = context.new_page()
    again(b)
    type_and_save(a, "first = 'of tab A'\n")
    write(b, "second = 'of tab B'\n")
    expect(b.locator("[data-note=newer]")).to_contain_text("Yours stays until you choose")
    see_kept(b)
    type_and_save(a, "first = 'of tab A, and a line'\n")

    b.reload()
    expect(editor(b)).to_contain_text("of tab B")
    b.locator("[data-note=newer]").get_by_role("button", name="Keep mine").click()
    see_saved(b)
    a.close()
    again(b)
    expect(editor(b)).to_contain_text("of tab B")


def test_the_text_of_a_closed_tab_is_offered(
    open_context: Callable[..., BrowserContext], student: Person, place: tuple[Open, Open]
) -> None:
    first_time, again = place
    context = open_context()
    a = context.new_page()
    sign_in(a, student)
    first_time(a)
    b = context.new_page()
    again(b)
    type_and_save(a, "first = 'of tab A'\n")
    write(b, "second = 'of tab B'\n")
    see_kept(b)
    b.close()

    c = context.new_page()
    again(c)
    expect(editor(c)).to_contain_text("of tab A")
    note = c.locator("[data-note=left]")
    expect(note).to_contain_text("Another tab was closed")
    c.reload()
    note.get_by_role("button", name="Compare").click()
    expect(c.get_by_role("dialog").locator(".add")).to_contain_text("of tab B")
    c.get_by_role("button", name="Close").click()
    note.get_by_role("button", name="Take it").click()
    expect(note).to_have_count(0)
    expect(editor(c)).to_contain_text("of tab B")
    no_note(c)
    again(c)
    expect(editor(c)).to_contain_text("of tab B")
    no_kept_texts(c)


def no_kept_texts(page: Page) -> None:
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('draft:'))")


def test_a_dropped_text_is_not_offered_again(open_context: Callable[..., BrowserContext], student: Person) -> None:
    context = open_context()
    a, b = context.new_page(), context.new_page()
    sign_in(a, student)
    for page in (a, b):
        open_problem(page)
    type_and_save(a, "first = 'of tab A'\n")
    write(b, "second = 'of tab B'\n")
    see_kept(b)
    b.close()
    open_problem(a)
    a.locator("[data-note=left]").get_by_role("button", name="Drop it").click()
    no_kept_texts(a)
    expect(a.locator("[data-note]")).to_have_count(0)
    expect(editor(a)).to_contain_text("of tab A")


def test_the_text_of_an_open_tab_is_not_offered_elsewhere(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    """Beside one that a closed tab left, which is."""
    context = open_context()
    a, b, closed = (context.new_page() for _ in range(3))
    sign_in(a, student)
    for page in (a, b, closed):
        open_problem(page)
    type_and_save(a, "first = 'of tab A'\n")
    for page, name in ((b, "B"), (closed, "D")):
        write(page, f"second = 'of tab {name}'\n")
        see_kept(page)
    closed.close()
    c = context.new_page()
    open_problem(c)
    note = c.locator("[data-note=left]")
    note.get_by_role("button", name="Drop it").click()
    expect(note).to_have_count(0)
    type_and_save(c, "third = 'of tab C'\n")
    expect(note).to_have_count(0)
    b.reload()
    expect(editor(b)).to_contain_text("of tab B")


def test_two_lost_texts_are_offered_one_after_the_other(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    context = open_context()
    pages = [context.new_page() for _ in range(3)]
    sign_in(pages[0], student)
    for page in pages:
        open_problem(page)
    type_and_save(pages[0], "saved = 'first'\n")
    for number, page in enumerate(pages[1:]):
        write(page, f"lost = {number}\n")
        see_kept(page)
        page.close()
    open_problem(pages[0])
    note = pages[0].locator("[data-note=left]")
    note.get_by_role("button", name="Take it").click()
    expect(editor(pages[0])).to_contain_text("lost = 1")
    note.get_by_role("button", name="Take it").click()
    expect(editor(pages[0])).to_contain_text("lost = 0")
    expect(note).to_have_count(0)


def test_a_reload_while_typing_is_no_conflict(
    open_context: Callable[..., BrowserContext], student: Person, place: tuple[Open, Open]
) -> None:
    first_time, _ = place
    page = open_context().new_page()
    sign_in(page, student)
    first_time(page)
    for number in range(3):
        write(page, f"typed = 'before reload {number}'\n")
        page.reload()
        expect(editor(page)).to_contain_text(f"before reload {number}")
        write(page, f"typed = 'after reload {number}'\n")
        page.keyboard.press("Control+s")
        no_note(page)
    page.reload()
    expect(editor(page)).to_contain_text("after reload 2")
    no_kept_texts(page)


def test_a_save_whose_answer_is_lost_is_no_conflict(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    """The server has what was sent, and the tab does not know it."""
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    open_problem(page)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    context.route("**/draft", lose)
    write(page, "typed = 'and arrived'\n")
    expect(page.locator("[data-note=offline]")).to_be_visible()
    context.unroute_all()
    write(page, "typed = 'and went on'\n")
    page.keyboard.press("Control+s")
    no_note(page)
    open_problem(page)
    expect(editor(page)).to_contain_text("and went on")


def test_a_guests_tabs_keep_what_is_theirs(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context()
    a, b = context.new_page(), context.new_page()
    for page, words in ((a, "of tab A"), (b, "of tab B")):
        open_problem(page)
        write(page, f"typed = '{words}'\n")
    for page, words in ((a, "of tab A"), (b, "of tab B")):
        page.reload()
        expect(editor(page)).to_contain_text(words)


def test_a_try_is_opened_again_and_what_stood_there_is_not_lost(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    write(page, WRONG)
    submit(page, "Wrong answer")
    said = page.locator("[data-of-try]")
    expect(said).to_contain_text("Result of try 1 of 1")
    expect(said).not_to_contain_text("not the code in the editor", use_inner_text=True)
    type_and_save(page, "# something else\n")
    expect(said).to_contain_text("not the code in the editor", use_inner_text=True)
    assert axe(page) == []
    type_and_save(page, "# and a line more, just now\n")
    said.get_by_role("button", name="Open this code").click()
    expect(editor(page)).to_contain_text("seconds")
    expect(said).not_to_contain_text("not the code in the editor", use_inner_text=True)
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(editor(page)).to_have_text("# and a line more, just now")
    page.keyboard.press("Control+y")
    expect(editor(page)).to_contain_text("seconds")
    see_saved(page)
    page.reload()
    expect(editor(page)).to_contain_text("seconds")
    page.get_by_role("tab", name="Attempts").click()
    page.get_by_text("Earlier drafts").click()
    page.locator("#panel-attempts details .tries a").first.click()
    page.get_by_role("button", name="Open this draft").click()
    expect(editor(page)).to_have_text("# and a line more, just now")
    see_saved(page)


def test_an_untouched_tab_offers_what_another_one_has_saved(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    other = page.context.new_page()
    open_problem(other)
    type_and_save(other, "# from the other tab\n")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-note=newer]")).to_contain_text("A newer draft")
    page.get_by_role("button", name="Take it").click()
    expect(editor(page)).to_have_text("# from the other tab")


def test_the_starter_again_is_said_to_be_saved(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    type_and_save(page, "# once\n")
    write(page, "# twice\n")
    page.keyboard.press("Control+z")
    expect(editor(page)).to_have_text("# once")
    see_saved(page)
    page.get_by_role("button", name="Reset to the starter code").click()
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet")
    see_saved(page)
