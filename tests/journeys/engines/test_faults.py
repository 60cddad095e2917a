"""What one engine does otherwise than the others, and people stumbled on. Each is held in both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Person
from tests.journeys.engines.until import until
from tests.journeys.engines.window import CONTROL, EDITOR, JUDGED_S, SOON_S, Window
from tests.journeys.hits import MISSES
from tests.journeys.test_service import SLUG
from tests.journeys.texts import CLASHES
from tests.journeys.tools import RATE_LIMITER, WRONG
from trainer.models import Role

pytestmark = pytest.mark.browser

SAVED = "[data-saved][data-state=saved]"
PAGES = ("/problems", f"/problems/{RATE_LIMITER}", f"/problems/{SLUG}", "/account", "/mentor", "/accounts", "/progress")
NARROW = 600
BOXES = """() => [...document.querySelectorAll("input[type=checkbox]:not(:checked)")].map((box) => {
    const style = getComputedStyle(box);
    const light = Math.max(...style.backgroundColor.match(/\\d+/g).slice(0, 3).map(Number));
    return [style.appearance, light < 128];
})"""


def test_a_press_hits_the_control_under_it_on_every_sort_of_page(
    window: Window, make_person: Callable[..., Person]
) -> None:
    window.sign_in(make_person("Ines Marsh", Role.ADMIN))
    window.open("/interviews/new/screen-45")
    window.press("main button", "Start")
    window.see("[role=timer][data-late]")
    room = window.path
    missed = {}
    for size in ((1440, 900), (NARROW, 900)):
        window.resize(*size)
        for path in (room, *PAGES):
            window.open(path)
            if misses := window.run(MISSES):
                missed[path, size] = misses
    assert missed == {}


def test_who_reloads_while_typing_meets_no_conflict(window: Window, student: Person) -> None:
    window.sign_in(student)
    window.open(f"/problems/{RATE_LIMITER}")
    for number in range(2):
        window.write(f"typed = 'before reload {number}'")
        window.reload()
        window.see(EDITOR, f"before reload {number}")
        window.write(f"typed = 'after reload {number}'")
        window.keys(CONTROL + "s")
        window.see(SAVED)
        window.gone("[data-note]")
    window.open(f"/problems/{RATE_LIMITER}")
    window.see(EDITOR, "after reload 1")


def test_a_note_is_not_lost_on_reload(window: Window, student: Person) -> None:
    window.sign_in(student)
    window.open(f"/problems/{RATE_LIMITER}?tab=notes")
    window.fill("[data-note-text]", "noted at the last moment")
    window.open("/how-judging-works")
    kept = "() => document.querySelector('[data-note-text]')?.value === 'noted at the last moment'"

    def is_kept() -> bool:  # the page may come again before the note has
        window.open(f"/problems/{RATE_LIMITER}?tab=notes")
        return bool(window.run(kept))

    until(is_kept, "the note is there", SOON_S)


def test_back_after_signing_out_shows_nothing_of_the_account(window: Window, student: Person) -> None:
    window.sign_in(student)
    window.open("/account")
    window.press("summary.who")
    window.press(".menu button", "Sign out")
    window.see("[role=status]", "You are signed out.")
    window.started()
    window.back()
    window.arrive("/sign-in")
    window.gone("*", student.email)


def test_check_boxes_are_as_dark_as_their_page(window: Window) -> None:
    window.open("/problems")
    window.run("() => { document.documentElement.dataset.theme = 'dark'; }")
    boxes = window.run(BOXES)
    assert boxes
    assert boxes == [["none", True]] * len(boxes)


@pytest.mark.parametrize("engine_name", ["firefox"], indirect=True)  # which enlarges text alone, whatever its unit
def test_text_of_twice_the_size_neither_overlaps_nor_is_cut(window: Window, student: Person) -> None:
    window.sign_in(student)
    window.open(f"/problems/{SLUG}")
    window.press("[data-console-start]")
    window.see("[data-console-state]", "running, ready in", within_s=JUDGED_S)
    window.enlarge_text(2)
    clashes = window.run(CLASHES)
    window.open(f"/problems/{RATE_LIMITER}")
    window.write(WRONG)
    window.press("#code button", "Submit")
    window.see("#result-head h2", "Wrong answer", within_s=JUDGED_S)
    window.enlarge_text(2)
    assert clashes + window.run(CLASHES) == []
