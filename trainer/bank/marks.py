"""What is markup in our markdown and what is text: `List<T>`, `#1` and `$5-$10` are shown as they are written."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from pymdownx.arithmatex import RE_BRACKET_INLINE, InlineArithmatexPattern

TAGS = ("kbd", "sub", "sup")
"""HTML that may be written, in pairs and without attributes; and <br>. Every other angle bracket is text."""

_PAIR = rf"<({'|'.join(TAGS)})>((?:(?!</?\1>).)+)</\1>"
_BREAK = r"<br ?/?>"
_DOLLARS = r"(?:(?<!\\)((?:\\{2})+)(?=\$)|(?<![\\\w$])(\$)(?!\s)((?:\\.|[^\\$\x02\x03])+?)(?<!\s)\$(?![\w$]))"
"""As arithmatex has it. Beside that a dollar between letters or digits is money, or a name."""

_NOT_MARKUP = ("html", "automail", "image_link", "image_reference", "short_image_ref")


class Marks(Extension):
    """Takes HTML and images out of markdown, and makes headings and formulas as strict as their rules are."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for name in _NOT_MARKUP:
            md.inlinePatterns.deregister(name)
        md.ESCAPED_CHARS.append("<")
        md.inlinePatterns.register(_Pair(_PAIR, md), "pair", 90)
        md.inlinePatterns.register(_Break(_BREAK, md), "break", 89)
        formula = InlineArithmatexPattern(f"{_DOLLARS}|{RE_BRACKET_INLINE}", {"generic": True})
        md.inlinePatterns.register(formula, "arithmatex-inline", 189.9)
        md.parser.blockprocessors.register(_Headings(md.parser), "hashheader", 70)


class _Pair(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # the library's own inline processors differ from its patterns so
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element(m[1])
        element.text = m[2]
        return element, m.start(), m.end()


class _Break(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # the library's own inline processors differ from its patterns so
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return Element("br"), m.start(), m.end()


class _Headings(BlockProcessor):
    """Headings have a blank behind their signs. `#1` has none and is text; so is the sign of `C#` at the end."""

    _LINE = re.compile(r"(?m)^(?P<level>#{1,6})(?:[ \t]+(?P<text>.*))?$")

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)

    def test(self, parent: Element, block: str) -> bool:
        return bool(self._LINE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = self._LINE.search(block)
        assert found is not None
        if before := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        heading = SubElement(parent, f"h{len(found['level'])}")
        heading.text = _without_closing(found["text"] or "")
        if after := block[found.end() :].lstrip("\n"):
            blocks.insert(0, after)


def _without_closing(text: str) -> str:
    text = text.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:] in ("", " ", "\t") else text
