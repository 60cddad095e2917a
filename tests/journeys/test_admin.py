"""An admin starts a class of thirty: a list, a link, an invite; and helps somebody who cannot get in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, Person
from tests.journeys.test_accessibility import ADMIN_PAGES, look, look_at
from tests.journeys.tools import boxes, fill_in_and_sign_in, see_started, sign_in
from trainer.models import Role

pytestmark = pytest.mark.browser

CLASS = [f"class{number}@school.example, Student {number}" for number in range(30)]
PASSWORD = "several words make one"


@pytest.fixture
def admin(make_person: Callable[..., Person]) -> Person:
    return make_person("Rosa Lind", Role.ADMIN)


def choose_password(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save it and sign in").click()
    expect(page.get_by_text("Your password is set.")).to_be_visible()


def test_a_class_is_added_and_comes_in(open_context: Callable[..., BrowserContext], page: Page, admin: Person) -> None:
    fill_in_and_sign_in(page, admin)
    page.get_by_role("link", name="Accounts").first.click()
    page.get_by_role("link", name="Add accounts").click()
    page.get_by_label("List", exact=True).fill("\n".join([*CLASS, "no address, Nobody"]))
    page.get_by_role("button", name="Preview the accounts").click()
    expect(page.get_by_role("alert")).to_contain_text("1 line cannot be used")
    page.get_by_label("List", exact=True).fill("\n".join(CLASS))
    page.get_by_role("button", name="Check the list again").click()
    page.get_by_role("button", name="Make 30 accounts").click()
    lines = page.get_by_label("Addresses, names and links").input_value().strip().split("\n")[1:]
    assert len(lines) == 30
    choose_password(open_context().new_page(), lines[7].rpartition(",")[2])
    page.get_by_role("link", name="See the accounts").click()
    page.get_by_label("Search accounts").fill("class7@")
    page.get_by_role("button", name="Search", exact=True).click()
    row = page.get_by_role("row", name="Student 7")
    expect(row.get_by_text("Active")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(2)


def test_a_long_flaw_leaves_names_in_one_line(page: Page, admin: Person) -> None:
    sign_in(page, admin)
    page.goto("/accounts/add")
    page.get_by_label("List", exact=True).fill("\n".join([*CLASS[:3], "no address, Nobody"]))
    page.get_by_role("button", name="Preview the accounts").click()
    rows = page.get_by_role("table").get_by_role("row").filter(has_text="Student")
    expect(rows).to_have_count(4)  # the role of the flawed one is Student, too
    assert max(box["height"] for box in boxes(rows)[:3]) < 40


def test_links_and_flaws_are_whole_on_a_phone(open_context: Callable[..., BrowserContext], admin: Person) -> None:
    phone = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(phone, admin)
    phone.goto("/accounts/sign-up")
    phone.get_by_label("For whom").fill("Autumn course")
    phone.get_by_role("button", name="Make an invite").click()
    table = phone.get_by_role("region", name="Table of invites")
    expect(table.get_by_label("Link of Autumn course").first).to_be_visible()
    assert table.evaluate("(region) => region.scrollWidth - region.clientWidth") == 0
    phone.goto("/accounts/add")
    phone.get_by_label("List", exact=True).fill("\n".join([*CLASS[:3], "no address, Nobody"]))
    phone.get_by_role("button", name="Preview the accounts").click()
    lines = phone.get_by_role("region", name="Lines of the list")
    expect(lines).to_be_visible()
    assert lines.evaluate("(region) => region.scrollWidth - region.clientWidth") == 0


def test_a_button_with_a_sign_before_its_words_keeps_both_together_on_a_phone(
    open_context: Callable[..., BrowserContext], admin: Person
) -> None:
    phone = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    sign_in(phone, admin)
    phone.goto("/accounts")
    gap = phone.get_by_role("link", name="Add accounts").evaluate(
        """(link) => {
            const words = document.createRange();
            words.selectNodeContents(link.lastChild);
            return words.getBoundingClientRect().left - link.querySelector("svg").getBoundingClientRect().right;
        }"""
    )
    assert 0 < gap < 16


def test_an_invite_brings_a_guest_in_with_what_was_done(
    open_context: Callable[..., BrowserContext], page: Page, admin: Person
) -> None:
    fill_in_and_sign_in(page, admin)
    page.goto("/accounts/sign-up")
    page.get_by_label("For whom").fill("Spring course")
    page.get_by_role("button", name="Make an invite").click()
    link = page.get_by_label("Link of Spring course").first.input_value()
    guest = open_context().new_page()
    guest.goto(link)
    expect(guest.get_by_text("You are invited: Spring course.")).to_be_visible()
    guest.get_by_label("Name").fill("Kai Berg")
    guest.get_by_label("Email").fill("kai@school.example")
    guest.get_by_label("Password").fill(PASSWORD)
    guest.get_by_role("button", name="Make the account").click()
    expect(guest.get_by_text("Your account is ready.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("row", name="Spring course").get_by_text("1 of 30")).to_be_visible()


def test_disabling_asks_first_and_shuts_the_open_page_out(
    open_context: Callable[..., BrowserContext], page: Page, admin: Person, student: Person
) -> None:
    theirs = open_context().new_page()
    sign_in(theirs, student)
    fill_in_and_sign_in(page, admin)
    page.goto(f"/accounts?q={student.email}")
    page.get_by_role("table").get_by_role("link").click()
    expect(page.get_by_role("link", name="Disable the account…")).to_be_visible()
    see_started(page)
    page.get_by_role("link", name="Disable the account…").click()
    dialog = page.get_by_role("dialog", name="Disable this account?")
    dialog.get_by_role("button", name="Disable it").click()
    expect(page.get_by_text("cannot sign in any more")).to_be_visible()
    theirs.goto("/account")
    expect(theirs.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Enable the account").click()
    expect(page.get_by_text("can sign in again")).to_be_visible()


def test_pages_for_admins(open_context: Callable[..., BrowserContext], admin: Person, student: Person) -> None:
    still = open_context(color_scheme="light", reduced_motion="reduce").new_page()
    sign_in(still, admin)
    found = look_at(still, ADMIN_PAGES)
    still.goto(f"/accounts?q={student.email}")
    still.get_by_role("table").get_by_role("link").click()
    still.get_by_role("button", name="Make a link").click()
    expect(still.get_by_text("This link is shown once")).to_be_visible()
    found += look(still, "account-of-a-student")
    still.goto("/accounts/add")
    still.get_by_label("List", exact=True).fill(f"{student.email}, Mira\nnew@school.example, New, mentor, 1.5\nx, X")
    still.get_by_role("button", name="Preview the accounts").click()
    found += look(still, "accounts-preview")
    still.goto("/accounts/add")
    still.get_by_label("Email").fill("one@school.example")
    still.get_by_role("button", name="Add the account").click()
    found += look(still, "accounts-added")
    assert found == []
