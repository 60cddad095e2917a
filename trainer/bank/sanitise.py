"""Lets through only HTML that is known to be harmless: the last step of everything that authors write."""

from __future__ import annotations

import nh3
from pygments.token import STANDARD_TYPES

_TEXT = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "details",
    "dl",
    "dt",
    "em",
    "hr",
    "i",
    "ins",
    "kbd",
}
_MORE = {
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "ul",
    "var",
}
_BLOCKS = {"div", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "caption"}
_MATHS = {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup"}
_MORE_MATHS = {"munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom"}

_PYGMENTS = set(STANDARD_TYPES.values()) - {""}

_LINKS = ("https://", "http://", "mailto:", "/", "#")


def _only_plain_links(tag: str, name: str, value: str) -> str | None:
    """Links by what they begin with: how browsers read an odd scheme is not our guess to make."""
    return value if name != "href" or value.startswith(_LINKS) else None


_CLEANER = nh3.Cleaner(
    tags=_TEXT | _MORE | _BLOCKS | _MATHS | _MORE_MATHS,
    clean_content_tags={"script", "style"},
    attributes={
        "a": {"href", "title"},
        "abbr": {"title"},
        "ol": {"start"},
        "pre": {"aria-label"},
        "div": {"aria-label"},
        "mo": {"stretchy", "fence"},
        "mspace": {"width"},
    },
    tag_attribute_values={
        "pre": {"tabindex": {"0"}, "role": {"region"}},
        "div": {"role": {"group", "region"}, "tabindex": {"0"}},
        "math": {"display": {"block", "inline"}},
        "th": {"scope": {"col", "row"}},
        "details": {"open": {""}},
    },
    allowed_classes={
        "pre": {"code"},
        "span": _PYGMENTS | {"arithmatex"},
        "div": {"arithmatex", "check-yourself", "scroll-x"},
        "code": {"long"},
        "strong": {"right", "wrong"},
        "table": {"table"},
        "th": {"r"},
        "td": {"r"},
    },
    attribute_filter=_only_plain_links,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)


def sanitise(text: str) -> str:
    """The text with everything removed that is not on the lists above."""
    return _CLEANER.clean(text)
