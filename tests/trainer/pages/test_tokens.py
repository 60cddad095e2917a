"""The colours: both themes pass the same contrast test, and the two dark blocks are one."""

from __future__ import annotations

import re
from itertools import product

import pytest

from trainer.pages.assets import STATIC

TOKENS = (STATIC / "css" / "tokens.css").read_text()
GROUNDS = ("canvas", "surface", "sunken", "hover", "selected")
VERDICTS = ("ac", "wa", "tle", "mle", "ole", "rte", "ce", "je", "judging", "due")
CODE = re.findall(r"--(code-(?!bg|line|select|match)[a-z]+):", TOKENS)

READ = [
    *product(("text", "text-2", "text-3"), GROUNDS),
    *product(("accent", "accent-hover"), ("canvas", "surface", "sunken", "accent-soft")),
    *((verdict, f"{verdict}-soft") for verdict in VERDICTS),
    *product(VERDICTS, ("surface",)),
    *product(sorted(set(CODE)), ("code-bg", "code-line")),
    *((f"m{level}-ink", f"m{level}") for level in range(5)),
    ("on-ink", "ink-btn"),
    ("on-accent", "accent"),
    ("add-ink", "add-bg"),
    ("add-ink", "add-word"),
    ("del-ink", "del-bg"),
    ("del-ink", "del-word"),
]
"""Text and its ground: 4.5 to 1."""
SEEN = [
    *product(("line-control", "focus"), ("canvas", "surface", "sunken")),
    *product(("s1", "s2", "s3", "s4"), ("surface",)),
]
"""Edges of what can be operated, focus, series of charts: 3 to 1."""


def blocks() -> dict[str, str]:
    light = re.search(r"^:root \{(.*?)^\}", TOKENS, re.S | re.M)
    dark = re.search(r'^:root\[data-theme="dark"\] \{(.*?)^\}', TOKENS, re.S | re.M)
    system = re.search(r"^  :root:not\(\[data-theme\]\) \{(.*?)^  \}", TOKENS, re.S | re.M)
    assert light
    assert dark
    assert system
    return {"light": light[1], "dark": dark[1], "system": system[1]}


def colours(theme: str) -> dict[str, str]:
    found = blocks()
    text = found["light"] + (found["dark"] if theme == "dark" else "")
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", text))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_two_dark_blocks_are_the_same() -> None:
    found = blocks()
    assert found["dark"].split() == found["system"].split()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_can_be_read(theme: str) -> None:
    values = colours(theme)
    poor = {(ink, ground): contrast(values[ink], values[ground]) for ink, ground in READ}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_controls_and_charts_can_be_seen(theme: str) -> None:
    values = colours(theme)
    poor = {(line, ground): contrast(values[line], values[ground]) for line, ground in SEEN}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 3} == {}


@pytest.mark.parametrize("name", ["components", "site", "work", "pages"])
def test_components_name_meanings_and_no_raw_colours(name: str) -> None:
    text = (STATIC / "css" / f"{name}.css").read_text().replace("background: #fff", "")
    assert re.findall(r"#[0-9a-f]{3,8}\b(?![-\w])", re.sub(r"#[a-z][a-z-]*", "", text)) == []
    assert re.findall(r"\b(?:rgb|hsl)a?\(", text) == []
