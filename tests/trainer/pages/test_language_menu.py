"""A function is answered in one of several languages: the menu, what is kept of each, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from sandbox.languages import languages
from tests.factories import make_worker
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import LANGUAGES, db
from trainer.languages import title_and_version

FIRST, OTHER = next(iter(languages())), list(languages())[-1]
TITLE = languages()[OTHER].title
RIGHT = "def double(number):\n    return 2 * number\n"


def chosen(visitor: Visitor, path: str = "/problems/double") -> str:
    """The language that a page opens with."""
    found = re.search(r'<option value="(\w+)" selected', visitor.get(path).text)
    assert found is not None
    return found[1]


def typed(visitor: Visitor, source: str, language: str, *, action: str = "switch", to: str = "") -> None:
    form = {"source": source, "written_in": language, "language": to or language, "action": action}
    assert visitor.post("/problems/double/submissions", **form).status_code == 303


def test_the_menu_names_every_language_with_its_version(visitor: Visitor) -> None:
    page = visitor.get("/problems/double")
    for name in languages():
        assert title_and_version(name) in page.text
    assert chosen(visitor) == FIRST
    assert 'name="written_in"' in page.text


@pytest.fixture
def offer(app: Flask) -> Iterator[Callable[..., None]]:
    """Has the application offer these languages alone until the test ends."""

    def only(*names: str) -> None:
        with app.app_context():
            db.sessionmaker.configure(info={LANGUAGES: names})

    yield only
    only()


def test_a_problem_with_one_language_has_no_menu(offer: Callable[..., None], visitor: Visitor) -> None:
    offer(FIRST)
    page = visitor.get("/problems/double")
    assert '<select id="lang"' not in page.text
    assert title_and_version(FIRST) in text_of(page)
    assert TITLE not in text_of(page)
    assert visitor.get(f"/problems/double?language={OTHER}").status_code == 404


def test_an_address_opens_the_starter_of_its_language(visitor: Visitor) -> None:
    page = visitor.get(f"/problems/double?language={OTHER}").text
    assert f'data-language="{OTHER}"' in page
    assert f'data-language="{languages()[OTHER].lexer}"' in page
    assert "def double" not in re.findall(r'<textarea name="source".*?</textarea>', page, re.S)[0]
    assert visitor.get("/problems/double?language=cobol").status_code == 404


def test_a_language_that_gets_more_time_stands_beside_the_limit(visitor: Visitor) -> None:
    text = text_of(visitor.get("/problems/double"))
    if languages()[OTHER].time_factor != 1:
        assert f"Time limit 2 s, {2 * languages()[OTHER].time_factor:g} s in {TITLE}" in text


def test_a_guest_finds_the_language_again_in_this_browser(visitor: Visitor) -> None:
    assert chosen(visitor, f"/problems/double?language={OTHER}") == OTHER
    assert chosen(visitor) == OTHER
    assert chosen(visitor, "/problems/window") == OTHER, "what was chosen last is the first guess elsewhere"
    assert chosen(visitor, f"/problems/window?language={FIRST}") == FIRST
    assert visitor.cookie("language") == f"{FIRST}.window"


def test_an_account_finds_the_language_again_on_another_device(
    make_visitor: Callable[..., Visitor], app: Flask
) -> None:
    typed(make_visitor(), "// mine\n", OTHER)
    other_device = Visitor(app.test_client()).enter("mira@example.org")
    assert chosen(other_device) == OTHER
    assert "// mine" in other_device.get("/problems/double").text


def test_each_language_keeps_its_draft(student: Visitor) -> None:
    typed(student, "# first\n", FIRST, to=OTHER)
    typed(student, "// second\n", OTHER, to=FIRST)
    assert "# first" in student.get(f"/problems/double?language={FIRST}").text
    assert "// second" in student.get(f"/problems/double?language={OTHER}").text
    assert "# first" not in student.get(f"/problems/double?language={OTHER}").text


def test_without_scripts_what_is_run_is_in_the_language_that_it_was_written_in(
    student: Visitor, submit: Callable[..., int]
) -> None:
    number = submit(student, RIGHT)
    typed(student, RIGHT + "# again\n", FIRST, action="submit", to=OTHER)
    text = text_of(student.get(f"/problems/double/attempts/{number}"))
    assert f"The code, in {languages()[FIRST].title}" in text
    assert languages()[FIRST].title in text_of(student.get("/problems/double/attempts"))


def test_an_attempt_is_coloured_and_opens_in_its_language(student: Visitor, submit: Callable[..., int]) -> None:
    number = submit(student, RIGHT)
    typed(student, "// second\n", OTHER)
    assert chosen(student) == OTHER
    assert '<span class="k">def</span>' in student.get(f"/problems/double/attempts/{number}").text
    assert chosen(student, f"/problems/double?submission={number}") == FIRST
    opened = student.post(f"/problems/double/attempts/{number}/open")
    assert opened.location.endswith(f"?language={FIRST}#code")


@pytest.fixture
def without_boxes(app: Flask) -> None:
    """A worker is there that has boxes of Python only."""
    with app.app_context(), db.writing() as session:
        make_worker(session, away=set(languages()) - {FIRST})


def test_a_language_whose_boxes_are_away_is_marked(without_boxes: None, visitor: Visitor) -> None:
    assert f"{title_and_version(OTHER)} (cannot be judged now)" in visitor.get("/problems/double").text
    said = f"Programs in {TITLE} cannot be judged at the moment"
    assert said not in text_of(visitor.get(f"/problems/double?language={FIRST}"))
    assert said in text_of(visitor.get(f"/problems/double?language={OTHER}"))


def test_what_was_sent_in_a_language_that_is_not_offered_any_more_is_readable(
    offer: Callable[..., None], student: Visitor, submit: Callable[..., int]
) -> None:
    number = submit(student, RIGHT)
    offer(OTHER)
    assert f"The code, in {languages()[FIRST].title}" in text_of(student.get(f"/problems/double/attempts/{number}"))
    assert student.get(f"/problems/double?submission={number}").status_code == 200
    assert student.post(f"/problems/double/attempts/{number}/open").status_code == 422
