"""The main journeys, in Firefox and in WebKit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import make_package
from tests.journeys.conftest import Live, Person
from tests.journeys.engines.window import CONTROL, EDITOR, ENTER, JUDGED_S, TAB, Window
from tests.journeys.test_first_minutes import HEALTHY
from tests.journeys.test_interview import CHECKS, FRESH, QUERY, knows_all_but, ring_in
from tests.journeys.test_service import SLUG, WRONG
from tests.journeys.tools import RATE_LIMITER, RIGHT
from trainer.bank.archives import to_zip
from trainer.models import Role

pytestmark = pytest.mark.browser

MENDED = """def page_of(rows, page, per_page):
start = (page - 1) * per_page
return rows[start:start + per_page]"""
"""As it is typed: the editor indents by itself."""
SAVED = "[data-saved][data-state=saved]"
LOOKED_AT_AGAIN = "() => document.dispatchEvent(new Event('visibilitychange'))"


def test_a_guest_fixes_the_warm_up_and_an_account_keeps_it(window: Window, engine_name: str) -> None:
    window.open("/")
    window.press(EDITOR)
    window.keys(CONTROL + "a", MENDED.replace("\n", ENTER))
    window.press("#warm-up button", "Run")
    window.see("#warm-up .verdict.ac", within_s=JUDGED_S)
    window.press("#warm-up a", "make an account")
    window.arrive("/sign-up")
    window.fill("input[name=name]", "Ada Quist")
    window.fill("input[name=email]", f"ada@{engine_name}.example.org")
    window.fill("input[name=password]", "several words make one")
    window.press("main button", "Make the account")
    window.see("[role=status]", "came with you")
    window.see("main section a", "Page one starts too late")


def test_a_problem_is_found_and_solved_by_pointer(window: Window, student: Person) -> None:
    window.sign_in(student)
    window.press(".topbar .nav a", "Problems")
    window.arrive("/problems")
    window.press("main label", "Medium")
    window.gone("main a.t", "Healthy or not")
    window.press("main a.t", "Sliding-window rate limiter")
    window.arrive(f"/problems/{RATE_LIMITER}")
    window.write(RIGHT)
    window.press("#code button", "Submit")
    window.see("#result-head h2", "Accepted", within_s=JUDGED_S)
    window.press("[role=tab]", "Attempts")
    window.press(".tries a", "Accepted")
    window.see("h3", "Try 1")


def test_a_problem_is_found_and_solved_by_keyboard_alone(window: Window, student: Person) -> None:
    window.sign_in(student)
    window.keys("/", "healthy")
    window.see("[role=option][aria-selected=true]", "Healthy or not")
    window.keys(ENTER)
    window.arrive("/problems/health-check-status")
    window.see(EDITOR)
    focused = f"() => document.activeElement.matches({EDITOR!r})"
    for _ in range(60):
        if window.run(focused):
            break
        window.keys(TAB)
    assert window.run(focused)
    window.replace(HEALTHY)
    window.keys(CONTROL + "s")
    window.see(SAVED)
    window.keys(CONTROL + ENTER)
    window.see("#result-head", "first try", within_s=JUDGED_S)


def test_a_service_is_started_and_asked(window: Window, student: Person) -> None:
    window.sign_in(student)
    window.open(f"/problems/{SLUG}")
    window.press("[data-tree] a", "app.py")
    window.write(WRONG["app.py"])
    window.press("[data-console-start]")
    window.see("[data-console-state]", "running", within_s=JUDGED_S)
    window.choose("#req-method", "POST")
    window.fill("#req-path", "/notes")
    window.fill("#req-body", '{"text": "amber"}')
    window.press("[data-send]", "Send")
    window.see("[data-answer-status]", "201")
    window.see("[data-answer]", '"id":1')
    window.press("[role=tab]", "Log, live")
    window.see("[role=log]", '"POST /notes HTTP/1.1" 201')
    window.press("[data-console-stop]")
    window.see("[data-console-state]", "stopped")


def test_an_interview_is_cut_off_at_the_bell(window: Window, live: Live, student: Person) -> None:
    live.write(knows_all_but(student, *FRESH))
    window.sign_in(student)
    window.open("/interviews/new/backend-90")
    window.press("main button", "Start")
    window.see("[role=timer][data-late]")
    window.write(CHECKS)
    window.press("#code button", "Submit")
    window.see("#result-head", "comes with the report", within_s=JUDGED_S)
    window.press("nav[aria-label=Tasks] a", "B")
    window.see("#statement", "Task B")
    window.started()
    window.write(QUERY)
    window.see(SAVED)
    live.write(ring_in(3))
    window.run(LOOKED_AT_AGAIN)
    window.see("h1", "of 100", within_s=3 * JUDGED_S)
    by_task = window.see("main table", "when the time was over")
    said = window.run("(table) => table.innerText", by_task)
    assert "18 / 18" in said
    assert "20 / 20" in said


def test_a_mentor_sends_a_package_and_watches_its_check(
    window: Window, make_person: Callable[..., Person], tmp_path: Path
) -> None:
    archive = tmp_path / "too-early.zip"
    archive.write_bytes(to_zip(make_package("too-early")))
    window.sign_in(make_person("Jonas Weber", Role.MENTOR))
    window.press(".topbar .nav a", "Mentor")
    window.arrive("/mentor")
    window.attach("input[type=file]", archive)
    window.press("main button", "Send and check")
    window.arrive("/mentor/uploads/")
    window.see("#check .card .head", "failed", within_s=JUDGED_S)
