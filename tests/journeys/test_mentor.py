"""A mentor sends a package, watches its check, publishes it; a student's report arrives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories import make_package
from tests.journeys.conftest import Person
from tests.journeys.tools import (
    JUDGED_MS,
    WRONG,
    axe,
    boxes,
    fill_in_and_sign_in,
    open_problem,
    see_checked,
    sign_in,
    submit,
    write,
)
from trainer.bank.archives import to_zip
from trainer.models import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def mentor(make_person: Callable[..., Person]) -> Person:
    return make_person("Jonas Weber", Role.MENTOR)


def test_the_template_is_sent_watched_and_published(page: Page, mentor: Person, tmp_path: Path) -> None:
    fill_in_and_sign_in(page, mentor)
    page.get_by_role("link", name="Mentor").first.click()
    page.get_by_label("Name of the folder").fill("from-the-template")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").first.click()
    archive = tmp_path / "from-the-template.zip"
    download.value.save_as(archive)

    page.get_by_label("Package", exact=True).set_input_files(archive)
    page.get_by_role("button", name="Send and check").click()
    check = page.locator("#check")
    expect(check.get_by_text("package", exact=True)).to_be_visible(timeout=JUDGED_MS)
    see_checked(page, "Passed")
    expect(check.get_by_role("table", name="What each hidden case catches")).to_be_visible()

    publish, rules = page.get_by_role("link", name="Publish…"), page.get_by_role("region", name="Check")
    assert boxes(publish)[0]["bottom"] <= boxes(rules)[0]["top"]
    preview = page.get_by_role("region", name="As a student sees it")
    for part, words in (("Hint 1 of", "Walk"), ("Solution", "Approach")):
        preview.locator("summary", has_text=part).first.click()
        expect(preview).to_contain_text(words)
    publish.click()
    dialog = page.get_by_role("dialog", name="Publish version 1")
    dialog.get_by_label("A note for mentors").fill("The first version")
    dialog.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_text("Version 1 of")).to_be_visible()
    page.goto("/problems?q=outage")
    expect(page.get_by_role("link", name="Longest outage", exact=True)).to_be_visible()


def test_a_broken_package_is_explained_and_not_kept(page: Page, mentor: Person, tmp_path: Path) -> None:
    archive = tmp_path / "broken.zip"
    archive.write_bytes(to_zip(make_package("broken", difficulty="quite hard")))
    fill_in_and_sign_in(page, mentor)
    page.goto("/mentor")
    page.get_by_label("Package", exact=True).set_input_files(archive)
    page.get_by_role("button", name="Send and check").click()
    expect(page.get_by_role("alert")).to_contain_text("problem.md: line 4: difficulty")


def test_a_report_reaches_the_mentors(
    open_context: Callable[..., BrowserContext], student: Person, mentor: Person
) -> None:
    there = open_context().new_page()
    fill_in_and_sign_in(there, student)
    open_problem(there)
    there.get_by_role("link", name="Report a problem with this statement").click()
    dialog = there.get_by_role("dialog", name="Report")
    dialog.get_by_label("What you saw").fill("Does second 10 count?")
    dialog.get_by_role("button", name="Send the report").click()
    expect(there.get_by_text("Thank you")).to_be_visible()

    here = open_context().new_page()
    fill_in_and_sign_in(here, mentor)
    here.goto("/mentor/reports")
    report = here.get_by_role("listitem").filter(has_text="Does second 10 count?")
    report.get_by_label("Answer to").fill("The text says so now.")
    report.get_by_role("button", name="Close it").click()
    expect(here.get_by_text("Does second 10 count?")).to_have_count(0)


def test_a_submission_is_read_beside_its_report(
    open_context: Callable[..., BrowserContext], student: Person, mentor: Person
) -> None:
    there = open_context().new_page()
    sign_in(there, student)
    open_problem(there)
    write(there, WRONG)
    submit(there, "Wrong answer")
    there.get_by_role("link", name="My right code was judged wrong").click()
    dialog = there.get_by_role("dialog", name="Report")
    dialog.get_by_label("What you saw").fill("The edge counts.")
    dialog.get_by_role("button", name="Send the report").click()
    expect(there.get_by_text("Thank you")).to_be_visible()

    here = open_context().new_page()
    sign_in(here, mentor)
    here.goto("/mentor/reports")
    report = here.get_by_role("listitem").filter(has_text="The edge counts.")
    report.get_by_role("link", name=re.compile("^submission")).click()
    expect(here.get_by_role("list", name="First failure")).to_contain_text("Expected")
    expect(here.get_by_role("region", name="What was sent")).to_contain_text("def allowed")
    assert axe(here) == []


def test_students_do_not_see_the_mentors_pages(page: Page, student: Person) -> None:
    fill_in_and_sign_in(page, student)
    expect(page.get_by_role("link", name="Mentor")).to_have_count(0)
    answer = page.goto("/mentor")
    assert answer is not None
    assert answer.status == 403
