"""Texts that are scripts: a name, a statement, a program's output. None of them runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import publish
from tests.journeys.conftest import Live, Person
from tests.journeys.tools import fill_in_and_sign_in, open_problem, submit, write

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=\"window.ran='yes'\"><script>window.ran='yes'</script>"


def nothing_ran(page: Page) -> bool:
    return bool(page.evaluate("() => window.ran === undefined"))


def test_a_script_as_name_is_a_name(page: Page, make_person: Callable[..., Person]) -> None:
    person = make_person(f"Eve {SCRIPT}"[:80])
    fill_in_and_sign_in(page, person)
    page.goto("/account")
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(person.name)
    assert nothing_ran(page)


def test_a_script_in_a_statement_does_not_run(page: Page, live: Live) -> None:
    live.write(lambda session: publish(session, "hostile-statement", secret_word=f"number {SCRIPT}"))
    page.goto("/problems/hostile-statement")
    expect(page.get_by_role("heading", name="Hostile statement", level=2)).to_be_visible()
    assert page.locator("[onerror], #panel-statement script").count() == 0
    assert nothing_ran(page)


def test_a_script_as_output_is_text(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    open_problem(page)
    write(page, f"def allowed(seconds, clients, limit, window_s):\n    print({SCRIPT!r})\n    return [{SCRIPT!r}]\n")
    submit(page, "Wrong answer")
    expect(page.locator("#result-body .in pre").first).to_contain_text("<script>")
    assert nothing_ran(page)
