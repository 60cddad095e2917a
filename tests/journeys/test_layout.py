"""Where things stand: what is one line is one line, what is a ring is whole, what one acts by is in sight."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import BANK, Person, serving
from tests.journeys.tools import boxes, editor, open_problem, settle, sign_in
from trainer.models import Role

pytestmark = pytest.mark.browser

ROW_PX = 48
"""The largest height of a row of the list where the window is wide."""
ROWS = """() => [...document.querySelectorAll('.plist tbody tr')].map((row) => {
  const seen = (part) => part.getClientRects().length > 0;
  const topics = [...row.querySelectorAll('.desk2, .sub')].filter(seen);
  return { text: row.innerText, height: row.getBoundingClientRect().height, topics: topics.length };
})"""
CHECK_BOXES = """() => {
  for (const fold of document.querySelectorAll('.filters details')) fold.open = true;
  const wraps = (label) => label.getBoundingClientRect().height > 2 * parseFloat(getComputedStyle(label).fontSize);
  return [...document.querySelectorAll('.filters .check')].map((label) => {
    const { width, height } = label.querySelector('input').getBoundingClientRect();
    return { width, height, wraps: wraps(label) };
  });
}"""
RING = """async ([picture, colour]) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  const [, ...wanted] = colour.match(/rgb\\((\\d+), (\\d+), (\\d+)\\)/).map(Number);
  const is = (x, y) => wanted.every((part, n) => Math.abs(data[4 * (y * width + x) + n] - part) < 4);
  const band = [0, 1, 2, 3], all = (length) => [...Array(length).keys()];
  const lacks = (length, at) => all(length).slice(2, -2).filter((n) => !band.some((deep) => is(...at(n, deep)))).length;
  return {
    left: lacks(height, (n, deep) => [deep, n]), right: lacks(height, (n, deep) => [width - 1 - deep, n]),
    top: lacks(width, (n, deep) => [n, deep]), bottom: lacks(width, (n, deep) => [n, height - 1 - deep]),
  };
}"""
"""How many pixels along each side of a picture have nothing of a colour in the four that are nearest to the edge. Its
corners are left out: a frame that stands between two pixels does not fill them."""
WHOLE = {"left": 0, "right": 0, "top": 0, "bottom": 0}


@pytest.fixture(scope="module")
def whole_bank(engine: None, built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has all problems of the bank, and judges nothing."""
    with serving(BANK, tmp_path_factory.mktemp("whole-bank"), judging=False) as served:
        yield served.url


@pytest.fixture
def mentor(make_person: Callable[..., Person]) -> Person:
    return make_person("Jonas Weber", Role.MENTOR)


# ---- tabs

TAB_PLACES = """(tabs) => [...tabs.children].map((tab) => {
  const [one, all] = [tab.getBoundingClientRect(), tabs.getBoundingClientRect()];
  return { top: one.top, cut: one.right > all.right + 0.5 || tab.scrollWidth > tab.clientWidth };
})"""


def test_the_tabs_of_a_statement_stand_in_one_line(page: Page, student: Person) -> None:
    sign_in(page, student)
    open_problem(page)
    tabs = page.get_by_role("tablist", name="Statement")
    expect(tabs.get_by_role("tab")).to_have_count(4)
    for width in (1101, 1180, 1240, 1280, 1344, 1366, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        found = tabs.evaluate(TAB_PLACES)
        assert len({tab["top"] for tab in found}) == 1, width
        assert not any(tab["cut"] for tab in found), width


# ---- the editor's ring


@pytest.mark.parametrize("where", ["front", "problem"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ring_of_the_editor_is_whole(
    open_context: Callable[..., BrowserContext], where: str, scheme: Literal["light", "dark"]
) -> None:
    context = open_context(color_scheme=scheme)
    page = context.new_page()
    page.goto("/") if where == "front" else open_problem(page)
    editor(page).click()
    page.keyboard.press("Control+Home")  # the current line is the first, at the upper edge
    settle(page)
    frame = page.locator(".cm-editor.cm-focused")
    picture = base64.b64encode(frame.screenshot()).decode()
    colour = frame.evaluate("(frame) => getComputedStyle(frame, '::after').borderLeftColor")
    assert context.new_page().evaluate(RING, [picture, colour]) == WHOLE


# ---- the list


@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_each_row_of_the_list_has_its_topics_once_and_is_low_where_there_is_room(
    page: Page, whole_bank: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    rows: list[dict[str, Any]] = []
    for number in (1, 2):
        page.goto(f"{whole_bank}/problems?page={number}")
        settle(page)
        rows += page.evaluate(ROWS)
    assert len(rows) == len(list(BANK.glob("*/problem.md")))
    assert [row for row in rows if row["topics"] != 1] == []
    assert width < 1440 or [row for row in rows if row["height"] > ROW_PX] == []


def test_no_check_box_is_shrunk_where_its_label_wraps(page: Page, whole_bank: str) -> None:
    page.goto(f"{whole_bank}/problems")
    settle(page)
    found = page.evaluate(CHECK_BOXES)
    assert any(one["wraps"] for one in found)
    assert {(one["width"], one["height"]) for one in found} == {(15, 15)}


# ---- what one reads


WIDER = """() => [...document.querySelectorAll('#statement .prose pre')]
  .filter((block) => block.checkVisibility() && block.scrollWidth > block.clientWidth)
  .map((block) => block.textContent.slice(0, 80))"""
GAPS = """() => [...document.querySelectorAll('#statement .prose > * + *')]
  .filter((part) => part.checkVisibility())
  .filter((part) => part.getBoundingClientRect().top - part.previousElementSibling.getBoundingClientRect().bottom < 8)
  .map((part) => part.textContent.slice(0, 80))"""


@pytest.mark.parametrize(
    "slug",
    ["sliding-window-rate-limiter", "friday-five-hundred", "library-loans", "session-store", "back-to-the-savepoint"],
)
def test_a_statement_shows_its_code_whole_and_keeps_its_parts_apart(page: Page, whole_bank: str, slug: str) -> None:
    page.goto(f"{whole_bank}/problems/{slug}")
    settle(page)
    assert page.evaluate(WIDER) == []
    assert page.evaluate(GAPS) == []


CUT = """() => [...document.querySelectorAll('#statement .prose .scroll-x > table')]
  .filter((table) => table.offsetWidth > table.parentElement.clientWidth + 1).map((table) => table.innerText)"""


def test_the_contract_of_a_service_fits_beside_its_editor(page: Page, whole_bank: str) -> None:
    page.goto(f"{whole_bank}/problems/url-shortener")
    settle(page)
    assert page.locator("#statement .prose table").count() > 1
    assert page.evaluate(CUT) == []


def test_a_long_path_is_broken_after_a_folder(page: Page, whole_bank: str, student: Person) -> None:
    page.goto(f"{whole_bank}/problems/library-loans")
    paths = page.get_by_role("navigation", name="Files of your service").get_by_role("link")
    expect(paths.filter(has_text="library/routes/members.py").locator("wbr")).to_have_count(3)
    lines = """(link) => { const range = document.createRange(); return [...link.querySelector('span').childNodes]
      .filter((node) => node.nodeType === 3).map((node) => {
        range.selectNodeContents(node); return new Set([...range.getClientRects()].map((box) => box.top)).size;
      }) }"""
    assert [set(lines_of) for lines_of in paths.evaluate_all(f"(links) => links.map({lines})")] == [{1}] * paths.count()


# ---- the mentors' page


def test_the_field_for_a_package_stands_in_line_with_its_button(page: Page, mentor: Person) -> None:
    sign_in(page, mentor)
    page.goto("/mentor")
    settle(page)
    for field, button in (("#package", "Send and check"), ("#slug", "Download")):
        one, other = boxes(page.locator(f"{field}, {field} ~ button"))
        assert (one["top"], one["height"]) == (other["top"], other["height"]), button
    styles = page.evaluate(
        """() => ['#package', '#slug + button'].map((one, n) => {
          const { fontFamily, borderRadius, backgroundColor, borderTopColor } =
            getComputedStyle(document.querySelector(one), n ? null : '::file-selector-button');
          return { fontFamily, borderRadius, backgroundColor, borderTopColor };
        })"""
    )
    assert styles[0] == styles[1]
