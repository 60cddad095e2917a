"""How the editor is set: kept with the account, told to each page with an editor, and taken out with the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import db
from trainer.models import EditorSettings

LARGE_VIM = {"font_px": "18", "tab_width": "2", "keys": "vim", "completion": "1"}
KEPT = {"font_px": 18, "tab_width": 2, "keys": "vim", "wrap": False, "completion": True}


def told(page: str) -> Any:
    """What the page tells the editor's script, or None."""
    found = re.search(r'<html[^>]* data-editor="([^"]*)"', page)
    return json.loads(unescape(found[1])) if found else None


def test_what_is_saved_is_told_to_pages_with_an_editor(student: Visitor) -> None:
    assert told(student.get("/problems/double").text) is None
    assert student.post("/account/editor", **LARGE_VIM).location.endswith("/account#editor")
    page = student.get("/problems/double").text
    assert told(page) == KEPT
    assert "--editor-size: 18px" in page
    assert told(student.get("/problems").text) is None


def test_the_page_is_made_as_it_is_set(student: Visitor) -> None:
    student.post("/account/editor", **LARGE_VIM)
    page = student.get("/problems/double").text
    assert 'wrap="off"' in page
    assert re.search(r'<span data-with-keys="vim">Esc leads to normal mode', page)
    assert re.search(r'<span data-with-keys="standard emacs" hidden>', page)


def test_the_form_of_the_account_shows_what_is_saved(student: Visitor) -> None:
    student.post("/account/editor", **LARGE_VIM)
    page = student.get("/account").text
    assert re.search(r'name="font_px"[^>]* value="18"', page)
    assert '<option value="2" selected>' in page
    assert '<option value="vim" selected>' in page
    assert re.search(r'name="completion" value="1" checked', page)
    assert not re.search(r'name="wrap" value="1" checked', page)


def test_a_script_saves_without_a_page(student: Visitor) -> None:
    answer = student.post("/account/editor", fragment=True, **LARGE_VIM)
    assert (answer.status_code, answer.text) == (200, "")
    assert told(student.get("/problems/double").text) == KEPT


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"font_px": "11"}, "A size is a number from 12 to 24."),
        ({"font_px": "25"}, "A size is a number from 12 to 24."),
        ({"font_px": "big"}, "A size is a number from 12 to 24."),
        ({"font_px": "1e1"}, "A size is a number from 12 to 24."),
        ({"tab_width": "3"}, "An indent has 2, 4 or 8 columns."),
        ({"keys": "nano"}, "Keys are standard, vim or emacs."),
        ({"keys": ""}, "Keys are standard, vim or emacs."),
        ({"wrap": "yes"}, "A switch is sent as 1, or not at all."),
    ],
)
@pytest.mark.parametrize("fragment", [False, True])
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(
    student: Visitor, change: dict[str, str], words: str, fragment: bool
) -> None:
    student.post("/account/editor", **LARGE_VIM)
    answer = student.post("/account/editor", fragment=fragment, **(LARGE_VIM | change))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert told(student.get("/problems/double").text) == KEPT


def test_a_refused_form_keeps_what_was_entered(student: Visitor) -> None:
    page = student.post("/account/editor", **(LARGE_VIM | {"font_px": "99"})).text
    assert re.search(r'name="font_px"[^>]* value="99" aria-invalid="true"', page)
    assert '<option value="vim" selected>' in page


def test_guests_have_an_editor_as_their_device_says_and_no_account_to_save_to(visitor: Visitor) -> None:
    page = visitor.get("/problems/double").text
    assert told(page) is None
    assert "Kept on this device." in page
    assert visitor.post("/account/editor", **LARGE_VIM).location.startswith("/sign-in")


def test_each_account_has_its_own(student: Visitor, make_visitor: Callable[..., Visitor]) -> None:
    student.post("/account/editor", **LARGE_VIM)
    assert told(make_visitor("other@example.org").get("/problems/double").text) is None


def test_the_export_has_them(student: Visitor) -> None:
    assert student.get("/account/export.json").json["editor"] is None
    student.post("/account/editor", **LARGE_VIM)
    assert student.get("/account/export.json").json["editor"] == KEPT


def test_they_leave_with_the_account(app: Flask, student: Visitor) -> None:
    student.post("/account/editor", **LARGE_VIM)
    student.post("/account/delete", password="correct horse battery")
    with app.app_context(), db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(EditorSettings)) == 0


def test_pages_with_an_editor_lead_there(student: Visitor) -> None:
    assert 'href="#code" data-to-editor>Skip to the editor' in student.get("/problems/double").text
    assert 'href="#warm-up" data-to-editor>Skip to the editor' in student.get("/").text
    assert "Skip to the editor" not in student.get("/problems").text
