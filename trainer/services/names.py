"""Names and addresses of people: any script, but nothing that cannot be seen or passes for something else."""

from __future__ import annotations

import re
import unicodedata

import idna

from trainer.errors import Invalid

NAME_LENGTH, EMAIL_LENGTH = 80, 254
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,185}")
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of all the text behind them."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing."""
_LIKE_LATIN = frozenset("аеорсухіјѕһԁԛԝӏνοα")
"""Cyrillic and Greek small letters that look like Latin ones. A word of these alone passes for a Latin word."""
_TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "LATIN"}),
    frozenset({"CJK", "BOPOMOFO", "LATIN"}),
    frozenset({"CJK", "HANGUL", "LATIN"}),
)
"""Scripts that are written together in one word."""


def clean_name(name: str, *, what: str = "name") -> str:
    """A name as it is kept. Joiners between letters belong to it. Raises Invalid."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 1 <= len(name) <= NAME_LENGTH:
        raise Invalid(f"A {what} has 1 to {NAME_LENGTH} characters.", field="name")
    if not is_plain(name):
        raise Invalid(
            f"This {what} holds a control character or one that turns the direction of writing. Type it anew.",
            field="name",
        )
    if not any(_is_seen(character) for character in name):
        raise Invalid(f"A {what} has at least one character that can be seen.", field="name")
    return name


def is_plain(text: str) -> bool:
    """Does it hold no control character, and none that turns the direction of writing?"""
    return not any(_is_control(character) for character in text)


def clean_email(email: str) -> str:
    """An address as it is kept: one spelling for all that look alike, its domain in ASCII. Raises Invalid."""
    email = _folded(email)
    if len(email) > EMAIL_LENGTH or not _EMAIL.fullmatch(email):
        raise Invalid("An address looks like name@example.org.", field="email")
    if any(unicodedata.category(character)[0] == "C" or character in _BLANK for character in email):
        raise Invalid("This address contains an invisible character. Type it again.", field="email")
    local, _, domain = email.partition("@")
    if _passes_for_another(local):
        raise Invalid("This address mixes letters of several scripts that look alike. Use one script.", field="email")
    return f"{local}@{_ascii_domain(domain)}"


def spellings(email: str) -> set[str]:
    """Under which spellings an account with this address may be kept: older ones are kept as they were typed."""
    return {_as_typed(email), canonical(email)}


def canonical(email: str) -> str:
    """One spelling of an address, whether it can be kept or not."""
    try:
        return clean_email(email)
    except Invalid:
        return _as_typed(email)


def _as_typed(email: str) -> str:
    """What no database can hold is in no address that one has kept."""
    return email.strip().lower().encode(errors="replace").decode().replace("\x00", "?")


def _folded(email: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email.strip()).casefold())


def _ascii_domain(domain: str) -> str:
    """The domain as DNS knows it: what only looks like another domain does not look like it any more."""
    if domain.isascii() and "xn--" not in domain:
        return domain
    try:
        ascii_form = idna.encode(domain, uts46=True).decode()
        labels = idna.decode(ascii_form).split(".")
    except (idna.IDNAError, UnicodeError) as error:
        raise Invalid("The domain of this address cannot exist. Type it again.", field="email") from error
    if any(_passes_for_another(label) for label in labels):
        raise Invalid("The domain of this address mixes letters that look alike. Type it again.", field="email")
    return ascii_form


def _passes_for_another(word: str) -> bool:
    """Does it mix scripts that are not written together, or consist of look-alikes only?"""
    letters = [character for character in word if character.isalpha()]
    scripts = frozenset(_script(letter) for letter in letters)
    mixed = len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)
    return mixed or (bool(letters) and all(letter in _LIKE_LATIN for letter in letters))


def _script(letter: str) -> str:
    """The first word of a letter's name, which is that of its script."""
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


def _is_control(character: str) -> bool:
    number = ord(character)
    is_none = 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp") or character in _TURNS or is_none


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK


def name_of_address(email: str) -> str:
    """A name to begin with, for an account that was made without one: mira.okafor@example.org → Mira Okafor."""
    words = [word for word in re.split(r"[._+-]+", email.partition("@")[0]) if word]
    return " ".join(word[:1].upper() + word[1:] for word in words) or email
