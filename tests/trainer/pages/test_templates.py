"""Rules for all templates: the content policy is strict, and icons exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
