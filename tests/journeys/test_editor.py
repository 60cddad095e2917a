"""The editor: what it offers, how it is set, whose keys it follows, and how one comes into it and out of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.journeys.conftest import PHONE, Live, Person
from tests.journeys.test_interview import FRESH, begin, hand_in, knows_all_but
from tests.journeys.tools import (
    boxes,
    editor,
    open_files,
    open_problem,
    see_saved,
    see_verdict,
    settle,
    sign_in,
    submit,
    write,
    write_file,
)

pytestmark = pytest.mark.browser


def words(page: Page) -> Locator:
    """The words that are offered."""
    return page.get_by_role("listbox", name="Completions")


def offering(page: Page) -> None:
    """The part that offers words is fetched when the editor is entered: it says so when it is there."""
    editor(page).click()
    expect(editor(page)).to_have_attribute("aria-autocomplete", "list")


def see_text(page: Page, lines: list[str]) -> None:
    """The editor's text, which the text area behind it holds for forms."""
    area = page.locator(".codebox textarea")
    expect(area).to_have_value("\n".join(lines))


def change_settings(page: Page, change: Callable[[Locator], None]) -> None:
    """Open the settings, change them, wait until they are kept, and close them."""
    page.get_by_role("button", name="Editor settings").click()
    box = page.get_by_role("dialog", name="Editor")
    signed_in = box.locator("form[data-account]").count()
    if signed_in:
        with page.expect_response(re.compile("/account/editor$")) as kept:
            change(box)
        assert kept.value.ok
    else:
        change(box)
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def choose_keys(page: Page, keys: str) -> None:
    change_settings(page, lambda box: box.get_by_label("Key bindings").select_option(keys))  # type: ignore[arg-type, return-value]
    follow(page, keys)


def follow(page: Page, keys: str) -> None:
    """Wait until the editor follows these keys: those of Vim and Emacs are fetched."""
    expect(page.locator(".cm-vim-panel")).to_have_count(1 if keys == "vim" else 0)
    expect(page.locator(".cm-emacsMode")).to_have_count(1 if keys == "emacs" else 0)


# ---- words that fit


def test_names_and_words_of_the_language_are_offered_and_enter_takes_only_what_was_chosen(
    page: Page, student: Person
) -> None:
    sign_in(page, student)
    open_problem(page)
    offering(page)
    write(page, "import heapq\n")
    page.keyboard.type("all")
    expect(words(page).get_by_role("option")).to_have_text(["allbuilt in", "allowedstarter"])
    expect(words(page).locator("[aria-selected]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(words(page)).to_be_hidden()
    see_text(page, ["import heapq", "all", ""])
    page.keyboard.type("allo")
    expect(words(page).get_by_role("option", name="allowed")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(words(page).get_by_role("option", name="allowed")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    see_text(page, ["import heapq", "all", "allowed"])
    page.keyboard.type("\nheapq.heapp")
    expect(words(page).get_by_role("option")).to_contain_text(["heappop", "heappush"])
    page.keyboard.press("Tab")
    see_text(page, ["import heapq", "all", "allowed", "heapq.heapp "])  # up to the next stop, as ever


def test_what_is_offered_closes_when_a_key_runs_the_text(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    offering(page)
    write(page, "import heapq\n")
    page.keyboard.type("all")
    expect(words(page)).to_be_visible()
    page.keyboard.press("Control+'")
    expect(words(page)).to_be_hidden()
    see_verdict(page, "Compile error")
    see_text(page, ["import heapq", "all"])


def test_escape_closes_the_words_first_and_then_leads_out(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    offering(page)
    write(page, "")
    page.keyboard.type("ret")
    expect(words(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(words(page)).to_be_hidden()
    page.keyboard.press("Tab")
    see_text(page, ["ret "])
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_words_are_asked_for_by_key_and_not_offered_in_text(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    offering(page)
    write(page, "")
    page.keyboard.press("Control+Space")
    expect(words(page).get_by_role("option", name="allowed")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("# all")
    page.keyboard.press("Control+Space")
    page.keyboard.type("ow")
    expect(words(page)).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.type("from collections import defa")
    expect(words(page).get_by_role("option", name="defaultdict")).to_be_visible()


def test_a_query_is_offered_its_tables_and_columns(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page, "stopped-ordering")
    offering(page)
    write(page, "")
    page.keyboard.type("sele")
    expect(words(page).get_by_role("option", name="SELECT", exact=True)).to_be_visible()
    write(page, "SELECT * FROM ")
    page.keyboard.type("cust")
    expect(words(page).get_by_role("option", name="customers")).to_have_count(1)
    write(page, "SELECT c. FROM customers c")
    page.keyboard.press("Control+Home")
    for _ in "SELECT c.":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Space")
    expect(words(page).get_by_role("option", name="name")).to_be_visible()


def test_a_service_is_offered_names_of_its_other_files(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, "keep-a-note")
    offering(page)
    page.get_by_role("button", name="New file").click()
    new = page.get_by_role("dialog", name="New file")
    new.get_by_label("Path").fill("far.py")
    new.get_by_role("button", name="New file").click()
    write_file(page, "far.py", "def remember_everything():\n    return 1\n")
    write_file(page, "app.py", "import far\n")
    page.keyboard.type("far.reme")
    expect(words(page).get_by_role("option", name="remember_everything")).to_be_visible()


def test_nothing_is_offered_where_that_is_switched_off(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    offering(page)
    change_settings(page, lambda box: box.get_by_label("Suggest completions").uncheck())
    expect(editor(page)).not_to_have_attribute("aria-autocomplete", "list")
    choose_keys(page, "vim")
    page.reload()
    follow(page, "vim")  # these come together with what offers words
    editor(page).click()
    page.keyboard.type("ggdGiallo")
    see_text(page, ["allo"])
    page.keyboard.press("Control+Space")
    expect(editor(page)).not_to_have_attribute("aria-autocomplete", "list")
    expect(words(page)).to_be_hidden()


# ---- settings


def test_settings_go_with_the_account_to_another_device(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    def set_all(box: Locator) -> None:
        box.get_by_label("Wrap long lines").uncheck()

    here = open_context().new_page()
    sign_in(here, student)
    open_problem(here)
    change_settings(here, set_all)
    change_settings(here, lambda box: (box.get_by_label("Size").fill("20"), box.get_by_label("Size").blur()))  # type: ignore[arg-type, return-value]
    expect(here.locator(".cm-editor")).to_have_css("font-size", "20px")
    expect(editor(here)).not_to_have_class(re.compile("cm-lineWrapping"))

    there = open_context().new_page()
    sign_in(there, student)
    open_problem(there)
    expect(there.locator(".cm-editor")).to_have_css("font-size", "20px")
    expect(editor(there)).not_to_have_class(re.compile("cm-lineWrapping"))
    there.goto("/account")
    expect(there.get_by_label("Font size")).to_have_value("20")
    expect(there.get_by_label("Wrap long lines")).not_to_be_checked()


def test_a_guest_s_settings_stay_on_the_device(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context()
    page = context.new_page()
    open_problem(page)
    change_settings(page, lambda box: box.get_by_label("Indent width").select_option("2"))  # type: ignore[arg-type, return-value]
    page.close()
    page = context.new_page()
    open_problem(page)
    write(page, "")
    page.keyboard.press("Tab")
    page.keyboard.type("x")
    see_text(page, ["  x"])


def test_a_size_that_cannot_be_is_not_taken(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    page.get_by_role("button", name="Editor settings").click()
    size = page.get_by_role("dialog", name="Editor").get_by_label("Size")
    size.fill("40")
    size.blur()
    expect(page.locator(".cm-editor")).to_have_css("font-size", "13px")
    page.reload()
    expect(page.locator(".cm-editor")).to_have_css("font-size", "13px")


def test_the_editor_is_set_without_scripts(open_context: Callable[..., BrowserContext], student: Person) -> None:
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page, student)
    page.goto("/account")
    page.get_by_label("Font size").fill("22")
    page.get_by_label("Wrap long lines").uncheck()
    page.get_by_role("button", name="Save the editor").click()
    expect(page.get_by_text("The editor settings are saved.")).to_be_visible()
    page.goto("/problems/sliding-window-rate-limiter")
    area = page.locator("textarea[name=source]")
    expect(area).to_have_css("font-size", "22px")
    expect(area).to_have_css("white-space", "pre")


# ---- whose keys


def test_vim_s_keys_have_escape_to_themselves_and_tab_leaves_from_normal_mode(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    offering(page)
    choose_keys(page, "vim")
    editor(page).click()
    page.keyboard.type("ggdGiall")
    expect(words(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(words(page)).to_be_hidden()
    expect(page.locator(".cm-vim-panel")).to_contain_text("NORMAL")
    page.keyboard.type("yypAx")
    page.keyboard.press("Tab")
    page.keyboard.type("y")
    see_text(page, ["all", "allx    y"])  # what is typed is in the text before the mode changes
    page.keyboard.press("Escape")
    page.keyboard.type(":w")
    page.keyboard.press("Enter")
    see_saved(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    see_text(page, ["all", "allx    y"])
    expect(editor(page)).to_have_accessible_description("Esc leads to normal mode, where Tab leaves the editor.")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Leave the editor, from normal mode")


def test_vim_s_keys_are_there_on_the_next_visit(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    choose_keys(page, "vim")
    page.reload()
    follow(page, "vim")
    settle(page)
    page.keyboard.press("e")
    page.keyboard.type("ggdGi# by Vim")
    see_text(page, ["# by Vim"])  # what is typed is in the text before the mode changes
    page.keyboard.press("Escape")
    choose_keys(page, "standard")
    write(page, "")
    page.keyboard.type("iiii")
    see_text(page, ["iiii"])


def test_emacs_s_keys_move_kill_and_save(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    choose_keys(page, "emacs")
    editor(page).click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# first\n# second\n")
    for keys in ("Control+p", "Control+p", "Control+a", "Control+k"):
        page.keyboard.press(keys)
    expect(page.locator(".codebox textarea")).to_have_value(re.compile(r"^\n# second\ndef allowed"))
    page.keyboard.press("Control+x")
    page.keyboard.press("Control+s")
    see_saved(page)
    expect(page.locator(".cm-search")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


@pytest.mark.parametrize(
    ("keys", "half", "rest"), [("vim", ["g", "g", "d"], ["G"]), ("emacs", ["Control+x"], ["h", "Backspace"])]
)
def test_parts_that_arrive_late_lose_no_half_a_command(
    page: Page, student: Person, keys: str, half: list[str], rest: list[str]
) -> None:
    sign_in(page, student)
    open_problem(page)
    choose_keys(page, keys)
    page.reload()
    follow(page, keys)
    settle(page)  # a key that is pressed before a page was painted may be dropped
    held: list[Route] = []
    hold = held.append  # until the half was pressed
    page.route(re.compile(r"/static/.*\.js"), lambda route: hold(route))
    with page.expect_request(re.compile(r"/static/.*\.js")):
        page.keyboard.press("e")
    expect(editor(page)).to_be_focused()
    for key in half:
        page.keyboard.press(key)
    hold = Route.continue_
    for route in held:
        route.continue_()
    expect(editor(page)).to_have_attribute("aria-autocomplete", "list")
    for key in rest:
        page.keyboard.press(key)
    see_text(page, [""])


@pytest.mark.parametrize("keys", ["vim", "emacs"])
def test_run_and_submit_have_their_keys_whoever_s_the_others_are(page: Page, student: Person, keys: str) -> None:
    sign_in(page, student)
    open_problem(page)
    choose_keys(page, keys)
    editor(page).click()
    with page.expect_request(re.compile("/runs$")):
        page.keyboard.press("Control+'")
    expect(page.get_by_role("button", name="Submit")).to_have_attribute("aria-disabled", "false")
    with page.expect_request(re.compile("/submissions$")):
        page.keyboard.press("Control+Enter")


# ---- several cursors


def test_several_cursors_type_alike(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    write(page, "a = 1\nb = 1\nc = 1")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Alt+ArrowDown")
    page.keyboard.press("Control+Alt+ArrowDown")
    page.keyboard.type("7")  # no word begins so: where one is offered, Tab takes it
    page.keyboard.press("Tab")
    see_text(page, ["7   a = 1", "7   b = 1", "7   c = 1"])
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    for _ in range(3):
        page.keyboard.press("Control+d")
    page.keyboard.type("yz")
    see_text(page, ["yz   a = 1", "yz   b = 1", "yz   c = 1"])


def test_a_rectangle_is_chosen_by_dragging(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    write(page, "one\ntwo\nsix")
    see_text(page, ["one", "two", "six"])
    offering(page)
    settle(page)
    first, _, last = boxes(page.locator(".cm-line"))
    page.keyboard.down("Alt")
    page.mouse.move(first["x"] + 4, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + 4, last["y"] + last["height"] / 2, steps=4)
    page.mouse.up()
    page.keyboard.up("Alt")
    page.keyboard.type("-")
    see_text(page, ["-one", "-two", "-six"])


# ---- finding


def test_the_panel_that_finds_is_one_of_the_page(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    write(page, "one = 1\ntwo = one + one\n")
    page.keyboard.press("Control+f")
    field = page.get_by_role("textbox", name="Find")
    expect(field).to_be_focused()
    for part in (field, page.get_by_role("button", name="Next"), page.get_by_text("Match case")):
        expect(part).to_have_css("font-size", "13px")
    page.keyboard.type("one")
    expect(page.locator(".cm-searchMatch")).to_have_count(3)
    page.get_by_role("textbox", name="Replace").fill("a")
    page.get_by_role("button", name="Replace all").click()
    see_text(page, ["a = 1", "two = a + a", ""])
    page.keyboard.press("Escape")
    expect(editor(page)).to_be_focused()


def test_the_panel_that_finds_fits_a_phone(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(viewport=PHONE).new_page()
    page.goto("/problems/sliding-window-rate-limiter#code")
    editor(page).click()
    page.keyboard.press("Control+f")
    panel = page.locator(".cm-search")
    expect(panel).to_be_visible()
    settle(page)
    places = boxes(panel.locator("input, button"))
    assert len(places) > 5
    for box in places:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    expect(page.get_by_role("textbox", name="Find")).to_have_css("font-size", "16px")


# ---- ways in


def test_a_link_and_a_key_lead_into_the_editor(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the editor")).to_be_focused()
    page.keyboard.press("Enter")
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("e")
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Go to the editor")


def test_on_a_phone_the_key_shows_the_part_with_the_editor(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(viewport=PHONE).new_page()
    page.goto("/problems/sliding-window-rate-limiter")
    expect(page.locator(".codebox.ready")).to_have_count(1)
    page.keyboard.press("e")
    expect(editor(page)).to_be_focused()
    expect(editor(page)).to_be_visible()


def test_the_warm_up_has_the_same_ways_in(page: Page) -> None:
    page.goto("/")
    expect(editor(page)).to_be_visible()
    page.keyboard.press("e")
    expect(editor(page)).to_be_focused()


# ---- long lines

OUT_OF_SIGHT = """() => {
  const scroller = document.querySelector('.cm-scroller'), found = [];
  const { left } = document.querySelector('.cm-content').getBoundingClientRect();
  const right = scroller.getBoundingClientRect().left + scroller.clientWidth;
  for (const line of document.querySelectorAll('.cm-line')) {
    const range = document.createRange();
    range.selectNodeContents(line);
    const boxes = [...range.getClientRects()];
    if (boxes.some((box) => box.right > right + 0.5 || box.left < left - 0.5)) found.push(line.textContent);
  }
  return found;
}"""
ROWS = """(line) => {
  const range = document.createRange(), rows = new Map();
  range.selectNodeContents(line);
  for (const { width, top, left } of range.getClientRects()) {
    const row = Math.round(top);
    if (width) rows.set(row, Math.min(rows.get(row) ?? Infinity, left));
  }
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, left]) => left);
}"""
"""Where each row of a wrapped line begins."""


def test_all_of_a_long_signature_can_be_read_and_hangs_under_its_line(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    expect(page.locator(".cm-line").first).to_contain_text("window_s: int) -> list[bool]")
    page.wait_for_function(f"() => ({OUT_OF_SIGHT})().length === 0")
    settle(page)
    first, second = page.locator(".cm-line").first.evaluate(ROWS)[:2]
    assert second > first + 20  # four letters further in
    indented = "        rows = sorted(" + ", ".join(f"value_{n}" for n in range(12)) + ")"
    write(page, f"def f():\n{indented}")
    see_text(page, ["def f():", indented])
    page.wait_for_function(f"() => ({OUT_OF_SIGHT})().length === 0")
    settle(page)
    assert len(page.locator(".cm-line").nth(1).evaluate(ROWS)) > 1


FIRST_ROW = """(line) => {
  const range = document.createRange();
  range.selectNodeContents(line);
  const { top, height } = range.getClientRects()[0];
  const word = line.querySelector('.cm-firstWord').getClientRects()[0];
  return Math.abs(word.top - top) < height / 2;
}"""


def test_a_long_word_begins_in_the_row_of_its_indent(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    write(page, "if True:\n        " + ".".join(f"step_{number}" for number in range(12)) + "()")
    expect(page.locator(".cm-line").nth(1).locator(".cm-firstWord").first).to_be_attached()
    page.wait_for_function(f"() => ({OUT_OF_SIGHT})().length === 0")
    settle(page)
    assert page.locator(".cm-line").nth(1).evaluate(FIRST_ROW)


def test_lines_scroll_where_they_are_not_wrapped(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    change_settings(page, lambda box: box.get_by_label("Wrap long lines").uncheck())
    expect(page.locator(".cm-lineWrapping")).to_have_count(0)
    settle(page)
    assert len(page.locator(".cm-line").first.evaluate(ROWS)) == 1
    assert page.locator(".cm-scroller").evaluate("(box) => box.scrollWidth > box.clientWidth")


CARET = """(block) => {
  const text = block.firstChild, all = text.data;
  const caret = all.indexOf('^');
  const start = all.lastIndexOf('\\n', caret) + 1;
  const above = all.lastIndexOf('\\n', start - 2) + 1;
  const at = (place) => {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    return range.getBoundingClientRect();
  };
  const under = at(caret), over = at(above + caret - start);
  return { aside: under.left - over.left, below: under.top - over.top, line: over.height };
}"""


def test_a_compiler_s_caret_stands_under_what_it_means(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    names = ", ".join(f"value_{number}" for number in range(20))
    write(page, f"def allowed(seconds, clients, limit, window_s):\n    return [{names}] = 5 $ 3\n")
    submit(page, "Compile error")
    block = page.get_by_role("region", name="What the compiler says")
    settle(page)
    caret: dict[str, Any] = block.evaluate(CARET)
    assert caret["aside"] == pytest.approx(0, abs=0.5)
    assert 0 < caret["below"] < 2 * caret["line"]


# ---- the room


WRITTEN = ["näme😀 = 1", "näme😀 == 2", "näme😀 == 3", "return"]


def record(page: Page) -> None:
    """What is recorded each second is recorded now, as when the page is left."""
    with page.expect_response(re.compile("/events$")):
        page.evaluate("() => window.dispatchEvent(new Event('pagehide'))")


def test_the_replay_tells_right_what_words_keys_and_cursors_wrote(page: Page, live: Live, student: Person) -> None:
    live.write(knows_all_but(student, *FRESH))
    sign_in(page, student)
    begin(page, "backend-90")
    expect(editor(page)).to_be_visible()
    offering(page)
    write(page, "first = 1\nfirst = 2\nfirst = 3\nret")
    page.keyboard.type("u")
    expect(words(page).get_by_role("option", name="return")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    record(page)
    page.keyboard.press("Control+Home")
    for _ in range(4):
        page.keyboard.press("Control+d")
    page.keyboard.type("näme😀")
    record(page)
    choose_keys(page, "vim")
    editor(page).click()
    page.keyboard.type("ggyyPjdd:2,3s/=/==/")
    page.keyboard.press("Enter")
    see_text(page, WRITTEN)
    number = page.url.split("/interviews/")[1].split("/")[0]
    hand_in(page)
    replay = page.request.get(f"/api/v1/interviews/{number}/replay").json()
    assert "\n".join(WRITTEN) in played(replay).values()


def played(replay: dict[str, Any]) -> dict[tuple[int, str], str]:
    """The texts at the end, as the player makes them: places count UTF-16."""
    texts = {(text["task"], text["name"]): text["text"].encode("utf-16-le") for text in replay["texts"]}
    for _, task, name, begins, ends, put in replay["edits"]:
        before = texts.get((task, name), b"")
        texts[task, name] = before[: 2 * begins] + put.encode("utf-16-le") + before[2 * ends :]
    return {place: text.decode("utf-16-le") for place, text in texts.items()}
