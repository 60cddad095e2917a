"""Code that somebody sent, coloured as its language is."""

from __future__ import annotations

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from trainer.bank.markdown_bounds import LONGEST_CODE
from trainer.languages import lexer

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


def highlighted(source: str, language: str) -> Markup:
    """The code as HTML: plain where it is long, or in nothing that can be coloured."""
    name = lexer(language)
    if not name or len(source) > LONGEST_CODE:
        return escape(source)
    return Markup(highlight(source, get_lexer_by_name(name, stripnl=False, ensurenl=False), _FORMATTER))
