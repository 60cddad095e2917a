"""A student sits a whole interview: leaves, comes back, is cut off at the bell, reads the report; a mentor reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy.orm import Session

from tests.journeys.conftest import BANK, PHONE, Live, Person
from tests.journeys.tools import JUDGED_MS, axe, boxes, editor, see_saved, sign_in, write
from trainer.clock import now
from trainer.models import Interview, Problem, Role, User
from trainer.services import attempts

pytestmark = pytest.mark.browser

REPORT = re.compile(r"/interviews/\d+$")
FRESH = ("health-check-status", "stopped-ordering", "keep-a-note", "who-is-asking")
"""What a Backend-90 is drawn from for somebody who knows everything else."""
CHECKS = (BANK / "health-check-status" / "submissions" / "accepted" / "carry.py").read_text()
QUERY = (BANK / "stopped-ordering" / "submissions" / "accepted" / "left_join.sql").read_text()


LEAVES_ITS_PAPER = """() => [...document.querySelectorAll(".chart.minutes :is(text, rect, .sign)")].filter((one) => {
    const [inner, outer] = [one, one.closest(".card")].map((part) => part.getBoundingClientRect());
    return inner.left < outer.left || inner.right > outer.right || !one.checkVisibility();
}).map((one) => one.outerHTML)"""


def begin(page: Page, form: str) -> None:
    page.goto(f"/interviews/new/{form}")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("timer")).to_be_visible()
    expect(page.get_by_role("timer")).to_have_attribute("data-late", re.compile("[01]"))  # its script is at work


def knows_all_but(student: Person, *slugs: str) -> Callable[[Session], None]:
    """Let the student have worked at all other problems, so that these are drawn: other journeys publish more."""

    def verb(session: Session) -> None:
        user_id = session.scalars(sa.select(User.id).where(User.email == student.email)).one()
        for problem_id in session.scalars(sa.select(Problem.id).where(Problem.slug.not_in(slugs))):
            attempts.touch(session, user_id, problem_id)

    return verb


def hand_in(page: Page, how: str = "Hand in") -> None:
    page.get_by_role("link", name="Hand in").first.click()
    page.get_by_role("button", name=how).click()
    expect(page).to_have_url(REPORT, timeout=JUDGED_MS)


def leave(page: Page) -> None:
    """Leave without handing in: what that means stands there before the button does."""
    page.get_by_role("link", name="Hand in").first.click()
    button = page.get_by_role("button", name="Leave the interview")
    expect(button).to_be_hidden()
    page.get_by_text("Leave without handing in").click()
    expect(page.get_by_text("Nothing more is submitted")).to_be_visible()
    button.click()
    expect(page).to_have_url(REPORT, timeout=JUDGED_MS)
    expect(page.get_by_text("You left it early")).to_be_visible()


def go_to_task(page: Page, letter: str) -> None:
    page.get_by_role("navigation", name="Tasks").get_by_role("link", name=re.compile(f"^{letter}")).click()
    expect(page.get_by_role("region", name="Task")).to_contain_text(f"Task {letter}")


def ring_in(seconds: float) -> Callable[[Session], None]:
    """Let all running interviews end after so many seconds."""

    def verb(session: Session) -> None:
        moment = now() + timedelta(seconds=seconds)
        session.execute(sa.update(Interview).where(Interview.closed_at.is_(None)).values(bell_at=moment))

    return verb


def look_again(page: Page) -> None:
    """The page hears of the bell as when its tab is looked at again."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def press_play(player: Locator) -> str:
    """What the button says at once: a short interview is played in a moment."""
    button = player.get_by_role("button", name="Play")
    said: str = button.evaluate("button => { button.click(); return button.textContent; }")
    return said.strip()


def test_a_backend_interview_is_left_resumed_and_cut_off_at_the_bell(
    open_context: Callable[..., BrowserContext], live: Live, make_person: Callable[..., Person]
) -> None:
    student, mentor = make_person(), make_person(role=Role.MENTOR)
    live.write(knows_all_but(student, *FRESH))
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    begin(page, "backend-90")
    assert axe(page) == []
    write(page, CHECKS)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("#result-head")).to_contain_text("Its verdict comes with the report", timeout=JUDGED_MS)

    go_to_task(page, "B")
    write(page, "SELECT 1")
    see_saved(page)
    page.close()

    page = context.new_page()
    page.goto("/interviews")
    page.get_by_role("link", name="Back to the room").click()
    go_to_task(page, "B")
    expect(editor(page)).to_contain_text("SELECT 1")
    write(page, QUERY)
    live.write(ring_in(6))
    look_again(page)
    expect(page).to_have_url(REPORT, timeout=JUDGED_MS)

    expect(page.get_by_role("heading", level=1)).to_contain_text("of 100", timeout=3 * JUDGED_MS)
    by_task = page.get_by_role("table", name="Points by task")
    for words in ("18 / 18", "20 / 20", "when the time was over", "nothing submitted"):
        expect(by_task).to_contain_text(words)
    expect(page.get_by_text("Task A is right, with the first submission.")).to_be_visible()
    page.get_by_text("Replay: every text").click()
    player = page.locator("[data-replay]")
    expect(player.locator("[data-text]")).not_to_be_empty()
    expect(player.get_by_role("slider")).to_be_enabled()
    player.get_by_role("slider").press("End")
    expect(player.locator("[data-text]")).to_contain_text("SELECT")
    player.get_by_role("button", name="Event before").click()
    assert press_play(player) == "Pause"
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    assert axe(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".chart.minutes .sign")).not_to_have_count(0)
    assert page.evaluate(LEAVES_ITS_PAPER) == []
    expect(by_task.get_by_text("when the time was over")).to_be_visible()
    page.emulate_media(media="screen")

    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_role("textbox", name="The link").input_value()
    reader = open_context().new_page()
    sign_in(reader, mentor)
    reader.goto(link)
    reader.get_by_role("button", name="Read it").click()
    reader.get_by_role("group", name="Verification").get_by_role("radio").nth(1).check()
    reader.get_by_role("textbox", name="Remark on verification").fill("No edge case was tried.")
    reader.get_by_role("button", name="Save the rubric").click()
    expect(reader.get_by_text("The rubric is saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("No edge case was tried.")).to_be_visible()


def test_the_clock_is_right_whatever_the_browser_believes(page: Page, student: Person) -> None:
    """A wrong clock of the computer, three hours ahead, changes nothing."""
    sign_in(page, student)
    page.add_init_script("const real = Date.now; Date.now = () => real() + 3 * 3600 * 1000;")
    begin(page, "debug-30")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^0[45]:\d\d$"))
    page.get_by_role("button", name="Hide the clock").click()
    expect(page.get_by_role("timer")).not_to_be_visible()
    page.get_by_role("button", name="Show the clock").click()
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("0 of 100", timeout=JUDGED_MS)


def test_a_talk_on_a_phone(open_context: Callable[..., BrowserContext], student: Person) -> None:
    page = open_context(viewport=PHONE).new_page()
    sign_in(page, student)
    begin(page, "talk-30")
    page.get_by_role("textbox", name="Your answer").fill("A queue between the shop and the mails.")
    see_saved(page)
    assert axe(page) == []
    page.get_by_role("link", name="Next question").click()
    expect(page.get_by_role("heading", name="Question B")).to_be_visible()
    hand_in(page)
    expect(page.get_by_role("heading", name="What a strong answer contains").first).to_be_visible(timeout=JUDGED_MS)
    expect(page.get_by_text("A queue between the shop and the mails.")).to_be_visible()


def test_the_clock_hears_of_extra_time_with_the_next_text_that_is_saved(
    page: Page, student: Person, live: Live
) -> None:
    live.write(knows_all_but(student, *FRESH))
    sign_in(page, student)
    begin(page, "backend-90")
    with page.expect_response(re.compile(r"/api/v1/interviews/\d+$")):
        look_again(page)
    page.route(re.compile(r"/api/v1/interviews/\d+$"), lambda route: route.abort())  # it cannot ask by itself
    live.write(ring_in(2 * 3600))
    write(page, CHECKS)
    see_saved(page)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^1:5\d:\d\d$"))
    leave(page)


def test_thinking_stands_beside_the_code_and_the_clock_speaks_without_a_tick(
    page: Page, live: Live, student: Person
) -> None:
    sign_in(page, student)
    begin(page, "screen-45")
    (thinking,) = boxes(page.get_by_role("region", name="Thinking"))
    (code,) = boxes(page.get_by_role("region", name="Editor", exact=True))
    assert thinking["left"] >= code["right"]
    assert thinking["top"] < code["bottom"]
    page.get_by_role("link", name="Next: Plan").click()
    expect(page.get_by_role("textbox", name="Plan")).to_be_focused()
    expect(page.get_by_role("link", name="Next: Complexity")).to_be_visible()

    live.write(ring_in(63))
    page.reload()
    toast = page.locator(".toast")
    expect(toast).to_contain_text("One minute left.")
    expect(toast.locator("use")).to_have_attribute("href", re.compile("#i-clock$"))

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_role("navigation", name="Parts of the page").get_by_role("link", name="Thinking").click()
    page.get_by_role("link", name="Complexity").first.click()
    expect(page.get_by_role("textbox", name="Complexity")).to_be_visible()


def test_the_next_task_is_one_press_away(page: Page, live: Live, student: Person) -> None:
    live.write(knows_all_but(student, *FRESH))
    sign_in(page, student)
    begin(page, "backend-90")
    page.get_by_role("link", name="Next task").click()
    expect(page.get_by_role("region", name="Task")).to_contain_text("Task B")
    cut = "parts => parts.filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.textContent)"
    assert page.locator("#statement > .phead, #statement > .phead > *").evaluate_all(cut) == []
