"""Without JavaScript: a text area, forms that post, a reload; nothing that only looks as if it worked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from tests.journeys.conftest import Person
from tests.journeys.test_service import RIGHT as RIGHT_FILES
from tests.journeys.test_service import WRONG as WRONG_FILES
from tests.journeys.tools import JUDGED_MS, RATE_LIMITER, RIGHT

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(java_script_enabled=False).new_page()


def enter(page: Page, person: Person, slug: str = RATE_LIMITER) -> None:
    page.goto(f"/sign-in?next=/problems/{slug}")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()


def see(page: Page, words: str) -> None:
    """Look again until the submission is judged, as somebody does whose browser does not reload by itself."""
    until = time.monotonic() + JUDGED_MS / 1000
    shown = page.locator(".resulthead h2, .verdictline")
    reached = shown.filter(has_text=words)
    again = page.get_by_role("link", name="Look again").or_(reached).first  # this browser reloads by itself, too
    with suppress(TimeoutError):  # neither is there: what is shown instead is told below
        while not reached.count() and time.monotonic() < until:
            again.click()
    expect(shown).to_contain_text(words)


def unfold(page: Page, part: str) -> None:
    page.locator("summary").filter(has_text=re.compile(f"^{part}")).click()


def test_a_problem_is_solved_in_a_text_area(plain: Page, student: Person) -> None:
    enter(plain, student)
    plain.locator("textarea[name=source]").fill(RIGHT)
    plain.get_by_role("button", name="Submit").click()
    see(plain, "Accepted")
    unfold(plain, "Solution")
    expect(plain.get_by_role("heading", name="Approach 2")).to_be_visible()
    expect(plain.locator("textarea[name=source]")).to_have_value(RIGHT)


def test_a_refused_text_is_not_lost(plain: Page, student: Person) -> None:
    enter(plain, student)
    plain.locator("textarea[name=source]").fill("# " + "x" * 70_000)
    plain.get_by_role("button", name="Submit").click()
    expect(plain.get_by_role("alert")).to_contain_text("64 KB")
    assert len(plain.locator("textarea[name=source]").input_value()) > 70_000


def test_own_input_is_explained_beside_its_field(plain: Page, student: Person) -> None:
    enter(plain, student)
    unfold(plain, "Your input")
    plain.get_by_role("textbox", name="seconds").fill("[0, 'four']")
    plain.get_by_role("textbox", name="clients").fill("['a', 'a']")
    plain.get_by_role("textbox", name="limit").fill("1")
    plain.get_by_role("textbox", name="window_s").fill("5")
    plain.get_by_role("button", name="Run").click()
    expect(plain.locator("#own-seconds-say")).to_be_visible()
    expect(plain.get_by_role("textbox", name="seconds")).to_have_value("[0, 'four']")


def test_hints_star_note_and_giving_up_are_forms(plain: Page, student: Person) -> None:
    enter(plain, student)
    plain.get_by_role("button", name="Hint 1 of 3").click()
    expect(plain.get_by_text("What must you remember?")).to_be_visible()
    plain.get_by_role("button", name="Star this problem").click()
    expect(plain.get_by_role("button", name="Star this problem")).to_have_attribute("aria-pressed", "true")
    unfold(plain, "Notes")
    plain.get_by_label("Your notes on this problem").fill("one queue a client")
    plain.get_by_role("button", name="Save the note").click()
    expect(plain.get_by_label("Your notes on this problem")).to_have_value("one queue a client")
    unfold(plain, "Solution")
    plain.get_by_role("link", name="Give up and read it").click()
    plain.get_by_role("button", name="Give up and read the solution").click()
    expect(plain.get_by_role("heading", name="Approach 2")).to_be_visible()


def test_the_warm_up_and_the_filters_work(plain: Page) -> None:
    plain.goto("/")
    plain.locator("textarea[name=source]").fill(
        "def page_of(rows, page, per_page):\n    return rows[(page - 1) * per_page:page * per_page]\n"
    )
    plain.get_by_role("button", name="Run").click()
    see(plain, "Accepted")
    plain.goto("/problems")
    plain.get_by_label("Medium").check()
    plain.get_by_role("button", name="Search and filter").click()
    expect(plain.get_by_role("link", name="Sliding-window rate limiter")).to_be_visible()
    expect(plain.get_by_role("link", name="Healthy or not")).to_have_count(0)


def test_a_service_is_answered_in_text_areas(plain: Page, student: Person) -> None:
    enter(plain, student, "keep-a-note")
    for path, text in WRONG_FILES.items():
        plain.get_by_role("textbox", name=path).fill(text)
    plain.get_by_role("textbox", name="Method").fill("GET")
    plain.get_by_role("textbox", name="Path").fill("notes")
    plain.get_by_role("button", name="Run").click()
    expect(plain.get_by_text("A path begins with / and has no blanks")).to_be_visible()
    expect(plain.get_by_role("textbox", name="app.py")).to_have_value(WRONG_FILES["app.py"])
    plain.get_by_role("textbox", name="Path").fill("/notes/1")
    plain.get_by_role("button", name="Run").click()
    see(plain, "Samples pass")
    expect(plain.get_by_role("list", name="Your requests")).to_contain_text("GET /notes/1")

    plain.get_by_role("button", name="Submit").click()
    see(plain, "Wrong answer")
    expect(plain.get_by_role("list", name="Steps")).to_contain_text("A note outlives a restart.")
    expect(plain.get_by_text("status 404")).to_be_visible()
    plain.get_by_role("textbox", name="notes.py").fill(RIGHT_FILES["notes.py"])
    plain.get_by_role("button", name="Submit").click()
    see(plain, "Accepted")
    expect(plain.get_by_role("textbox", name="notes.py")).to_have_value(RIGHT_FILES["notes.py"])


def test_files_that_are_too_large_are_not_lost(plain: Page, student: Person) -> None:
    enter(plain, student, "keep-a-note")
    plain.get_by_role("textbox", name="app.py").fill("mine = True\n")
    plain.get_by_role("textbox", name="notes.py").fill("# " + "x" * 200_000)
    plain.get_by_role("button", name="Submit").click()
    expect(plain.get_by_role("alert")).to_contain_text("160 KB")
    expect(plain.get_by_role("textbox", name="app.py")).to_have_value("mine = True\n")
    assert len(plain.get_by_role("textbox", name="notes.py").input_value()) > 200_000
