"""axe finds nothing, on any page, in either theme; presses hit, texts can be read; pictures to judge beside the mocks.

Pictures are taken where SCREENSHOTS names a folder for them: `SCREENSHOTS=shots make test ARGS=tests/journeys`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from tests.factories import make_package, publish_package
from tests.journeys.conftest import BANK, PHONE, WIDE, Live, Person, person_maker, serving
from tests.journeys.hits import MISSES
from tests.journeys.test_debug import MENDED
from tests.journeys.test_first_minutes import HEALTHY
from tests.journeys.test_interview import FRESH, REPORT, begin, go_to_task, hand_in, knows_all_but, leave
from tests.journeys.texts import CLASHES, UNMARKED
from tests.journeys.tools import (
    JUDGED_MS,
    RATE_LIMITER,
    RIGHT,
    RULES_OF_COLOURS,
    WRONG,
    axe,
    editor,
    judged,
    open_files,
    open_problem,
    see_checked,
    see_started,
    settle,
    sign_in,
    submit,
    write,
    write_file,
)
from trainer.bank.archives import to_zip
from trainer.bank.files import package
from trainer.bank.template import new_package
from trainer.models import Role
from trainer.services import accounts
from trainer.services import uploads as receiving

pytestmark = pytest.mark.browser

ADDS_UP = (BANK / "health-check-status" / "submissions" / "wrong_answer" / "adds_up.py").read_text()
INNER_JOIN = (BANK / "stopped-ordering" / "submissions" / "wrong_answer" / "inner_join.sql").read_text()
CUT_TEXTS = """() => [...document.querySelectorAll("svg.chart text")].filter((text) => {
    const [inner, outer] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
    return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1);
}).map((text) => text.textContent)"""
BROKEN_NAMES = """() => [...document.querySelectorAll(".prose :is(td, th) code:not(.long)")]
    .filter((name) => name.getClientRects().length > 1).map((name) => name.textContent)"""
"""Names in tables that go on in the next line: a contract is its words."""
SHOTS = os.environ.get("SCREENSHOTS")
GUEST_PAGES = {
    "useless-link": "/link/used-already",
    "front": "/",
    "problems-guest": "/problems",
    "problem-guest": f"/problems/{RATE_LIMITER}",
    "service-guest": "/problems/keep-a-note",
    "debug-guest": "/problems/page-two",
    "sign-in": "/sign-in",
    "sign-up": "/sign-up",
    "forgot": "/forgot",
    "where-is": "/where-is",
    "judging": "/how-judging-works",
    "words": "/help/words",
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
    "attempts": "/problems/session-store/attempts",
    "your-reports": "/reports",
    "interviews": "/interviews",
    "interview-lobby": "/interviews/new/backend-90",
    "account": "/account",
    "delete": "/account/delete",
}
MENTOR_PAGES = {"mentor": "/mentor", "reports": "/mentor/reports", "students": "/accounts"}
ADMIN_PAGES = {
    "accounts": "/accounts",
    "workers": "/workers",
    "accounts-nobody": "/accounts?q=zeppelin",
    "accounts-add": "/accounts/add",
    "sign-up-rule": "/accounts/sign-up",
}


@pytest.fixture
def still(open_context: Callable[..., BrowserContext]) -> Page:
    """A page on which nothing moves, so that each picture shows its last state."""
    return open_context(color_scheme="light", reduced_motion="reduce").new_page()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_has_the_systems_theme_until_one_is_chosen(
    open_context: Callable[..., BrowserContext], theme: Literal["light", "dark"]
) -> None:
    other: Literal["light", "dark"] = "dark" if theme == "light" else "light"
    page = open_context(color_scheme=theme).new_page()
    page.goto("/how-judging-works")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    expect(page.locator("html.started")).to_be_attached()
    for seen in (other, theme):
        page.emulate_media(color_scheme=seen)
        expect(page.locator("html")).to_have_attribute("data-theme", seen)
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", other)
    for now in (other, theme):
        page.emulate_media(color_scheme=now)
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-theme", other)


def look(page: Page, name: str) -> list[str]:
    """Take pictures, wide and on a phone, light and dark, and return what axe finds and presses miss.

    Dark differs in colours alone.
    """
    expect(page.locator("main")).to_be_visible()
    see_started(page)
    page.evaluate("() => document.fonts.ready")
    found = []
    for size, where in ((WIDE, ""), (PHONE, "-phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for theme, rules in (("light", None), ("dark", RULES_OF_COLOURS)):
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            shoot(page, f"{name}-{theme}{where}")
            found += [f"{name}, {theme}{where}: {line}" for line in axe(page, rules)]
        found += [f"{name}{where}: {text!r} leaves its chart" for text in page.evaluate(CUT_TEXTS)]
        found += [f"{name}{where}: {broken!r} is broken" for broken in page.evaluate(BROKEN_NAMES)]
        found += [f"{name}{where}: {miss}" for miss in page.evaluate(MISSES)]
        page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found + look_otherwise(page, name)


def look_otherwise(page: Page, name: str) -> list[str]:
    """Take pictures with letters of twice the size, with forced colours and on paper, and return what clashes there."""
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    settle(page)
    found = [f"{name}, large letters: {clash}" for clash in page.evaluate(CLASHES)]
    shoot(page, f"{name}-large")
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    page.emulate_media(forced_colors="active")
    found += [f"{name}, forced colours: {text}" for text in page.evaluate(UNMARKED)]
    shoot(page, f"{name}-forced")
    page.emulate_media(forced_colors="none", media="print")
    found += [f"{name}, on paper: {clash}" for clash in page.evaluate(CLASHES)]
    shoot(page, f"{name}-paper")
    page.emulate_media(media="screen")
    return found


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        is_whole = page.locator("main.work").count() == 0 or name.endswith("-paper")
        page.screenshot(path=Path(SHOTS, f"{name}.png"), full_page=is_whole)


def look_at(page: Page, addresses: dict[str, str]) -> list[str]:
    found = []
    for name, address in addresses.items():
        page.goto(address)
        found += look(page, name)
    return found


def test_pages_for_guests(still: Page) -> None:
    assert look_at(still, GUEST_PAGES) == []


def test_pages_for_students(still: Page, student: Person) -> None:
    sign_in(still, student)
    assert look_at(still, {"progress-empty": "/progress"} | STUDENT_PAGES) == []


def test_a_new_key_can_be_read_whole(still: Page, student: Person) -> None:
    sign_in(still, student)
    still.goto("/account")
    still.get_by_label("Name of the new key").fill("laptop")
    still.get_by_label("Scope").select_option("read")
    still.get_by_role("button", name="Create a key").click()
    key = still.get_by_label("New key", exact=True)
    expect(key).to_have_value(re.compile("^trainer_"))
    assert look(still, "account-new-key") == []
    for size in (WIDE, PHONE):
        still.set_viewport_size(size)  # type: ignore[arg-type]
        hidden = "(box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]"
        assert key.evaluate(hidden) == [0, 0]


def test_the_states_of_the_problem_page(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_problem(still)
    found = look(still, "problem")
    write(still, WRONG.replace("    return answers", "    print(clients[:3], answers[:3])\n    return answers"))
    submit(still, "Wrong answer")
    found += look(still, "problem-wrong-answer")
    still.get_by_role("tab", name="Attempts").click()
    still.get_by_role("link", name="1 Wrong answer").click()
    expect(still.get_by_role("heading", name="Try 1")).to_be_visible()
    found += look(still, "problem-attempts")
    still.get_by_role("tab", name="Statement").click()
    still.get_by_role("button", name="Hint 1 of 3").click()
    expect(still.get_by_text("What must you remember?")).to_be_visible()
    write(still, RIGHT)
    submit(still, "Accepted")
    found += look(still, "problem-accepted")
    still.get_by_role("tab", name="Solution").click()
    found += look(still, "solution")
    still.goto("/progress")
    found += look(still, "progress")
    still.goto("/")
    found += look(still, "home")
    assert found == []


def test_a_timer_and_own_cases_that_fail(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_problem(still, "health-check-status")
    still.locator(".timer > summary").click()
    shoot(still, "problem-timer-choice")
    found = [f"problem-timer-choice: {line}" for line in axe(still)]
    still.get_by_role("button", name="25 minutes").click()
    expect(still.get_by_role("timer")).to_have_text(re.compile(r"^24:"))
    found += look(still, "problem-timer")
    still.get_by_role("tab", name="Your input").click()
    for name, expected in (("as the sample", None), ("wrong on purpose", "[]")):
        still.get_by_role("button", name="New case").click()
        still.get_by_label("Fill from a sample case").select_option(index=1)
        still.get_by_label("Name of the case").fill(name)
        if expected:
            still.get_by_label("Expected value").fill(expected)
    found += look(still, "problem-own-cases")
    write(still, HEALTHY)
    with judged(still):
        still.get_by_role("button", name="Run").click()
    expect(still.locator("#result-head")).to_contain_text("1 of 2 own cases give what you expect.")
    found += look(still, "problem-own-case-fails")
    assert found == []


def test_extra_time(
    still: Page, open_context: Callable[..., BrowserContext], student: Person, make_person: Callable[..., Person]
) -> None:
    """Where an admin gives it, and where its student meets it."""
    helper = open_context(color_scheme="light", reduced_motion="reduce").new_page()
    sign_in(helper, make_person("Noor Haddad", Role.ADMIN))
    helper.goto(f"/accounts?q={student.email}")
    helper.get_by_role("table").get_by_role("link", name=student.name).click()
    helper.get_by_role("radio", name="× 1.5").check()
    helper.get_by_role("button", name="Save the time").click()
    expect(helper.get_by_text("1.5 times the usual time")).to_be_visible()
    found = look(helper, "account-extra-time")
    helper.goto(f"/accounts?q={student.email}")
    found += look(helper, "accounts-extra-time")
    sign_in(still, student)
    still.goto("/interviews/new/debug-30")
    found += look(still, "interview-lobby-extra-time")
    begin(still, "debug-30")
    found += look(still, "room-extra-time")
    leave(still)
    assert found == []


def test_the_states_of_the_editor(still: Page, student: Person) -> None:
    sign_in(still, student)
    still.goto(f"/problems/{RATE_LIMITER}#code")
    editor(still).click()
    expect(editor(still)).to_have_attribute("aria-autocomplete", "list")
    write(still, "import heapq\n\n\n" + RIGHT)
    still.keyboard.press("Control+Home")
    still.keyboard.press("Control+f")
    still.keyboard.type("client")
    expect(still.locator(".cm-searchMatch").first).to_be_visible()
    found = look(still, "editor-find")
    still.keyboard.press("Escape")
    still.get_by_role("button", name="Editor settings").click()
    settings = still.get_by_role("dialog", name="Editor")
    expect(settings).to_be_visible()
    found += look(still, "editor-settings")
    settings.get_by_label("Key bindings").select_option("vim")
    expect(still.locator(".cm-vim-panel")).to_be_visible()
    still.keyboard.press("Escape")
    editor(still).click()
    still.keyboard.type("gg:2,3s/a")
    found += look(still, "editor-vim-command")
    still.keyboard.press("Escape")
    still.keyboard.type("ggjoheapq.heap")
    words = still.get_by_role("listbox", name="Completions")
    expect(words).to_be_visible()
    still.keyboard.press("ArrowDown")
    expect(words.locator("[aria-selected]")).to_have_count(1)
    found += look(still, "editor-words")
    assert found == []


def test_errors_of_a_program(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_problem(still)
    write(still, "def allowed(seconds, clients, limit, window_s):\n    return seconds[99]\n")
    submit(still, "Run-time error")
    found = look(still, "problem-run-time-error")
    write(still, "def allowed(seconds, clients, limit, window_s)\n    return []\n")
    submit(still, "Compile error")
    found += look(still, "problem-compile-error")
    assert found == []


def test_the_states_of_queries(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_problem(still, "stopped-ordering")
    found = look(still, "query")
    write(still, INNER_JOIN)
    submit(still, "Wrong answer")
    found += look(still, "query-wrong-answer")
    assert found == []


def test_the_states_of_services(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_files(still, "keep-a-note")
    found = look(still, "service")
    still.get_by_role("button", name="Start", exact=True).click()
    expect(still.locator("[data-console-state]")).to_contain_text("running", timeout=JUDGED_MS)
    still.get_by_role("region", name="Request console").get_by_label("Path").fill("/notes/7")
    still.get_by_role("button", name="Send").click()
    expect(still.locator("[data-answer-status]")).to_contain_text("404")
    found += look(still, "service-console")
    submit(still, "Wrong answer")
    found += look(still, "service-wrong-answer")
    write_file(still, "app.py", "raise SystemExit('no')\n")
    submit(still, "Run-time error")
    found += look(still, "service-run-time-error")
    still.get_by_role("button", name="New file").click()
    found += look(still, "service-new-file")
    assert found == []


def test_the_states_of_debugging(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_files(still, "page-two")
    still.locator("details.cause > summary").click()
    still.get_by_role("radio", name="The limit is too small.").check()
    found = look(still, "debug")
    write_file(still, "app.py", MENDED)
    submit(still, "Wrong answer")
    found += look(still, "debug-wrong-answer")
    still.get_by_role("radio", name="The offset of the first page is not zero.").check()
    submit(still, "Accepted")
    found += look(still, "debug-accepted")
    assert found == []


def test_pages_for_mentors(still: Page, mentor: Person, uploads: list[int]) -> None:
    sign_in(still, mentor)
    good, poor = uploads
    for number, outcome in ((good, "Passed"), (poor, "failed")):
        still.goto(f"/mentor/uploads/{number}")
        see_checked(still, outcome)
    pages = MENTOR_PAGES | {
        "upload": f"/mentor/uploads/{good}",
        "upload-refused": f"/mentor/uploads/{poor}",
        "publish": f"/mentor/uploads/{good}/publish",
    }
    assert look_at(still, pages) == []


@pytest.fixture
def own(small_bank: Path, tmp_path: Path) -> Iterator[Live]:
    """A trainer of one test's own, whose problems no other test sees."""
    with serving(small_bank, tmp_path) as served:
        yield served


def test_pages_of_rejudging(open_context: Callable[..., BrowserContext], own: Live) -> None:
    """A student's answer is right by the first version of a problem, and wrong by the second."""
    first = make_package("twice-judged")
    files = first.files
    secret = files["data/secret.yaml"].replace(b"expected: -8", b"expected: 8")
    own.write(lambda session: publish_package(session, first) and None)
    make = person_maker(own)
    student, mentor = make(), make("Jonas Weber", Role.MENTOR)
    still = open_context(color_scheme="light", reduced_motion="reduce", base_url=own.url).new_page()
    theirs = open_context(base_url=own.url).new_page()
    sign_in(theirs, student)
    open_problem(theirs, "twice-judged")
    write(theirs, "def double(number):\n    return 2 * number\n")
    submit(theirs, "Accepted")
    stricter = package("twice-judged", {**files, "data/secret.yaml": secret})
    own.write(lambda session: publish_package(session, stricter) and None)
    sign_in(still, mentor)
    still.goto("/mentor")
    still.get_by_role("link", name="Rejudge Twice judged").click()
    found = look(still, "rejudging-before")
    still.get_by_role("button", name="Rejudge").click()
    expect(still.get_by_role("heading", name="Rejudged")).to_be_visible(timeout=JUDGED_MS)
    expect(still.get_by_role("row", name=student.email)).to_contain_text("Wrong answer")
    found += look(still, "rejudging")
    still.get_by_role("button", name="Change 1 verdict").click()
    expect(still.get_by_role("heading", name="Nothing to rejudge")).to_be_visible()
    found += look(still, "rejudging-after")
    assert found == []


def test_dialogs(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_problem(still)
    still.get_by_role("button", name="Keyboard shortcuts").click()
    found = look(still, "keys")
    still.keyboard.press("Escape")
    still.get_by_role("link", name="Find a problem").click()
    still.get_by_role("combobox", name="Find a problem").fill("lru")
    options = still.get_by_role("dialog").get_by_role("option")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("found as: lru cache")
    found += look(still, "finder")
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


def test_the_states_of_an_interview(still: Page, student: Person, live: Live) -> None:
    live.write(knows_all_but(student, *FRESH))
    sign_in(still, student)
    begin(still, "backend-90")
    found = look(still, "room-function")
    write(still, ADDS_UP)
    still.get_by_role("button", name="Run").click()
    expect(still.locator("#result-head")).to_contain_text("Samples pass", timeout=JUDGED_MS)
    found += look(still, "room-run")
    still.get_by_role("button", name="Submit").click()
    expect(still.locator("#result-head")).to_contain_text("comes with the report", timeout=JUDGED_MS)
    found += look(still, "room-submitted")
    for letter, kind in (("B", "sql"), ("C", "service"), ("D", "quiz")):
        go_to_task(still, letter)
        found += look(still, f"room-{kind}")
    still.get_by_role("link", name="Hand in").click()
    expect(still.get_by_role("button", name="Hand in")).to_be_visible()
    found += look(still, "room-end")
    still.get_by_role("button", name="Hand in").click()
    expect(still).to_have_url(REPORT, timeout=JUDGED_MS)
    expect(still.get_by_role("heading", level=1)).to_contain_text("of 100", timeout=JUDGED_MS)
    answer = still.get_by_role("region", name="The submission that counted for task A")
    expect(answer).to_be_hidden()
    expect(still.get_by_role("button", name="Save the rubric")).to_be_hidden()
    assert still.locator("main").bounding_box()["height"] < 1400  # type: ignore[index]
    found += look(still, "interview-report-folded")
    still.emulate_media(media="print")
    expect(answer).to_be_visible()
    still.emulate_media(media="screen")
    still.get_by_text("Replay: every text").click()
    still.get_by_role("button", name="Next event").click()
    expect(still.get_by_role("region", name="What this try changed")).to_be_visible()
    still.get_by_text("All runs and submissions").click()
    still.get_by_text("Task A", exact=True).locator("visible=true").last.click()
    still.get_by_text("Say yourself how it went").click()
    expect(answer).to_be_visible()
    found += look(still, "interview-report")
    still.goto("/interviews")
    found += look(still, "interviews-done")
    assert found == []


def test_a_talk_and_a_debugging_interview(still: Page, student: Person) -> None:
    sign_in(still, student)
    begin(still, "debug-30")
    found = look(still, "room-debug")
    still.goto("/interviews")
    found += look(still, "interviews-running")
    still.get_by_role("link", name="Back to the room").click()
    leave(still)
    begin(still, "screen-45")
    found += look(still, "room-steps")
    leave(still)
    begin(still, "talk-30")
    still.get_by_role("textbox", name="Your answer").fill("A queue between the shop and the mails.")
    found += look(still, "room-talk")
    hand_in(still)
    expect(still.get_by_role("heading", name="What a strong answer contains").first).to_be_visible(timeout=JUDGED_MS)
    found += look(still, "talk-report")
    assert found == []


def test_without_colours_what_differs_and_what_is_chosen_is_marked(still: Page, student: Person) -> None:
    sign_in(still, student)
    open_problem(still)
    write(still, WRONG)
    submit(still, "Wrong answer")
    marks = """() => [
        getComputedStyle(document.querySelector(".diff ins")).textDecorationLine,
        getComputedStyle(document.querySelector(".diff del")).textDecorationLine,
        getComputedStyle(document.querySelector(".tabs > [aria-selected=true]"), "::after").backgroundColor,
    ]"""
    still.emulate_media(forced_colors="active")
    added, taken, chosen = still.evaluate(marks)
    assert (added, taken) == ("underline", "line-through")
    assert chosen == still.evaluate("() => getComputedStyle(document.body).color")
    shoot(still, "problem-forced-colours")


def test_paper_is_light_in_both_themes(still: Page) -> None:
    still.goto("/how-judging-works")
    colours = """() => [document.body, document.querySelector("h1")].map((one) => getComputedStyle(one).color)"""
    still.emulate_media(media="print")
    light = still.evaluate(colours)
    still.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    assert still.evaluate(colours) == light
    still.emulate_media(media="screen")
    assert still.evaluate(colours) != light
