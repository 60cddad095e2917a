"""Lists nest as CommonMark nests them; another library that reads it is the witness."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from trainer.bank.markdown import plain_html, render
from trainer.bank.nesting import falsely_nested, nested

SHAPES = [
    "- a\n  - b\n- c",
    "- a\n  - b\n    - c\n      - d\n  - e\n- f",
    "- a\n    - b\n        - c\n- d",
    "* a\n  + b\n    - c",
    "1. a\n   - b\n   - c\n2. d",
    "1. a\n   1. b\n   2. c\n2. d",
    "10. a\n    - b\n11. c",
    "1) a\n2) b\n   - c",
    "3. a\n4. b",
    "-   a\n    - b\n-   c",
    " - a\n   - b\n - c",
    "- a\n\n  para\n\n- b",
    "- a\n\n  para\n- b",
    "- a\n\n    para of four blanks\n\n- b",
    "- a\n\n  - b\n\n    para of b\n\n  para of a\n- c",
    "- a\n  goes on\n  - b\n    goes on\n- c",
    "- a\ngoes on lazily\n- b",
    "text:\n- a\n- b\n\nafter",
    "text:\n1. a\n2. b",
    "text\n2. is no list",
    "- a\n  1. b\n  2. c\n- d",
    "- a\n+ b",
    "- a\n1. b",
    "- - a\n  - b\n- c",
    "- a\n  ```py\n  x = 1\n    y\n  - z\n  ```\n- b",
    "- a\n\n  ```\n  x\n\n  y\n  ```\n\n  para\n- b",
    "- ```\n  x\n  ```\n- b",
    "1. a\n\n   ~~~\n   x\n   ~~~\n\n2. b",
    "  ```\n  - a\n    - b\n  ```\n- c\n  - d",
    "- a\n\n      code\n        more\n- b",
    "    code\n    - no item",
    "- a\n  > quote\n- b",
    "> - a\n>   - b\n> - c",
    "> text:\n> - a\n>   1. b\n\n- c",
    "- > a\n  > b\n- c",
    "- # head\n- b",
    "- a\n***\n- b",
    "- a\n\ntext\n\n- b",
    "# head\n- a\n  - b",
    "- a\n\n\n  - b",
    "- `x`\n  - *y*",
    "- a\n  # head in the item\n- b",
    "a\n-----\n- b\n  - c",
    "-\ta\n\t-\tb\n-\tc",
    "1. a\n\n   para\n\n   - b\n\n     para of b\n\n2. c",
]


class Outline(HTMLParser):
    """Lists, items, code, quotations and headings with their texts; how tight a list is set does not matter."""

    KEPT = ("ul", "ol", "li", "pre", "blockquote", "hr")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.code = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code = self.code or tag == "pre"
        self._add(tag, f"<{tag}{dict(attrs).get('start') or ''}>")

    def handle_endtag(self, tag: str) -> None:
        self.code = self.code and tag != "pre"
        self._add(tag, f"</{tag}>" if tag != "hr" else "")

    def _add(self, tag: str, shown: str) -> None:
        if tag in self.KEPT:
            self.parts.append(shown)
        elif re.fullmatch(r"h\d", tag):
            self.parts.append("<h>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.strip("\n") if self.code else " ".join(data.split()))


def outline(html: str) -> str:
    """Two lists that follow each other look like one."""
    return re.sub("</ul><ul>|</ol><ol>|</blockquote><blockquote>", "", "".join(Outline(html).parts))


def assert_as_commonmark(text: str) -> None:
    ours, theirs = plain_html(text), MarkdownIt("commonmark").render(text)
    assert ours is not None
    assert outline(ours) == outline(theirs), f"{text}\n-----\n{nested(text)}"
    assert falsely_nested(text) == []


@pytest.mark.parametrize("text", SHAPES)
def test_lists_nest_as_they_are_written(text: str) -> None:
    assert_as_commonmark(text)


def make_list(draw: random.Random, indent: int, depth: int) -> list[str]:
    """A list as people write it: blocks of an item begin where its text does."""
    numbered, loose, lines = draw.random() < 0.4, draw.random() < 0.3, list[str]()
    first = draw.choice([1, 1, 1, 9])
    for number in range(first, first + draw.randint(1, 3)):
        mark = f"{number}." if numbered else "-"
        mark += " " * draw.choice([1, 1, 1, 2])
        inside = " " * (indent + len(mark))
        lines.append(f"{' ' * indent}{mark}item {draw.randint(1, 99)}")
        if draw.random() < 0.2:
            lines.append(f"{inside}goes on")
        if draw.random() < 0.2:
            lines += ["", f"{inside}a paragraph", ""]
        if draw.random() < 0.2:
            lines += [f"{inside}```", f"{inside}  code", "", f"{inside}- code", f"{inside}```"]
        if depth < 3 and draw.random() < 0.5:
            lines += make_list(draw, len(inside), depth + 1)
        lines += [""] * loose
    return lines


@pytest.mark.parametrize("seed", range(150))
def test_any_list_nests_as_it_is_written(seed: int) -> None:
    draw = random.Random(seed)
    assert_as_commonmark("\n".join(["Before:", "", *make_list(draw, 0, 0), "", "After."]))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. a\n  - b", [2]),
        ("1. a\n2. b\n  - c\n  - d\n3. e", [3]),
        ("100. a\n   - b", [2]),
        ("> 1. a\n>   - b", [2]),
        ("- a\n - b", []),
        ("- a\n  - b", []),
    ],
)
def test_an_item_that_only_looks_nested_is_found(text: str, lines: list[int]) -> None:
    assert falsely_nested(text) == lines


@pytest.mark.parametrize("text", ["- " * 40 + "a", "\n".join("  " * n + "- a" for n in range(60)), "> " * 60 + "a"])
def test_what_nests_without_end_is_shown(text: str) -> None:
    assert render(text).striptags().endswith("a")


def test_tabs_inside_of_code_stay() -> None:
    assert nested("- a\n  ```\n  x\ty\n  ```") == "- a\n\n    ```\n    x\ty\n    ```"


def test_formulas_are_no_lists() -> None:
    assert render("$$\na\n+ b\n- c\n$$").startswith('<div class="arithmatex"><math')
