"""What goes wrong in interviews: a line that is down, two devices, two tabs. What was acknowledged stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from tests.journeys.conftest import Live, Person
from tests.journeys.test_interview import REPORT, begin, hand_in, look_again, ring_in
from tests.journeys.tools import JUDGED_MS, axe, editor, see_saved, sign_in, write
from trainer.models import Interview, InterviewTask, Submission, User

pytestmark = pytest.mark.browser

FORM = "screen-45"
SUBMIT_IN_THE_LAST_SECOND = """() => {
    const left = document.querySelector("[data-left]");
    const timer = setInterval(() => {
        if (left.textContent !== "00:01") return;
        clearInterval(timer);
        document.querySelector("button[value=submit]").click();
        pressed(left.textContent);
    }, 50);
}"""


def interview_of(live: Live, student: Person) -> int:
    """Id of the student's one interview."""

    def find(session: Session) -> int:
        return session.scalars(sa.select(Interview.id).join(User).where(User.email == student.email)).one()

    found: int = live.write(find)
    return found


def sent_in(live: Live, interview_id: int) -> list[tuple[str, bool]]:
    """What was submitted: the text, and whether by the bell."""

    def find(session: Session) -> list[tuple[str, bool]]:
        query = sa.select(Submission.source, Submission.at_bell).join(InterviewTask)
        rows = session.execute(query.where(InterviewTask.interview_id == interview_id).order_by(Submission.id))
        return [(row.source, row.at_bell) for row in rows]

    found: list[tuple[str, bool]] = live.write(find)
    return found


def see_report(page: Page) -> None:
    expect(page).to_have_url(REPORT, timeout=JUDGED_MS)
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 100", timeout=JUDGED_MS)


def see_late(page: Page, text: str, of: str = "Python") -> None:
    task = page.locator("details.answer").filter(has_text="Something came after time")
    if task.get_attribute("open") is None:
        task.locator("summary").first.click()
    late = page.locator("details.rows", has_text=f"After time, not scored: {of}")
    late.locator("summary").click()
    expect(late.get_by_role("region")).to_have_text(text)


def test_what_was_typed_offline_across_the_bell_is_kept_as_after_time(
    open_context: Callable[..., BrowserContext], live: Live, student: Person
) -> None:
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    begin(page, FORM)
    write(page, "in_time = 1\n")
    see_saved(page)
    live.write(ring_in(8))
    look_again(page)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^00:0\d$"))
    context.set_offline(True)
    write(page, "too_late = 2\n")
    expect(page.locator("[data-note=offline]").first).to_contain_text("You can go on typing")
    expect(page.get_by_role("timer")).to_have_text("00:00")
    context.set_offline(False)
    see_report(page)
    see_late(page, "too_late = 2\n")
    assert sent_in(live, interview_of(live, student)) == [("in_time = 1\n", True)]


def test_what_a_closed_browser_still_had_is_kept_as_after_time(
    open_context: Callable[..., BrowserContext], live: Live, student: Person
) -> None:
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    begin(page, FORM)
    write(page, "in_time = 1\n")
    see_saved(page)
    context.route("**/texts/**", lambda route: route.abort())
    write(page, "never_arrived = 2\n")
    expect(page.locator("[data-note=offline]").first).to_be_visible()
    page.get_by_role("textbox", name="Clarify").fill("A late thought.")
    live.write(ring_in(0))
    page.close()
    context.unroute_all()

    again = context.new_page()
    again.goto(f"/interviews/{interview_of(live, student)}/tasks/1")
    see_report(again)
    see_late(again, "never_arrived = 2\n")
    see_late(again, "A late thought.", of="Clarify")


def test_two_devices_never_overwrite_each_other_unasked(
    open_context: Callable[..., BrowserContext], live: Live, student: Person
) -> None:
    here, there = open_context().new_page(), open_context().new_page()
    for page in (here, there):
        sign_in(page, student)
    begin(here, FORM)
    there.goto("/interviews")
    there.get_by_role("link", name="Back to the room").click()
    write(there, "typed = 'there'\n")
    see_saved(there)
    write(here, "typed = 'here'\n")
    note = here.locator("[data-note=newer]")
    expect(note).to_contain_text("Yours stays until you choose")
    expect(editor(here)).to_contain_text("here")
    live.write(ring_in(4))
    for page in (here, there):
        look_again(page)
        see_report(page)
    here.reload()
    see_late(here, "typed = 'here'\n")
    assert sent_in(live, interview_of(live, student)) == [("typed = 'there'\n", True)]


def test_start_pressed_twice_begins_one_interview(page: Page, live: Live, student: Person) -> None:
    sign_in(page, student)
    page.goto(f"/interviews/new/{FORM}")
    second = page.context.new_page()
    second.goto(f"/interviews/new/{FORM}")
    page.get_by_role("button", name="Start").dblclick()
    expect(page.get_by_role("timer")).to_be_visible()
    second.get_by_role("button", name="Start").click()
    expect(second.get_by_role("timer")).to_be_visible()
    assert second.url == page.url
    interview_of(live, student)


def test_submitting_from_two_tabs_at_the_bell_is_judged_once_each_at_most(
    page: Page, live: Live, student: Person
) -> None:
    sign_in(page, student)
    begin(page, FORM)
    second = page.context.new_page()
    second.goto(page.url)
    write(page, "answer = 1\n")
    see_saved(page)
    expect(editor(second)).to_be_visible()
    second.reload()
    expect(editor(second)).to_contain_text("answer = 1")
    pressed: list[str] = []
    page.context.expose_function("pressed", lambda words: pressed.append(words))
    live.write(ring_in(5))
    for one in (page, second):
        one.evaluate(SUBMIT_IN_THE_LAST_SECOND)
        look_again(one)
    for one in (page, second):
        see_report(one)
    assert pressed == ["00:01"] * 2
    by_hand = [source for source, at_bell in sent_in(live, interview_of(live, student)) if not at_bell]
    by_bell = [source for source, at_bell in sent_in(live, interview_of(live, student)) if at_bell]
    assert len(by_hand) <= 2
    assert by_bell == ([] if by_hand else ["answer = 1\n"])


def test_a_tab_on_practice_says_that_the_problem_is_in_the_interview(page: Page, live: Live, student: Person) -> None:
    sign_in(page, student)
    begin(page, FORM)

    interview_id = interview_of(live, student)

    def drawn(session: Session) -> str:
        [task] = session.get_one(Interview, interview_id).tasks
        assert task.version is not None
        return task.version.problem.slug

    address = f"/problems/{live.write(drawn)}"
    second = page.context.new_page()
    second.goto(address)
    expect(second.get_by_text("This problem could be in your interview.")).to_be_visible()
    hand_in(page)
    see_report(page)
    second.goto(address)
    expect(editor(second)).to_be_visible()


def test_a_change_of_timezone_changes_the_words_and_not_the_time(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    here = open_context(timezone_id="Europe/Berlin")
    page = here.new_page()
    sign_in(page, student)
    begin(page, FORM)
    there = open_context(timezone_id="Asia/Kathmandu", storage_state=here.storage_state())
    other = there.new_page()
    other.goto(page.url)
    left = [one.get_by_role("timer").inner_text() for one in (page, other)]
    seconds = [60 * int(words[:2]) + int(words[3:5]) for words in left]
    assert abs(seconds[0] - seconds[1]) <= 2
    ends = [one.locator("[data-clock-time]").inner_text() for one in (page, other)]
    assert ends[0] != ends[1]


def test_handing_in_takes_along_what_was_typed_the_moment_before(page: Page, live: Live, student: Person) -> None:
    sign_in(page, student)
    begin(page, FORM)
    write(page, "last_words = 3\n")
    hand_in(page)
    see_report(page)
    assert sent_in(live, interview_of(live, student)) == [("last_words = 3\n", True)]
    expect(page.get_by_text("After time")).to_have_count(0)
    page.get_by_text("Replay: every text").click()
    player = page.locator("[data-replay]")
    expect(player.get_by_role("slider")).to_be_enabled()
    player.get_by_role("slider").press("End")
    expect(player.locator("[data-text]")).to_contain_text("last_words")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_run_without_own_input_leads_to_where_it_is_written(page: Page, student: Person, width: int) -> None:
    sign_in(page, student)
    page.set_viewport_size({"width": width, "height": 844})
    begin(page, FORM)
    page.evaluate("location.hash = '#code'")
    expect(editor(page)).to_be_visible()
    page.get_by_role("button", name="Run").click()
    said = page.locator("[data-own] .err:visible")
    expect(said).to_have_text(
        "In this interview only your own input runs. Write one under Your input, among the results."
    )
    expect(page.locator("[data-own] textarea").first).to_be_focused()
    expect(page.locator("[data-own] textarea").first).to_be_in_viewport()
    expect(said).to_be_in_viewport(ratio=1)
    assert axe(page) == []


def test_in_a_room_a_submission_is_opened_again_and_what_stood_there_is_in_the_scratchpad(
    page: Page, student: Person
) -> None:
    sign_in(page, student)
    begin(page, FORM)
    write(page, "# submitted\n")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Received")).to_be_visible(timeout=JUDGED_MS)
    write(page, "# typed since\n")
    see_saved(page)
    page.locator("#room-sent summary").click()
    page.locator("#room-sent a").click()
    assert axe(page) == []
    page.get_by_role("button", name="Open this code").click()
    expect(editor(page)).to_have_text("# submitted")
    page.get_by_text("Scratchpad, for all tasks").click()
    pad = page.get_by_label("Scratchpad")
    expect(pad).to_have_value("── Task A, what stood there before try 1 was opened ──\n\n# typed since\n")
    editor(page).click()
    page.keyboard.press("Control+z")
    expect(editor(page)).to_have_text("# typed since")
    expect(page.locator("[data-box=scratchpad] [data-saved][data-state=saved]")).to_be_visible()
