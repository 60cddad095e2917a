"""The first minutes of somebody new: the warm-up without an account, then an account that keeps it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import BANK, Person
from tests.journeys.tools import (
    JUDGED_MS,
    RIGHT,
    WRONG,
    axe,
    boxes,
    editor,
    fill_in_and_sign_in,
    judged,
    open_problem,
    see_started,
    see_verdict,
    settle,
    sign_in,
    submit,
    write,
)

pytestmark = pytest.mark.browser

HEALTHY = next((BANK / "health-check-status" / "submissions" / "accepted").glob("*.py")).read_text()
MENDED = """def page_of(rows, page, per_page):
    start = (page - 1) * per_page
    return rows[start:start + per_page]
"""


PLACE = "button => Math.round(button.getBoundingClientRect().top + scrollY)"
"""Where a button stands on its page."""


def test_a_guest_fixes_the_warm_up_and_an_account_keeps_it(page: Page) -> None:
    page.goto("/")
    warm_up = page.locator("#warm-up")
    expect(editor(page)).to_be_visible()
    warm_up.get_by_role("button", name="Run").click()
    expect(warm_up.get_by_text("Wrong answer", exact=True)).to_be_visible(timeout=JUDGED_MS)
    expect(warm_up.locator(".diff").first).to_contain_text("Expected")

    write(page, MENDED)
    page.keyboard.press("Control+'")
    expect(warm_up.locator(".verdict.ac")).to_be_visible(timeout=JUDGED_MS)

    warm_up.get_by_role("link", name="make an account").click()
    page.get_by_label("Name").fill("Ada Quist")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password").fill("several words make one")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("came with you")).to_be_visible()
    expect(
        page.get_by_role("region", name="Recent").get_by_role("link", name="Page one starts too late")
    ).to_be_visible()
    page.get_by_role("link", name="Problems", exact=True).first.click()
    row = page.get_by_role("row", name=re.compile("Page one starts too late"))
    expect(row.get_by_text("Accepted")).to_be_visible()


@pytest.mark.parametrize("by", ["press", "key"])
def test_the_focus_goes_where_one_works_on(page: Page, by: str) -> None:
    page.goto("/")
    warm_up = page.locator("#warm-up")
    run = warm_up.get_by_role("button", name="Run")

    def send() -> None:
        if by == "press":
            run.click()
        else:
            page.keyboard.press("Control+'")

    editor(page).click()
    send()
    expect(warm_up.get_by_text("Wrong answer", exact=True)).to_be_visible(timeout=JUDGED_MS)
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(MENDED)
    send()
    expect(warm_up.get_by_role("link", name="make an account")).to_be_focused(timeout=JUDGED_MS)


def test_who_types_on_meanwhile_keeps_the_focus(page: Page) -> None:
    page.goto("/")
    held: list[Route] = []
    page.route(re.compile(r"\?submission="), lambda route: held.append(route))
    write(page, MENDED)
    with page.expect_request(re.compile(r"\?submission="), timeout=JUDGED_MS):
        page.keyboard.press("Control+'")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.locator("#warm-up .verdict.ac")).to_be_visible(timeout=JUDGED_MS)
    expect(editor(page)).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
def test_what_is_said_of_the_warm_up_moves_nothing_and_leads_on(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    expect(editor(page)).to_be_visible()
    warm_up = page.locator("#warm-up")
    run = warm_up.get_by_role("button", name="Run")
    settle(page)
    places = [run.evaluate(PLACE)]
    run.click()
    expect(warm_up.get_by_text("Wrong answer", exact=True)).to_be_visible(timeout=JUDGED_MS)
    settle(page)
    places.append(run.evaluate(PLACE))
    write(page, MENDED)
    run.click()
    expect(warm_up.locator(".verdict.ac")).to_be_visible(timeout=JUDGED_MS)
    settle(page)
    places.append(run.evaluate(PLACE))
    assert len(set(places)) == 1
    accounts = page.get_by_role("main").get_by_role("link", name="make an account")
    expect(accounts).to_have_count(1)
    expect(accounts).to_have_class("btn main")
    expect(page.get_by_role("main").locator(".btn.main:visible")).to_have_count(1)
    expect(warm_up.get_by_text("Next: ")).to_be_visible()
    assert axe(page) == []


def test_a_new_student_solves_a_problem_with_a_wrong_and_a_right_submission(page: Page) -> None:
    page.goto("/sign-up?next=/problems/sliding-window-rate-limiter")
    page.get_by_label("Name").fill("Bo Lind")
    page.get_by_label("Email").fill("bo@example.org")
    page.get_by_label("Password").fill("several words make one")
    page.get_by_role("button", name="Make the account").click()
    expect(page).to_have_url(re.compile("/problems/sliding-window-rate-limiter"))

    write(page, WRONG)
    submit(page, "Wrong answer")
    failure = page.get_by_role("list", name="First failure")
    expect(failure).to_contain_text("Expected")
    expect(failure).to_contain_text("Got")
    expect(page.get_by_role("img", name=re.compile("hidden cases:"))).to_be_visible()
    head, bar = boxes(page.locator("#result-head, .casebar"))
    assert bar["top"] - head["bottom"] == 16

    write(page, RIGHT)
    submit(page, "Accepted")
    expect(page.locator("#result-head")).to_contain_text("second try, no hints")
    expect(page.get_by_role("tab", name="Attempts 2")).to_be_visible()

    page.get_by_role("link", name="Look at your progress").click()
    see_started(page)
    expect(page.get_by_role("img", name="Submissions by day, last 26 weeks")).to_be_visible()
    page.get_by_text("Data structures and algorithms", exact=True).click()
    evidence = page.get_by_role("row", name=re.compile("^Sliding window"))
    expect(evidence).to_contain_text("1 of 1")


def test_a_guest_reads_problems_but_runs_only_the_warm_up(page: Page) -> None:
    open_problem(page)
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    page.get_by_role("link", name="Sign in to run it").click()
    expect(page).to_have_url(re.compile(r"/sign-in\?next=.*sliding-window"))


def test_own_input_shows_what_the_code_returns_and_prints(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    open_problem(page)
    write(page, "def allowed(seconds, clients, limit, window_s):\n    print('limit is', limit)\n    return [True]\n")
    page.get_by_role("tab", name="Your input").click()
    page.get_by_label("Fill from a sample case").select_option(index=1)
    page.get_by_role("textbox", name="limit int").fill("7")
    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Wrong answer")
    own = page.get_by_role("list", name="Your input")
    expect(own).to_contain_text("limit is 7")
    expect(own).to_contain_text("[True]")


def own(page: Page, label: str) -> Locator:
    return page.locator("[data-own]").get_by_label(label)


def see_kept(page: Page) -> None:
    expect(page.locator("[data-cases-state]")).to_have_text("Saved")


def test_own_cases_are_named_kept_and_run_together(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page, "health-check-status")
    page.get_by_role("tab", name="Your input").click()
    cases = page.get_by_role("group", name="Your cases")
    page.get_by_label("Fill from a sample case").select_option(index=1)
    expect(own(page, "Expected value")).not_to_have_value("")
    own(page, "Name of the case").fill("as the sample")
    see_kept(page)
    page.get_by_role("button", name="New case").click()
    page.get_by_label("Fill from a sample case").select_option(index=1)
    own(page, "Name of the case").fill("wrong on purpose")
    own(page, "Expected value").fill("'never'")
    expect(cases.get_by_role("button")).to_have_count(2)
    see_kept(page)
    assert axe(page) == []

    page.reload()
    page.get_by_role("tab", name="Your input").click()
    expect(cases.get_by_role("button", name="wrong on purpose")).to_be_visible()
    cases.get_by_role("button", name="as the sample").click()
    write(page, HEALTHY)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#own--expected-say")).to_contain_text(
        "Expected value: is a str, the signature says list[bool]"
    )
    expect(cases.get_by_role("button", name="wrong on purpose")).to_have_attribute("aria-pressed", "true")
    expect(own(page, "Expected value")).to_be_focused()
    own(page, "Expected value").fill("[]")
    with judged(page):
        page.get_by_role("button", name="Run").click()
    see_verdict(page, "Samples pass")
    mine = page.get_by_role("list", name="Your input")
    expect(mine.get_by_role("listitem")).to_have_count(2)
    expect(page.locator("#result-head")).to_contain_text("1 of 2 own cases give what you expect.")
    expect(mine.get_by_role("listitem").filter(has_text="wrong on purpose")).to_contain_text("[]")

    page.get_by_role("tab", name="Your input").click()
    cases.get_by_role("button", name="wrong on purpose").click()
    page.get_by_role("button", name="Delete this case").click()
    expect(cases.get_by_role("button")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(cases.get_by_role("button", name="wrong on purpose")).to_be_visible()
    see_kept(page)


def test_a_case_that_failed_is_kept_in_one_press(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    write(page, WRONG)
    submit(page, "Wrong answer")
    page.get_by_role("link", name="Keep as your own case").click()
    expect(page.get_by_role("group", name="Your cases").get_by_role("button", pressed=True)).to_contain_text("two pass")
    expect(own(page, "Expected value")).to_have_value("[True, True, False, True]")
    see_kept(page)
    page.reload()
    page.get_by_role("tab", name="Your input").click()
    expect(own(page, "Expected value")).to_have_value("[True, True, False, True]")


def test_own_cases_of_a_guest_come_to_the_account_that_they_make(page: Page) -> None:
    page.goto("/problems/health-check-status")
    page.get_by_role("tab", name="Your input").click()
    page.get_by_label("Fill from a sample case").select_option(index=1)
    own(page, "Name of the case").fill("all are down")
    see_kept(page)
    page.goto("/sign-up?next=/problems/health-check-status")
    page.get_by_label("Name").fill("Bo Lindqvist")
    page.get_by_label("Email").fill("bo.lindqvist@example.org")
    page.get_by_label("Password").fill("several words make one")
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("tab", name="Your input").click()
    expect(page.get_by_role("group", name="Your cases").get_by_role("button")).to_contain_text(["all are down"])
    see_kept(page)
    page.evaluate("() => localStorage.clear()")
    page.reload()
    page.get_by_role("tab", name="Your input").click()
    expect(own(page, "Name of the case")).to_have_value("all are down")


def test_own_cases_of_a_guest_come_to_nobody_who_signs_in(page: Page, student: Person) -> None:
    page.goto("/problems/health-check-status")
    page.get_by_role("tab", name="Your input").click()
    page.get_by_label("Fill from a sample case").select_option(index=1)
    see_kept(page)
    sign_in(page, student)
    page.goto("/problems/health-check-status")
    page.get_by_role("tab", name="Your input").click()
    expect(page.get_by_role("group", name="Your cases").get_by_role("button")).to_have_count(1)
    expect(own(page, "Expected value")).to_have_value("")


def test_a_timer_that_was_started_counts_down_also_after_a_reload(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    open_problem(page)
    page.locator(".timer > summary").click()
    expect(page.get_by_role("button", name="25 minutes")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="25 minutes").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^24:[0-5]\d$"))
    page.reload()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^24:[0-5]\d$"))
    tabs = page.get_by_role("tablist", name="Statement")
    assert tabs.evaluate("(tabs) => tabs.scrollWidth <= tabs.clientWidth")  # none of them is cut
    page.locator(".timer > summary").click()
    assert axe(page) == []
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_role("timer")).to_have_count(0)
