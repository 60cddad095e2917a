"""Rules for all templates: the content policy is strict, and icons exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from sandbox.model import Verdict
from trainer.kinds.feedback import CaseFeedback
from trainer.pages.assets import STATIC

TRAINER = STATIC.parent
TEMPLATES = sorted([*TRAINER.glob("templates/**/*.html"), *TRAINER.glob("pages/*/templates/**/*.html")])
ICONS = set(re.findall(r'<symbol id="i-([a-z]+)"', (STATIC / "icons.svg").read_text()))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_style_and_no_inline_handler(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"<[^>]*\sstyle=", text) == []
    assert re.findall(r"<[^>]*\son[a-z]+=", text) == []
    assert "| safe" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_icons_are_in_the_sprite(path: Path) -> None:
    named = set(re.findall(r'ui\.icon\("([a-z]+)"', path.read_text()))
    assert named <= ICONS


def test_every_form_that_posts_has_its_token() -> None:
    for path in TEMPLATES:
        text = path.read_text()
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.S):
            assert "ui.csrf()" in form, path


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (CaseFeedback("sample", 3, "x", None, "not-run", True, time_ms=0.0), "not run"),
        (CaseFeedback("sample", 1, "x", Verdict.ACCEPTED, "ac", True, time_ms=2.0), "2 ms"),
        (CaseFeedback("hidden", 7, "x", Verdict.WRONG_ANSWER, "wa", True, time_ms=2.0), "case 7"),
    ],
)
def test_a_case_says_its_time_only_if_it_was_run(app: Flask, case: CaseFeedback, words: str) -> None:
    with app.test_request_context():
        module = app.jinja_env.get_template("parts/results.html").make_module({"csrf_token": lambda: ""})
        assert words in str(module.case_meta(case)).replace("\u00a0", " ")  # type: ignore[attr-defined]
