"""What people cannot see: blanks at the end, invisible characters, letters of another script that look the same.

A wrong answer that looks exactly like the right one is shown so that the difference is seen, and told in a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

_UNSEEN = ("Cf", "Cc", "Co", "Cn", "Zl", "Zp", "Zs")
_ALSO_UNSEEN = "\u115f\u1160\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
_NAMES = {" ": "blank", "\t": "tab", "\n": "line feed", "\r": "carriage return", "\u00a0": "no-break space"}
_PICTURES = {0x2400 + code: code for code in range(32)} | {0x2421: 127}
"""How control characters were made harmless before."""

_LOOKS = str.maketrans(
    "аеорсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅ" + "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ı‐‑‒–—−’‘ʼ′“”″",
    "aeopcyxijsdqwhABEKMHOPCTYXIJS" + "ovABEZHIKMNOPTYX" + "i------''''\"\"\"",
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([tnr]))")
_SIMPLE = {"t": "\t", "n": "\n", "r": "\r"}
_AT_EDGES = re.compile(r"\s*(['\"]|^|$)\s*")


def made_visible(expected: str, got: str) -> tuple[str, str]:
    """Both texts, with what is not seen written out where it is not the same on both sides."""
    texts = (expected, got)
    unseen = [[c for c in text if is_unseen(c)] for text in texts]
    if unseen[0] != unseen[1]:
        texts = (_written_out(expected, is_unseen), _written_out(got, is_unseen))
    if _composed(expected) == _composed(got):
        texts = (_written_out(texts[0], _is_mark), _written_out(texts[1], _is_mark))
    return texts


def look_alike(expected: str, got: str) -> bool:
    """Are two texts that differ the same to the eye?"""
    return expected != got and _looks(expected) == _looks(got)


def note(expected: str, got: str) -> str:
    """A sentence where two texts that differ look alike, else ""."""
    if not look_alike(expected, got):
        return ""
    left, right = _characters(expected), _characters(got)
    return f"Both look alike, only the form differs: {_what_differs(left, right)}."


def is_unseen(character: str) -> bool:
    """Is nothing, or a gap, all that is seen of it? A common blank and the end of a line are seen well enough."""
    return character not in " \n" and (unicodedata.category(character) in _UNSEEN or character in _ALSO_UNSEEN)


def _what_differs(expected: str, got: str) -> str:
    if _composed(expected) == _composed(got):
        return "the same letters are made of other characters; Unicode normalisation makes them the same"
    wanted, given = Counter(filter(_is_gap, expected)), Counter(filter(_is_gap, got))
    parts = [*_counted(given - wanted, "too many"), *_counted(wanted - given, "missing")]
    pairs = zip(_without_gaps(expected), _without_gaps(got), strict=False)
    parts += [f"{name(b)} stands where {name(a)} is expected" for a, b in pairs if a != b][:1]
    return ", ".join(parts) or "blanks stand in other places"


def _counted(characters: Counter[str], what: str) -> Iterator[str]:
    for character, number in list(characters.items())[:3]:
        yield f"{number} × {name(character)} {what}"


def name(character: str) -> str:
    """What a character is called: "no-break space (U+00A0)", "‘а’ (U+0430, Cyrillic small letter a)"."""
    code = f"U+{ord(character):04X}"
    known = _NAMES.get(character) or unicodedata.name(character, "character").capitalize()
    return f"{known.lower()} ({code})" if _is_gap(character) else f"‘{character}’ ({code}, {known})"


def _is_gap(character: str) -> bool:
    return character in " \n" or is_unseen(character)


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) > 0


def _without_gaps(text: str) -> str:
    return "".join(c for c in text if not _is_gap(c))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _characters(text: str) -> str:
    """The text with escapes of literals, and pictures of control characters, read as what they stand for."""
    return _ESCAPE.sub(_character, text.translate(_PICTURES))


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return _SIMPLE[found[4]] if code is None else chr(min(int(code, 16), 0x10FFFF))


def _looks(text: str) -> str:
    plain = "".join(" " if c.isspace() else c for c in _characters(text) if c.isspace() or not is_unseen(c))
    wide = "".join(unicodedata.normalize("NFKC", c) if "\uff00" <= c <= "\uffef" else c for c in _composed(plain))
    return _AT_EDGES.sub(r"\1", re.sub(" +", " ", wide.translate(_LOOKS)))


def _written_out(text: str, which: Callable[[str], bool]) -> str:
    return "".join(_escape(c) if which(c) else c for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return "\\t" if character == "\t" else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
