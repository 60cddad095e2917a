"""Makes safe HTML of what authors write: markdown with code, tables and maths, rendered on the server."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from trainer.bank.check_yourself import LANGUAGE as CHECK_YOURSELF
from trainer.bank.check_yourself import bare, block_html
from trainer.bank.sanitise import sanitise

TOP_HEADING = 3
"""Level of a text's highest heading: pages put a heading of level two above it."""

LONGEST = 64 * 1024
_DEAR_MARKS = ("[", "$", "\\(")
_MOST_MARKS = 1000

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@lru_cache(maxsize=1024)
def render(text: str, label: str = "Example") -> Markup:
    """Markdown as HTML that is safe to show.

    `label` names code blocks to screen readers; several in one text are numbered. Headings keep their order and begin
    at level three. Raw HTML is cut down to harmless tags, scripts and styles vanish with their content. A text that
    would take minutes is shown as it is.
    """
    read = _read(text, _Blocks(label))
    if read is None:
        return Markup(f"<pre {_Blocks(label).written()}>{html.escape(text)}</pre>")
    return Markup(sanitise(read))


def render_short(text: str, label: str = "Example") -> Markup:
    """The same, but a text of one paragraph stands without its tags: for places that hold a line, or a block."""
    return Markup(bare(render(text, label)))


def fenced(text: str, language: str) -> tuple[str, ...]:
    """The contents of a text's fenced blocks of this language, in order. None where it cannot be read as markdown."""
    blocks = _Blocks("")
    _read(text, blocks)
    return tuple(source for name, source in blocks.seen if name == language)


def is_readable(text: str) -> bool:
    """Can this be read as markdown in reasonable time, and without nesting endlessly?"""
    return _read(text, _Blocks("")) is not None


def render_inline(text: str) -> Markup:
    """One line of markdown without the paragraph around it."""
    inner = render(" ".join(text.split())).strip()
    return Markup(inner.removeprefix(Markup("<p>")).removesuffix(Markup("</p>")))


def _read(text: str, blocks: _Blocks) -> str | None:
    """HTML that is not sanitised yet, or None. Some marks are sought again from each other one of their sort."""
    if len(text) > LONGEST or any(text.count(mark) > _MOST_MARKS for mark in _DEAR_MARKS):
        return None
    try:
        return _converter(blocks).convert(text)
    except RecursionError:
        return None


def _converter(blocks: _Blocks) -> Markdown:
    return Markdown(
        extensions=["tables", "sane_lists", "pymdownx.superfences", "pymdownx.arithmatex", _Shapes(blocks)],
        extension_configs={
            "pymdownx.superfences": {"custom_fences": [{"name": "*", "class": "", "format": blocks.fence}]},
            "pymdownx.arithmatex": {"generic": True},
        },
    )


class _Blocks:
    """Code blocks of one text, numbered as they come. `seen` are the fenced ones by language, as written."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.count = 0
        self.seen: list[tuple[str, str]] = []

    def attributes(self) -> dict[str, str]:
        self.count += 1
        name = self.label if self.count == 1 else f"{self.label} {self.count}"
        return {"class": "code", "tabindex": "0", "role": "region", "aria-label": name}

    def fence(self, source: str, language: str, *_: Any, **__: Any) -> str:
        """A fenced block: code, highlighted where its language is known, or a question."""
        self.seen.append((language, source))
        question = block_html(source, self._inside) if language == CHECK_YOURSELF else None
        return question or f"<pre {self.written()}>{_highlighted(source, language)}</pre>"

    def _inside(self, text: str) -> str:
        """HTML of a text inside a block; code in it is numbered with the rest."""
        return _converter(self).convert(text)

    def written(self) -> str:
        """The attributes of the next block as HTML."""
        return " ".join(f'{key}="{html.escape(value)}"' for key, value in self.attributes().items())


def _highlighted(source: str, language: str) -> str:
    try:
        return highlight(source, get_lexer_by_name(language or "text"), _FORMATTER)
    except ClassNotFound:
        return html.escape(source)


class _Shapes(Extension):
    """Gives the tree the shapes that the pages' stylesheet knows."""

    def __init__(self, blocks: _Blocks) -> None:
        super().__init__()
        self._blocks = blocks

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Shaper(md, self._blocks), "shapes", 5)


class _Shaper(Treeprocessor):
    """Headings, indented code, tables and maths."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self._blocks = blocks

    def run(self, root: Element) -> None:
        _shift_headings(root)
        for element in list(root.iter()):
            if element.tag == "pre":
                element.attrib.update(self._blocks.attributes())
            elif element.tag == "table":
                element.set("class", "table")
            elif element.tag in ("th", "td") and "right" in element.get("style", ""):
                element.set("class", "r")
            elif element.get("class") == "arithmatex":
                element.text = AtomicString(self.md.htmlStash.store(_maths(element)))


def _shift_headings(root: Element) -> None:
    """Levels that are used move, in their order, to three, four and so on, so that none is skipped."""
    found = [element for element in root.iter() if element.tag in _HEADINGS]
    levels = {tag: TOP_HEADING + rank for rank, tag in enumerate(sorted({str(e.tag) for e in found}))}
    for element in found:
        element.tag = f"h{min(levels[str(element.tag)], 6)}"


def _maths(element: Element) -> str:
    """MathML of a formula, or the formula as it was written where it cannot be read."""
    is_block = element.tag == "div"
    source = (element.text or "").strip()[2:-2].strip()
    try:
        return convert(source, display="block" if is_block else "inline")
    except Exception:  # the library raises plain Python errors, too, for what is no formula
        return f"<code>{html.escape(source)}</code>"
