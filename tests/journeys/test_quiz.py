"""A student answers a quiz: wrongly, reads why, then rightly; answers are kept, and everything works by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import BANK, PHONE, WIDE, Person
from tests.journeys.test_accessibility import look
from tests.journeys.test_without_scripts import see
from tests.journeys.tools import JUDGED_MS, axe, judged, see_saved, see_verdict, sign_in, submit
from trainer.bank.files import load_folder
from trainer.bank.package import read_package
from trainer.bank.questions import Question, QuestionType

pytestmark = pytest.mark.browser

SLUG = "who-is-asking"
QUIZ = read_package(load_folder(BANK / SLUG).files, SLUG)
ORDER, MULTIPLE, NUMBER, SINGLE, MATCH = QUIZ.questions


def card(page: Page, question: Question) -> Locator:
    return page.get_by_role("article", name=question.heading)


def open_quiz(page: Page) -> None:
    page.goto(f"/problems/{SLUG}")
    expect(card(page, ORDER)).to_be_visible()


def choose(page: Page, question: Question, right: bool) -> None:
    """Take the right choices, or one of the others."""
    taken = [choice.id for choice in question.choices if choice.right == right][: None if right else 1]
    for choice in question.choices:
        box = card(page, question).locator(f"input[value='{choice.id}']")
        if choice.id in taken:
            box.check()
        elif question.type is QuestionType.MULTIPLE:
            box.uncheck()


def put_in_order(page: Page, question: Question) -> None:
    for place, item in enumerate(question.choices):
        row = card(page, question).locator(f"[data-item='{item.id}']")
        while row.evaluate("row => [...row.parentElement.children].indexOf(row)") > place:
            row.locator("[data-move='-1']").click()


def match(page: Page, question: Question) -> None:
    for left, right in zip(question.lefts, question.choices, strict=False):
        card(page, question).locator(f"[data-left='{left.id}']").select_option(right.id)


def answer_rightly(page: Page) -> None:
    put_in_order(page, ORDER)
    choose(page, MULTIPLE, right=True)
    card(page, NUMBER).get_by_label("Your answer").fill(f"{NUMBER.answer},0 {NUMBER.unit}")
    choose(page, SINGLE, right=True)
    match(page, MATCH)


def items(page: Page) -> list[str]:
    found: list[str] = card(page, ORDER).locator("[data-item]").evaluate_all("rows => rows.map(r => r.dataset.item)")
    return found


def test_a_student_reads_why_an_answer_is_wrong_and_then_answers_rightly(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_quiz(page)
    answered = page.get_by_text("0 of 5 answered")
    expect(answered).to_be_visible()
    choose(page, SINGLE, right=False)
    card(page, NUMBER).get_by_label("Your answer").fill("15")
    expect(page.get_by_text("2 of 5 answered")).to_be_visible()
    submit(page, "Wrong answer")
    expect(page.locator("#result-head")).to_contain_text("0 of 5 questions are right.")
    expect(page.locator("[data-question]").first.get_by_role("heading")).to_be_focused()
    expect(page.locator("[data-question]").first).to_be_in_viewport()
    wrong = next(choice for choice in SINGLE.choices if not choice.right)
    expect(card(page, SINGLE)).to_contain_text(wrong.why.split("`")[2].strip()[:30])
    expect(card(page, NUMBER)).to_contain_text("This counts a full lifetime from the block on.")
    expect(card(page, ORDER).get_by_text("Not answered")).to_be_visible()
    expect(page.get_by_text("the price of a check without a lookup")).to_have_count(0)

    answer_rightly(page)
    expect(card(page, SINGLE).get_by_text("Changed since")).to_be_visible()
    expect(page.get_by_text("5 of 5 answered")).to_be_visible()
    submit(page, "Accepted")
    expect(page.locator("#result-head")).to_contain_text("5 of 5 questions, second try")
    expect(card(page, NUMBER)).to_contain_text("whatever the database says")
    expect(card(page, SINGLE).get_by_text("Changed since")).to_be_hidden()
    expect(page.get_by_role("tab", name="Attempts 2")).to_be_visible()

    page.get_by_role("tab", name="Attempts").click()
    page.get_by_role("link", name="2 Accepted").click()
    expect(page.get_by_role("region", name="Changes since the try before")).to_contain_text("15")
    page.goto("/progress")
    page.get_by_text("Backend fundamentals", exact=True).click()
    row = page.get_by_role("table", name="Progress by topic").get_by_role("row", name="Password hashing")
    expect(row).to_contain_text("1 of 1")


def test_messages_of_http_are_of_one_colour(page: Page) -> None:
    page.goto("/problems/say-it-with-http")
    spans = "blocks => blocks.flatMap(block => [block, ...block.querySelectorAll('span')])"
    colours = f"(blocks) => [...new Set(({spans})(blocks).map(part => getComputedStyle(part).color))]"
    blocks = page.locator(".question pre.code").filter(has_text="HTTP/1.1")
    expect(blocks).not_to_have_count(0)
    assert len(blocks.evaluate_all(colours)) == 1


def test_answers_and_marks_are_there_after_a_reload(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_quiz(page)
    choose(page, SINGLE, right=False)
    submit(page, "Wrong answer")
    match(page, MATCH)
    see_saved(page)
    page.reload()
    taken = next(choice for choice in SINGLE.choices if not choice.right)
    expect(card(page, SINGLE).locator(f"input[value='{taken.id}']")).to_be_checked()
    expect(card(page, SINGLE).locator(".mark")).to_have_text("Wrong")
    expect(card(page, MATCH).get_by_text("Changed since")).to_be_visible()
    first = card(page, MATCH).get_by_role("combobox").first
    expect(first).to_have_value(MATCH.choices[0].id)


def test_a_sheet_without_an_answer_is_refused_and_is_no_try(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    page = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(page, student)
    page.goto("/problems/say-it-with-http")
    page.get_by_role("navigation", name="Parts of the page").get_by_role("link", name="Questions").tap()
    page.get_by_role("button", name="Submit").tap()
    expect(page.get_by_text("No question is answered yet. Answer at least one, then submit.")).to_be_visible()
    page.get_by_role("navigation", name="Parts of the page").get_by_role("link", name="Problem").tap()
    expect(page.get_by_role("tab", name="Attempts 0")).to_be_visible()


def test_items_are_ordered_by_keyboard_and_told(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_quiz(page)
    before = items(page)
    assert before != [item.id for item in ORDER.choices]
    last = card(page, ORDER).locator("[data-item]").last.locator("[data-move='-1']")
    last.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    assert items(page) == [*before[:-3], before[-1], *before[-3:-1]]
    expect(card(page, ORDER).get_by_role("status")).to_have_text(f"Moved to place {len(before) - 2} of {len(before)}.")
    moved = card(page, ORDER).locator(f"[data-item='{before[-1]}'] [data-move='-1']")
    expect(moved).to_be_focused()
    for _ in range(len(before)):
        page.keyboard.press("ArrowUp")
    assert items(page)[0] == before[-1]
    expect(moved).to_be_focused()
    expect(moved).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()


def test_enter_in_a_field_costs_no_try_and_the_key_for_it_submits(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_quiz(page)
    field = card(page, NUMBER).get_by_label("Your answer")
    field.fill("8")
    field.press("Enter")
    expect(page.get_by_role("tab", name="Attempts 0")).to_be_visible()
    with judged(page):
        field.press("Control+Enter")
    see_verdict(page, "Wrong answer")
    expect(card(page, NUMBER).locator(".mark")).to_have_text("Right")
    expect(page.get_by_role("tab", name="Attempts 1")).to_be_visible()


def test_a_newer_draft_elsewhere_is_offered_and_read_in_words(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    here, there = open_context().new_page(), open_context().new_page()
    for page in (here, there):
        sign_in(page, student)
        open_quiz(page)
    card(there, NUMBER).get_by_label("Your answer").fill("23")
    there.keyboard.press("Control+s")
    see_saved(there)
    choose(here, SINGLE, right=True)
    note = here.locator("[data-note=newer]")
    expect(note).to_contain_text("Yours stays until you choose")
    note.get_by_role("button", name="Compare").click()
    difference = here.get_by_role("region", name="Yours and the newer draft")
    expect(difference.locator(".add")).to_contain_text(["23", "not answered"])
    expect(difference.locator(".del").last).to_contain_text("secure=True")
    here.get_by_role("button", name="Close").click()
    note.get_by_role("button", name="Take it").click()
    expect(card(here, NUMBER).get_by_label("Your answer")).to_have_value("23")
    expect(here.get_by_text("1 of 5 answered")).to_be_visible()


def test_an_earlier_try_is_shown_and_the_draft_waits(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_quiz(page)
    field = card(page, NUMBER).get_by_label("Your answer")
    for answer in ("7", "23"):
        field.fill(answer)
        submit(page, "Wrong answer")
    page.get_by_role("tab", name="Attempts").click()
    page.get_by_role("link", name="1 Wrong answer").click()
    page.get_by_role("link", name="Show the result").click()
    expect(field).to_have_value("7")
    expect(card(page, NUMBER)).to_contain_text("Seven minutes is how old the token is")
    note = page.locator("[data-note=newer]")
    expect(note).to_contain_text("This is an earlier try.")
    assert axe(page) == []
    note.get_by_role("button", name="Back to my draft").click()
    expect(field).to_have_value("23")


def test_typing_goes_on_while_the_line_is_down(open_context: Callable[..., BrowserContext], student: Person) -> None:
    context = open_context()
    page = context.new_page()
    sign_in(page, student)
    open_quiz(page)
    context.set_offline(True)
    card(page, NUMBER).get_by_label("Your answer").fill("8")
    button = page.get_by_role("button", name="Submit")
    expect(button).to_have_attribute("title", "Offline: Submit waits.")
    context.set_offline(False)
    see_saved(page)
    page.reload()
    expect(card(page, NUMBER).get_by_label("Your answer")).to_have_value("8")


def test_without_scripts_the_form_posts_and_keeps_what_was_chosen(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"/sign-in?next=/problems/{SLUG}")
    page.get_by_label("Email").fill(student.email)
    page.get_by_label("Password").fill(student.password)
    page.get_by_role("button", name="Sign in").click()
    for place, item in enumerate(ORDER.choices, 1):
        card(page, ORDER).locator(f"[data-item='{item.id}'] select").select_option(str(place))
    choose(page, SINGLE, right=False)
    card(page, NUMBER).get_by_label("Your answer").fill("7")
    page.get_by_role("button", name="Submit").click()
    see(page, "Wrong answer")
    expect(page.locator(".resulthead")).to_contain_text("1 of 5 questions are right.")
    assert items(page) == [item.id for item in ORDER.choices]
    expect(card(page, ORDER).locator(".mark")).to_have_text("Right")
    expect(card(page, NUMBER).get_by_label("Your answer")).to_have_value("7")
    expect(card(page, NUMBER)).to_contain_text("Seven minutes is how old the token is")


def test_axe_finds_nothing_in_any_state(open_context: Callable[..., BrowserContext], student: Person) -> None:
    page = open_context(color_scheme="light", reduced_motion="reduce").new_page()
    sign_in(page, student)
    open_quiz(page)
    found = look(page, "quiz")
    choose(page, SINGLE, right=False)
    choose(page, MULTIPLE, right=False)
    submit(page, "Wrong answer")
    found += look(page, "quiz-wrong-answer")
    answer_rightly(page)
    submit(page, "Accepted")
    found += look(page, "quiz-accepted")
    page.get_by_role("tab", name="Solution").click()
    found += look(page, "quiz-solution")
    page.get_by_role("tab", name="Attempts").click()
    page.get_by_role("link", name="2 Accepted").click()
    expect(page.get_by_role("heading", name="Try 2")).to_be_visible()
    found += look(page, "quiz-attempt")
    assert found == []


def test_on_a_phone_there_are_two_parts_and_nothing_scrolls_sideways(page: Page, student: Person) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, student)
    page.goto("/problems/say-it-with-http")
    parts = page.get_by_role("navigation", name="Parts of the page")
    expect(parts.get_by_role("link")).to_have_text(["Problem", "Questions"])
    expect(page.get_by_role("region", name="Statement")).to_be_visible()
    parts.get_by_role("link", name="Questions").click()
    expect(page.get_by_role("article").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.go_back()
    expect(page.get_by_role("region", name="Statement")).to_be_visible()
    page.go_forward()
    page.get_by_role("radio").first.check()
    with judged(page):
        page.get_by_role("button", name="Submit").click()
    see_verdict(page, "Wrong answer")


def test_panes_of_two_parts_are_resized_and_stay_so(page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(f"/problems/{SLUG}")
    width = "document.querySelector('#statement').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.get_by_role("button", name="Resize statement and questions").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(width) == pytest.approx(before + 24, abs=2)
    page.reload()
    expect(card(page, ORDER)).to_be_visible()
    assert page.evaluate(width) == pytest.approx(before + 24, abs=2)


def test_a_question_inside_a_solution_opens_without_scripts(
    open_context: Callable[..., BrowserContext], student: Person
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/sign-in?next=/problems/sliding-window-rate-limiter/give-up")
    page.get_by_label("Email").fill(student.email)
    page.get_by_label("Password").fill(student.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Give up and read the solution").click()
    asked = page.get_by_role("group", name="Check yourself: A loop inside a loop")
    asked.get_by_text("Each request drops at most one time").click()
    expect(asked.get_by_text("After a quiet hour the next request empties the whole queue.")).to_be_visible(
        timeout=JUDGED_MS
    )
    expect(asked.get_by_text("amortised")).to_be_hidden()
