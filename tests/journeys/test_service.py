"""A student builds a service of several files: tries it out, reads what went wrong, and gets it accepted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.examples import make_service
from tests.journeys.conftest import PHONE, Person
from tests.journeys.tools import (
    JUDGED_MS,
    axe,
    boxes,
    editor,
    judged,
    open_files,
    see_saved,
    see_verdict,
    sign_in,
    submit,
    write_file,
)
from trainer.bank.package import read_package
from trainer.bank.sources import unpack

pytestmark = pytest.mark.browser

SLUG = "keep-a-note"
PROBLEM = read_package(make_service().files, SLUG)
FILES = {one.name: unpack(one.source) for one in PROBLEM.submissions}
PARTS = {"Files": "code", "Console": "console", "Results": "results", "Problem": "statement"}
RIGHT, WRONG = FILES["table"], FILES["in_memory"]


def tree(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Files of your service")


def console(page: Page) -> Locator:
    return page.get_by_role("region", name="Request console")


def name_file(page: Page, button: str, path: str) -> None:
    """Press a button that asks for a path, and give it."""
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Path").fill(path)
    dialog.get_by_role("button", name=button).click()


def start_console(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Start|Restart)$")).click()
    expect(page.locator("[data-console-state]")).to_contain_text("running", timeout=JUDGED_MS)


def test_a_service_is_written_tried_out_and_judged(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    write_file(page, "app.py", WRONG["app.py"])
    expect(tree(page).get_by_role("link", name="app.py edited")).to_be_visible()

    start_console(page)
    console(page).get_by_label("Method").select_option("POST")
    console(page).get_by_label("Path").fill("/notes")
    console(page).get_by_label("Headers").fill("X-Mine: 1")
    console(page).get_by_label("Body").fill('{"text": "amber"}')
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-answer-status]")).to_contain_text("201")
    expect(page.locator("[data-answer]")).to_contain_text('"id":1')
    page.get_by_role("tab", name="Log, live").click()
    expect(page.get_by_role("log")).to_contain_text('"POST /notes HTTP/1.1" 201')

    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Samples pass")
    results = page.get_by_role("region", name="Results")
    expect(results.get_by_text("1 of 1 sample passes.")).to_be_visible()

    submit(page, "Wrong answer")
    step = results.get_by_role("listitem").filter(has_text="A note outlives a restart.")
    expect(step).to_contain_text("status 200")
    expect(step).to_contain_text("status 404")
    step.get_by_text(re.compile("GET /notes/")).first.click()
    expect(step.get_by_role("region", name=re.compile("^Answer"))).to_contain_text("no such note")
    assert axe(page) == []

    write_file(page, "notes.py", RIGHT["notes.py"])
    submit(page, "Accepted")
    expect(page.locator("#result-head")).to_contain_text("2 of 2 hidden steps, second try, no hints")
    page.get_by_role("tab", name="Attempts").click()
    page.get_by_role("link", name="2 Accepted").click()
    expect(page.get_by_role("heading", name="Try 2")).to_be_visible()
    expect(page.get_by_text("── notes.py ──").first).to_be_visible()
    page.goto("/progress")
    page.get_by_text("Backend fundamentals", exact=True).click()
    topics = page.get_by_role("table", name="Progress by topic")
    expect(topics.get_by_role("row", name=re.compile("^HTTP 1 of"))).to_be_visible()


def test_the_live_log_has_each_line_once(page: Page, student: Person) -> None:
    """However slow the looks at it are, and though each request is followed by one."""
    sign_in(page, student)
    open_files(page, SLUG)
    start_console(page)
    held: list[Route] = []
    holding = True
    page.route(re.compile(r"\?since="), lambda route: held.append(route) if holding else route.continue_())
    with page.expect_request(re.compile(r"\?since=")):
        pass
    for path in ("/notes/41", "/notes/42"):
        console(page).get_by_label("Path").fill(path)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("[data-answer-status]")).to_contain_text("404")
    holding = False
    for route in held:
        route.continue_()
    page.get_by_role("tab", name="Log, live").click()
    expect(page.get_by_role("log")).to_contain_text("GET /notes/42")
    assert (page.get_by_role("log").text_content() or "").count("GET /notes/41") == 1


def test_files_are_made_renamed_deleted_and_kept(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    name_file(page, "New file", "store/rows.py")
    expect(tree(page).get_by_role("link", name="store/rows.py new")).to_have_attribute("aria-current", "true")
    page.keyboard.insert_text("rows = []\n")
    name_file(page, "Rename this file", "store/table.py")
    expect(tree(page).get_by_role("link", name="store/rows.py")).to_have_count(0)
    page.locator("[data-upload-field]").set_input_files(
        [{"name": "words.sql", "mimeType": "text/plain", "buffer": b"SELECT 1;\n"}]
    )
    expect(tree(page).get_by_role("link", name="words.sql new")).to_be_visible()
    write_file(page, "notes.py", "kept = 'mine'\n")
    name_file(page, "New file", "gone.py")
    page.get_by_role("button", name="Delete this file").click()
    expect(page.locator(".toast")).to_contain_text("gone.py is deleted.")
    page.keyboard.press("Control+s")
    see_saved(page)
    page.reload()
    expect(tree(page).get_by_role("link")).to_have_text(
        ["app.py", "notes.pyedited", "store/table.pynew", "words.sqlnew"]
    )
    tree(page).get_by_role("link", name="store/table.py").click()
    expect(editor(page)).to_contain_text("rows = []")
    page.get_by_role("button", name="Reset to the starter files").click()
    expect(tree(page).get_by_role("link")).to_have_text(["app.py", "notes.py"])
    page.get_by_role("button", name="Undo").click()
    expect(tree(page).get_by_role("link")).to_have_count(4)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("../app.py", "Letters, digits"),
        ("/app.py", "Letters, digits"),
        (".env", "No dot first"),
        ("a b.py", "Letters, digits"),
        ("CAUSE", "Letters, digits"),
        ("app.py", "There is a file of this name already."),
        ("app.py/x.py", "This is a file and a folder at once."),
    ],
)
def test_an_odd_name_is_explained_beside_its_field(page: Page, path: str, words: str) -> None:
    open_files(page, SLUG)
    name_file(page, "New file", path)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(words)
    expect(dialog.get_by_label("Path")).to_have_value(path)
    expect(dialog.get_by_label("Path")).to_be_focused()
    dialog.get_by_label("Path").fill("constructor")
    dialog.get_by_label("Path").press("Enter")
    expect(tree(page).get_by_role("link", name="constructor new")).to_be_visible()


def test_what_cannot_be_uploaded_is_named_and_nothing_is_lost(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    write_file(page, "app.py", "mine = True\n")
    field = page.locator("[data-upload-field]")
    files = [
        {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\0\0"},
        {"name": "latin.txt", "mimeType": "text/plain", "buffer": "Zoë".encode("latin-1")},
        {"name": "large.txt", "mimeType": "text/plain", "buffer": b"x" * 1_000_000},
        {"name": "odd name.py", "mimeType": "text/plain", "buffer": b"x = 1\n"},
        {"name": "good.py", "mimeType": "text/plain", "buffer": b"x = 1\r\n"},
        {"name": "app.py", "mimeType": "text/plain", "buffer": b"theirs = True\n"},
    ]
    field.set_input_files(files)
    said = page.get_by_role("alert")
    expect(said.get_by_role("listitem")).to_have_text([
        "photo.png is left out: it is no text in UTF-8.",
        "latin.txt is left out: it is no text in UTF-8.",
        "large.txt is left out: all files together may have 64 KB.",
        "odd name.py is left out: Letters, digits, '_', '-' and '.', folders with '/'. No dot first.",
    ])  # fmt: skip
    expect(tree(page).get_by_role("link")).to_have_text(["app.pyedited", "good.pynew", "notes.py"])
    page.get_by_role("button", name="Undo").click()
    tree(page).get_by_role("link", name="app.py").click()
    expect(editor(page)).to_contain_text("mine = True")


def test_more_than_can_be_kept_is_said_and_stays_in_the_editor(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    write_file(page, "notes.py", "x" * 200_000)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-saved]")).to_contain_text("160 KB are kept")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("160 KB can be judged")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-console-state]")).to_contain_text("64 KB together")


def test_a_service_that_does_not_start_says_why(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    write_file(page, "app.py", "raise SystemExit('no PORT for me')\n")
    page.get_by_role("button", name="Start", exact=True).click()
    state = page.locator("[data-console-state]")
    expect(state).to_contain_text("ended with exit code 1 before it listened", timeout=JUDGED_MS)
    expect(page.get_by_role("log")).to_contain_text("no PORT for me")
    submit(page, "Run-time error")
    expect(page.get_by_role("region", name="Results")).to_contain_text("ended with exit code 1 before it listened")
    write_file(page, "app.py", WRONG["app.py"])
    start_console(page)
    page.get_by_role("button", name="Stop").click()
    expect(state).to_have_text("stopped")
    expect(page.get_by_role("button", name="Send")).to_have_attribute("aria-disabled", "true")


def test_requests_are_kept_on_this_device(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    console(page).get_by_label("Path").fill("/notes/7")
    page.get_by_role("button", name="Save this request").click()
    page.reload()
    earlier = page.get_by_label("Earlier requests")
    earlier.select_option("GET /notes/7")
    expect(console(page).get_by_label("Path")).to_have_value("/notes/7")
    page.get_by_role("button", name="Forget this request").click()
    expect(earlier).to_be_hidden()


def test_a_request_that_was_made_is_sent_again(page: Page, student: Person) -> None:
    """By the judge, while the service does not run yet, and by oneself."""
    sign_in(page, student)
    open_files(page, SLUG)
    write_file(page, "app.py", WRONG["app.py"])
    submit(page, "Wrong answer")
    results = page.get_by_role("region", name="Results")
    results.locator(".steps details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
    results.get_by_role("button", name="Send again POST /notes").first.click()
    status = page.locator("[data-answer-status]")
    expect(status).to_contain_text("201", timeout=JUDGED_MS)
    expect(console(page).get_by_label("Method")).to_have_value("POST")
    expect(console(page).get_by_label("Headers")).to_have_value("Content-Type: application/json")
    expect(console(page).get_by_label("Body")).to_have_value(re.compile('^{"text": '))
    console(page).get_by_label("Path").fill("/notes/77")
    console(page).get_by_label("Method").select_option("GET")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(status).to_contain_text("404")
    earlier = page.get_by_label("Earlier requests")
    expect(earlier.locator("optgroup[label='Sent lately'] option")).to_have_text(["GET /notes/77", "POST /notes"])
    earlier.select_option("POST /notes")
    expect(page.get_by_role("button", name="Forget this request")).to_be_hidden()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(status).to_contain_text("201")


def test_the_log_stays_in_its_pane_and_shows_its_end(page: Page, student: Person) -> None:
    """Also what came while the answer was looked at; a long line goes on behind an indent."""
    sign_in(page, student)
    open_files(page, SLUG)
    start_console(page)
    for number in range(12):
        console(page).get_by_label("Path").fill(f"/notes/{number}?of={'x' * 90}")
        with page.expect_response(re.compile("/requests$")):
            page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("button", name="Send", exact=True)).to_have_attribute("aria-disabled", "false")
    page.get_by_role("tab", name="Log, live").click()
    log = page.get_by_role("log")
    expect(log.locator("span").last).to_contain_text("/notes/11")
    seen = log.evaluate(
        """(log) => {
            const [pane, box, line] = [log.closest(".pane"), log, log.lastElementChild].map((part) =>
                part.getBoundingClientRect());
            const range = document.createRange();
            range.selectNodeContents(log.lastElementChild);
            const rows = [...range.getClientRects()].map((row) => row.left);
            return { inside: box.bottom <= pane.bottom, end: line.bottom <= box.bottom, first: rows[0], next: rows[1] };
        }"""
    )
    assert (seen["inside"], seen["end"]) == (True, True)
    assert seen["next"] > seen["first"]


def test_the_parts_of_the_statement_stand_in_one_line(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_files(page, SLUG)
    tops = {box["top"] for box in boxes(page.get_by_role("tablist", name="Statement").get_by_role("tab"))}
    assert len(tops) == 1


def test_another_tab_ends_the_service_of_this_one(open_context: Callable[..., BrowserContext], student: Person) -> None:
    context = open_context()
    here, there = context.new_page(), context.new_page()
    sign_in(here, student)
    open_files(here, SLUG)
    open_files(there, SLUG)
    start_console(here)
    start_console(there)
    here.bring_to_front()
    expect(here.locator("[data-console-state]")).to_have_text("not there any more")
    expect(here.get_by_role("button", name="Send")).to_have_attribute("aria-disabled", "true")
    expect(here.get_by_role("button", name="Start", exact=True)).to_be_visible()


def test_on_a_phone_one_part_is_shown_at_a_time(page: Page, student: Person) -> None:
    sign_in(page, student)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/problems/{SLUG}")
    tabs = page.get_by_role("navigation", name="Parts of the page")
    for part, pane in PARTS.items():
        tabs.get_by_role("link", name=part).click()
        expect(page.locator(".work > .pane:visible")).to_have_count(1)
        expect(page.locator(f"#{pane}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], part
        assert axe(page) == [], part
