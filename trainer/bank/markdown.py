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

from trainer.bank.check_yourself import LANGUAGE as CHECK_YOURSELF
from trainer.bank.check_yourself import bare, block_html
from trainer.bank.markdown_bounds import excess, is_highlighted
from trainer.bank.marks import Marks
from trainer.bank.nesting import nested
from trainer.bank.sanitise import sanitise

TOP_HEADING = 3
"""Level of a text's highest heading: pages put a heading of level two above it."""

LONGEST_WHOLE = 48
"""Characters of code in a table's cell that are never broken."""

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@lru_cache(maxsize=1024)
def render(text: str, label: str = "Example") -> Markup:
    """Markdown as HTML that is safe to show.

    `label` names code blocks to screen readers; several in one text are numbered. Headings keep their order and begin
    at level three. HTML is text like everything else, but for a few tags. A text that would take minutes is shown as it
    is.
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


def plain_html(text: str) -> str | None:
    """Safe HTML with code and formulas as they are written, without the questions inside. None if unreadable."""
    read = _read(text, _Plain(""))
    return None if read is None else sanitise(read)


def is_readable(text: str) -> bool:
    """Can this be read as markdown in reasonable time, and without nesting endlessly?"""
    return _read(text, _Blocks("")) is not None


def render_inline(text: str) -> Markup:
    """One line of markdown without the paragraph around it."""
    inner = render(" ".join(text.split())).strip()
    return Markup(inner.removeprefix(Markup("<p>")).removesuffix(Markup("</p>")))


def _read(text: str, blocks: _Blocks) -> str | None:
    """HTML that is not sanitised yet, or None where it would take long or nests endlessly."""
    if excess(text) is not None:
        return None
    try:
        return _converter(blocks).convert(nested(text))
    except RecursionError:
        return None


def _converter(blocks: _Blocks) -> Markdown:
    return Markdown(
        extensions=["tables", "sane_lists", "pymdownx.superfences", "pymdownx.arithmatex", Marks(), _Shapes(blocks)],
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
        self.tables = 0
        self.seen: list[tuple[str, str]] = []

    def attributes(self) -> dict[str, str]:
        self.count += 1
        name = self.label if self.count == 1 else f"{self.label} {self.count}"
        return {"class": "code", "tabindex": "0", "role": "region", "aria-label": name}

    def table_attributes(self) -> dict[str, str]:
        self.tables += 1
        name = "Table" if self.tables == 1 else f"Table {self.tables}"
        return {"class": "scroll-x", "tabindex": "0", "role": "region", "aria-label": name}

    def fence(self, source: str, language: str, *_: Any, **__: Any) -> str:
        """A fenced block: code, highlighted where its language is known, or a question."""
        self.seen.append((language, source))
        question = block_html(source, self._inside) if language == CHECK_YOURSELF else None
        return question or f"<pre {self.written()}>{_highlighted(source, language)}</pre>"

    def _inside(self, text: str) -> str:
        """HTML of a text inside a block; code in it is numbered with the rest."""
        return _converter(self).convert(nested(text))

    def written(self) -> str:
        """The attributes of the next block as HTML."""
        return " ".join(f'{key}="{html.escape(value)}"' for key, value in self.attributes().items())

    def maths(self, source: str, display: str) -> str:
        """MathML of a formula, or the formula as it was written where it cannot be read."""
        try:
            return convert(source, display=display)
        except Exception:  # the library raises plain Python errors, too, for what is no formula
            return f"<code>{html.escape(source)}</code>"


class _Plain(_Blocks):
    """The same without highlighting, MathML and questions: what is left are the author's own words."""

    def fence(self, source: str, language: str, *_: Any, **__: Any) -> str:
        return "" if language == CHECK_YOURSELF else f"<pre>{html.escape(source)}</pre>"

    def maths(self, source: str, display: str) -> str:
        return f"<code>{html.escape(source)}</code>"


def _highlighted(source: str, language: str) -> str:
    name = (language or "text").lower()
    if not is_highlighted(source, name):
        return html.escape(source)
    return highlight(source, get_lexer_by_name(name), _FORMATTER)


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
        self._wrap_tables(root)
        for element in list(root.iter()):
            if element.tag == "pre":
                element.attrib.update(self._blocks.attributes())
            elif element.tag == "table":
                element.set("class", "table")
                _mark_long_code(element)
            elif element.tag in ("th", "td") and "right" in element.get("style", ""):
                element.set("class", "r")
            elif element.get("class") == "arithmatex":
                element.text = AtomicString(self.md.htmlStash.store(self._maths(element)))

    def _wrap_tables(self, root: Element) -> None:
        """A table that is wider than its page moves under its own bar."""
        for parent in list(root.iter()):
            for place, table in enumerate(list(parent)):
                if table.tag == "table":
                    wrapper = Element("div", self._blocks.table_attributes())
                    wrapper.append(table)
                    wrapper.tail, table.tail = table.tail, None
                    parent[place] = wrapper

    def _maths(self, element: Element) -> str:
        source = (element.text or "").strip()[2:-2].strip()
        return self._blocks.maths(source, "block" if element.tag == "div" else "inline")


def _mark_long_code(table: Element) -> None:
    """Names in cells stay whole; only code that would widen the table by far may break."""
    for code in table.iter("code"):
        if len("".join(code.itertext())) > LONGEST_WHOLE:
            code.set("class", "long")


def _shift_headings(root: Element) -> None:
    """Levels that are used move, in their order, to three, four and so on, so that none is skipped."""
    found = [element for element in root.iter() if element.tag in _HEADINGS]
    levels = {tag: TOP_HEADING + rank for rank, tag in enumerate(sorted({str(e.tag) for e in found}))}
    for element in found:
        element.tag = f"h{min(levels[str(element.tag)], 6)}"
