"""Proves that a page shows what an author wrote: markdown may drop words, run choices together and unnest lists."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser

from trainer.bank.flaws import Flaws
from trainer.bank.markdown import plain_html
from trainer.bank.marks import TAGS
from trainer.bank.nesting import falsely_nested

MOST = 5
"""Words of a text that are named: the others are mostly of the same making."""
_MOST_TRIES, _LONGEST = 6, 8 * 1024
"""How often a text is rendered again to find a word's line, and up to which length: else the first line is told."""
_STAND_IN = "zq0stand0in"

_WORD = re.compile(r"[^\W_]+")
_FENCE = re.compile(r"^[ >\t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$")
_NUMBER = re.compile(r"^[ >\t*+-]*\d{1,9}[.)](?=\s|$)")
_LABEL = re.compile(r"^ {0,3}\[[^\]]+\]:|\]\[[^\]]*\]")
_TAG = re.compile(rf"</?(?:{'|'.join(TAGS)})>|<br ?/?>")
_ENTITY = re.compile(r"&#?\w+;")
_CODE = "put it in backticks"
_INSIDE, _STAR = re.compile(r"\w</?(?:em|strong)>\w"), re.compile(r"\w\*+\w")
_DUNDER = re.compile(r"(?<!\w)__([a-z][a-z0-9_]*)__(?!\w)")
_IMAGE, _COMMENT = re.compile(r"!\[[^\]\n]*\][(\[]"), re.compile(r"<!--")


def check_markdown(text: str, file: str, flaws: Flaws, place: str = "", first_line: int = 1) -> None:
    """Add what a page would not show as it is written. A `place` is told instead of the line."""
    if flaws.published:
        return
    for line, problem, fix in _problems(text):
        flaws.doubt(file, place or f"line {line + first_line - 1}", problem, fix)


def look_alike(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of texts that a page shows alike."""
    seen: dict[str, str] = {}
    for text in texts:
        before = seen.setdefault(_looks(text), text)
        if before is not text:
            yield before, text


def _problems(text: str) -> Iterator[tuple[int, str, str]]:
    page = _Page(text)
    if page.html is None:
        return
    for line in falsely_nested(text):
        yield (
            line,
            "looks like an item of a list below another, and is none",
            "indent it to where the text above begins",
        )
    for line, word in _lost(text, page):
        yield line, f"{word!r} is not shown on the page", f"{_CODE}, or write it otherwise"
    if "<!--" in page.prose:
        yield _line_of(_COMMENT, text), "a comment is shown like any text", "take it out"
    if _IMAGE.search(page.prose):
        yield _line_of(_IMAGE, text), "images are not shown", "say in words or in a code block what it shows"
    if _INSIDE.search(page.html):
        yield (
            _line_of(_STAR, text),
            "a star between letters or digits is emphasis, and not shown",
            rf"{_CODE}, or write \*",
        )
    for name in dict.fromkeys(_DUNDER.findall(text)):
        if page.html.count(f"<strong>{name}</strong>") > text.count(f"**{name}**"):
            yield _line_of(re.compile(f"__{name}__"), text), f"__{name}__ is shown without its underscores", _CODE


class _Page(HTMLParser):
    """What a text becomes, and what can be read of it: `words` everywhere, `prose` outside of code, `look` by eye."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.html = plain_html(text)
        self.words: list[str] = []
        self._prose: list[str] = []
        self._look: list[str] = []
        self._code = 0
        self.feed(self.html or "")
        self.close()

    @property
    def prose(self) -> str:
        return "".join(self._prose)

    @property
    def look(self) -> str:
        return "".join(self._look)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if name in ("href", "title")]
        self._code += tag in ("code", "pre")
        self._look.append({"sub": "_", "sup": "^", "br": " ", "p": " ", "li": " ", "td": " "}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        self._look.append(data)
        if not self._code:
            self._prose.append(data)


def _looks(text: str) -> str:
    """What distinguishes a text for a reader: neither invisible characters nor blanks do."""
    page = _Page(text)
    shown = text if page.html is None else page.look
    visible = (sign for sign in unicodedata.normalize("NFC", shown) if unicodedata.category(sign) != "Cf")
    return " ".join("".join(visible).split())


def _lost(text: str, page: _Page) -> Iterator[tuple[int, str]]:
    """Words of the source that stand nowhere on the page, with the line of each."""
    shown = Counter(_words(page.words))
    lines = list(_sources(text))
    as_written = Counter(_words(_ENTITY.sub(" ", line) for _, line in lines)) - shown
    as_read = Counter(_words(html.unescape(line) for _, line in lines)) - shown
    for word in list(as_written & as_read)[:MOST]:
        yield _line_with(word, text, lines), word


def _line_with(word: str, text: str, lines: Iterable[tuple[int, str]]) -> int:
    """The line from which a word is lost: with a stand-in on another line, that one would be shown."""
    found = [number for number, line in lines if word in _words([line])]
    for number in found[:_MOST_TRIES] if len(found) > 1 and len(text) <= _LONGEST else ():
        changed = text.split("\n")
        changed[number - 1] = re.sub(
            rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", _STAND_IN, changed[number - 1], count=1
        )
        if _STAND_IN not in _words(_Page("\n".join(changed)).words):
            return number
    return found[0] if found else 1


def _sources(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, without what is markup: words of fences, marks of lists, labels of links, known tags.

    Questions inside the text are looked at for themselves.
    """
    fence = info = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _FENCE.match(line)
        if found and not fence:
            fence, info = found["fence"], found["info"].strip()
        elif found and found["fence"].startswith(fence) and not found["info"].strip():
            fence = info = ""
        elif fence and info != "check-yourself":
            yield number, line
        elif not fence:
            yield number, _TAG.sub(" ", _LABEL.sub("] ", _NUMBER.sub("", line)))


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text)]


def _line_of(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
