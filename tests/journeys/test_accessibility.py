"""axe finds nothing, on any page, in either theme; and pictures of every page to judge beside the mocks.

Pictures are taken where SCREENSHOTS names a folder for them: `SCREENSHOTS=shots make test ARGS=tests/journeys`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from tests.factories import make_package
from tests.journeys.conftest import BANK, PHONE, WIDE, Live, Person
from tests.journeys.test_debug import MENDED
from tests.journeys.test_interview import FRESH, REPORT, begin, go_to_task, hand_in, knows_all_but
from tests.journeys.tools import (
    JUDGED_MS,
    RATE_LIMITER,
    RIGHT,
    WRONG,
    axe,
    open_files,
    open_problem,
    sign_in,
    submit,
    write,
    write_file,
)
from trainer.bank.files import package, to_zip
from trainer.bank.template import new_package
from trainer.models import Role
from trainer.services import accounts
from trainer.services import uploads as receiving

pytestmark = pytest.mark.browser

ADDS_UP = (BANK / "health-check-status" / "submissions" / "wrong_answer" / "adds_up.py").read_text()
SHOTS = os.environ.get("SCREENSHOTS")
GUEST_PAGES = {
    "front": "/",
    "problems-guest": "/problems",
    "problem-guest": f"/problems/{RATE_LIMITER}",
    "service-guest": "/problems/keep-a-note",
    "debug-guest": "/problems/page-two",
    "sign-in": "/sign-in",
    "sign-up": "/sign-up",
    "forgot": "/forgot",
    "judging": "/how-judging-works",
    "accessibility": "/accessibility",
    "not-found": "/nothing-is-here",
}
STUDENT_PAGES = {
    "front-signed-in": "/",
    "problems": "/problems",
    "problems-nothing": "/problems?q=zeppelin",
    "problem-class": "/problems/session-store",
    "solution-closed": "/problems/session-store?tab=solution",
    "give-up": "/problems/session-store/give-up",
    "report": "/problems/session-store/reports",
    "interviews": "/interviews",
    "interview-lobby": "/interviews/new/backend-90",
    "account": "/account",
    "delete": "/account/delete",
}
MENTOR_PAGES = {"mentor": "/mentor", "reports": "/mentor/reports"}


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def themed(open_context: Callable[..., BrowserContext], theme: str) -> Page:
    return open_context(color_scheme=theme, reduced_motion="reduce").new_page()


def look(page: Page, name: str, theme: str) -> list[str]:
    """Take pictures, wide and on a phone, and return what axe finds in either."""
    expect(page.locator("main")).to_be_visible()
    page.evaluate("() => document.fonts.ready")
    found = []
    for size, label in ((WIDE, theme), (PHONE, f"{theme}-phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        shoot(page, f"{name}-{label}")
        found += [f"{name}, {label}: {line}" for line in axe(page)]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS, f"{name}.png"), full_page=page.locator("main.work").count() == 0)


def look_at(page: Page, addresses: dict[str, str], theme: str) -> list[str]:
    found = []
    for name, address in addresses.items():
        page.goto(address)
        found += look(page, name, theme)
    return found


def test_pages_for_guests(themed: Page, theme: str) -> None:
    assert look_at(themed, GUEST_PAGES, theme) == []


def test_pages_for_students(themed: Page, theme: str, student: Person) -> None:
    sign_in(themed, student)
    assert look_at(themed, {"progress-empty": "/progress"} | STUDENT_PAGES, theme) == []


def test_the_states_of_the_problem_page(themed: Page, theme: str, student: Person) -> None:
    sign_in(themed, student)
    open_problem(themed)
    found = look(themed, "problem", theme)
    write(themed, WRONG.replace("    return answers", "    print(clients[:3], answers[:3])\n    return answers"))
    submit(themed, "Wrong answer")
    found += look(themed, "problem-wrong-answer", theme)
    themed.get_by_role("tab", name="Attempts").click()
    themed.get_by_role("link", name="1 Wrong answer").click()
    expect(themed.get_by_role("heading", name="Try 1")).to_be_visible()
    found += look(themed, "problem-attempts", theme)
    themed.get_by_role("tab", name="Statement").click()
    themed.get_by_role("button", name="Hint 1 of 3").click()
    expect(themed.get_by_text("What must you remember?")).to_be_visible()
    write(themed, RIGHT)
    submit(themed, "Accepted")
    found += look(themed, "problem-accepted", theme)
    themed.get_by_role("tab", name="Solution").click()
    found += look(themed, "solution", theme)
    themed.goto("/progress")
    found += look(themed, "progress", theme)
    assert found == []


def test_errors_of_a_program(themed: Page, theme: str, student: Person) -> None:
    sign_in(themed, student)
    open_problem(themed)
    write(themed, "def allowed(seconds, clients, limit, window_s):\n    return seconds[99]\n")
    submit(themed, "Run-time error")
    found = look(themed, "problem-run-time-error", theme)
    write(themed, "def allowed(seconds, clients, limit, window_s)\n    return []\n")
    submit(themed, "Compile error")
    found += look(themed, "problem-compile-error", theme)
    assert found == []


def test_the_states_of_services(themed: Page, theme: str, student: Person) -> None:
    sign_in(themed, student)
    open_files(themed, "keep-a-note")
    found = look(themed, "service", theme)
    themed.get_by_role("button", name="Start", exact=True).click()
    expect(themed.locator("[data-console-state]")).to_contain_text("running", timeout=JUDGED_MS)
    themed.get_by_role("region", name="Request console").get_by_label("Path").fill("/notes/7")
    themed.get_by_role("button", name="Send").click()
    expect(themed.locator("[data-answer-status]")).to_contain_text("404")
    found += look(themed, "service-console", theme)
    submit(themed, "Wrong answer")
    found += look(themed, "service-wrong-answer", theme)
    write_file(themed, "app.py", "raise SystemExit('no')\n")
    submit(themed, "Run-time error")
    found += look(themed, "service-run-time-error", theme)
    themed.get_by_role("button", name="New file").click()
    found += look(themed, "service-new-file", theme)
    assert found == []


def test_the_states_of_debugging(themed: Page, theme: str, student: Person) -> None:
    sign_in(themed, student)
    open_files(themed, "page-two")
    themed.get_by_text("orders.log").click()
    themed.get_by_role("radio", name="The limit is too small.").check()
    found = look(themed, "debug", theme)
    write_file(themed, "app.py", MENDED)
    submit(themed, "Wrong answer")
    found += look(themed, "debug-wrong-answer", theme)
    themed.get_by_role("radio", name="The offset of the first page is not zero.").check()
    submit(themed, "Accepted")
    found += look(themed, "debug-accepted", theme)
    assert found == []


def test_pages_for_mentors(themed: Page, theme: str, mentor: Person, uploads: list[int]) -> None:
    sign_in(themed, mentor)
    good, poor = uploads
    for number, words in ((good, "Passed"), (poor, "not kept")):
        themed.goto(f"/mentor/uploads/{number}")
        expect(themed.locator("#check .card .head")).to_contain_text(words, timeout=JUDGED_MS)
    pages = MENTOR_PAGES | {
        "upload": f"/mentor/uploads/{good}",
        "upload-refused": f"/mentor/uploads/{poor}",
        "publish": f"/mentor/uploads/{good}/publish",
    }
    assert look_at(themed, pages, theme) == []


def test_dialogs(themed: Page, theme: str, student: Person) -> None:
    sign_in(themed, student)
    open_problem(themed)
    themed.get_by_role("button", name="Keys").click()
    found = look(themed, "keys", theme)
    themed.keyboard.press("Escape")
    themed.get_by_role("link", name="Find a problem").click()
    expect(themed.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    found += look(themed, "finder", theme)
    assert found == []


def test_pictures_for_the_readme(open_context: Callable[..., BrowserContext], student: Person) -> None:
    """The two that say most: a wrong answer, light; an accepted one, dark."""
    page = open_context(color_scheme="light", reduced_motion="reduce").new_page()
    sign_in(page, student)
    open_problem(page)
    write(page, WRONG)
    submit(page, "Wrong answer")
    page.mouse.move(0, 0)
    shoot(page, "wrong-answer")
    page.get_by_role("button", name="Switch between light and dark").click()
    write(page, RIGHT)
    submit(page, "Accepted")
    page.mouse.move(0, 0)
    shoot(page, "accepted")


@pytest.fixture(scope="module")
def mentor(make_person: Callable[..., Person]) -> Person:
    return make_person("Jonas Weber", Role.MENTOR)


@pytest.fixture(scope="module")
def uploads(live: Live, mentor: Person) -> list[int]:
    """Numbers of two packages sent in the mentor's name, a good one and a poor one; the worker's sweep finds them."""
    sent = package("from-the-template", new_package("from-the-template")), make_package("sent-too-early")

    def receive(session: Session) -> list[int]:
        user = accounts.find_by_email(session, mentor.email)
        assert user is not None
        return [receiving.receive(session, user, to_zip(one)).id for one in sent]

    return list(live.write(receive))


def test_the_states_of_an_interview(themed: Page, theme: str, student: Person, live: Live) -> None:
    live.write(knows_all_but(student, *FRESH))
    sign_in(themed, student)
    begin(themed, "backend-90")
    found = look(themed, "room-function", theme)
    write(themed, ADDS_UP)
    themed.get_by_role("button", name="Run").click()
    expect(themed.locator("#result-head")).to_contain_text("samples pass", timeout=JUDGED_MS)
    found += look(themed, "room-run", theme)
    themed.get_by_role("button", name="Submit").click()
    expect(themed.locator("#result-head")).to_contain_text("comes with the report", timeout=JUDGED_MS)
    found += look(themed, "room-submitted", theme)
    for letter, kind in (("B", "sql"), ("C", "service"), ("D", "quiz")):
        go_to_task(themed, letter)
        found += look(themed, f"room-{kind}", theme)
    themed.get_by_role("link", name="Hand in").click()
    expect(themed.get_by_role("button", name="Hand in")).to_be_visible()
    found += look(themed, "room-end", theme)
    themed.get_by_role("button", name="Hand in").click()
    expect(themed).to_have_url(REPORT, timeout=JUDGED_MS)
    expect(themed.get_by_role("heading", level=1)).to_contain_text("of 100", timeout=JUDGED_MS)
    themed.get_by_role("button", name="Next event").click()
    expect(themed.get_by_role("region", name="What this try changed")).to_be_visible()
    themed.get_by_text("All runs and submissions").click()
    themed.get_by_text("What counted").first.click()
    found += look(themed, "interview-report", theme)
    themed.goto("/interviews")
    found += look(themed, "interviews-done", theme)
    assert found == []


def test_a_talk_and_a_debugging_interview(themed: Page, theme: str, student: Person) -> None:
    sign_in(themed, student)
    begin(themed, "debug-30")
    found = look(themed, "room-debug", theme)
    themed.goto("/interviews")
    found += look(themed, "interviews-running", theme)
    themed.get_by_role("link", name="Back to the room").click()
    hand_in(themed, "Leave it")
    expect(themed.get_by_text("You left it early.")).to_be_visible()
    begin(themed, "screen-45")
    found += look(themed, "room-steps", theme)
    hand_in(themed, "Leave it")
    expect(themed.get_by_text("You left it early.")).to_be_visible()
    begin(themed, "talk-30")
    themed.get_by_role("textbox", name="Your answer").fill("A queue between the shop and the mails.")
    found += look(themed, "room-talk", theme)
    hand_in(themed)
    expect(themed.get_by_role("heading", name="What a strong answer contains").first).to_be_visible(timeout=JUDGED_MS)
    found += look(themed, "talk-report", theme)
    assert found == []
