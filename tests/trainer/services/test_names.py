"""Names of any script; addresses that are what they look like."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, make_user
from trainer.errors import Conflict, Invalid
from trainer.services import accounts, names, passwords


@pytest.mark.parametrize(
    "name",
    [
        "علی\u200cرضا",  # a joiner that keeps letters apart
        "ශ්\u200dරී",  # one that keeps them together
        "O'Neil-Smith 3rd",
        "李小龍",
        "Ольга",
        "नरेन्द्र",
        "👩\u200d💻 Ada",
        "ⴰⵎⴰⵣⵉⵖ",
        "María José",
        "X Æ A-12",
        "א\u200fב",
        "𞤀𞤣𞤤𞤢𞤥",
        "x" * 80,
    ],
)
def test_names_of_any_script_are_names(name: str) -> None:
    assert names.clean_name(f"  {name} ") == name


def test_a_name_is_kept_in_one_form() -> None:
    assert names.clean_name("Zoe\u0308\t  Z") == "Zoë Z"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "1 to 80 characters"),
        ("   ", "1 to 80 characters"),
        ("x" * 81, "1 to 80 characters"),
        ("a\x00b", "control character"),
        ("a\x1bb", "control character"),
        ("a\u202eb", "direction of writing"),
        ("a\u2066b", "direction of writing"),
        ("a\ufffe", "control character"),
        ("a\ud800", "control character"),
        ("\ue000", "control character"),
        ("\u200d\u200c", "can be seen"),
        ("\u200b", "can be seen"),
        ("\u3164", "can be seen"),
        ("\u2800", "can be seen"),
        ("\u00ad\ufeff", "can be seen"),
        ("\u0301", "can be seen"),
    ],
)
def test_names_that_cannot_be_shown_are_refused(name: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        names.clean_name(name)


@pytest.mark.parametrize("name", ["\u200dx", "\u0301x", "(x)"])
def test_initials_are_letters(session: Session, name: str) -> None:
    user = make_user(session)
    user.name = name
    assert user.initials == "X"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Mira@Example.ORG ", "mira@example.org"),
        ("ｍｉｒａ@ｅｘａｍｐｌｅ.org", "mira@example.org"),
        ("admin@localhost", "admin@localhost"),
        ("a_b+c@x_y.org", "a_b+c@x_y.org"),
        ("m@bücher.example", "m@xn--bcher-kva.example"),
        ("m@BÜCHER.example", "m@xn--bcher-kva.example"),
        ("m@xn--bcher-kva.example", "m@xn--bcher-kva.example"),
        ("ольга@пример.рф", "ольга@xn--e1afmkfd.xn--p1ai"),
        ("李@例え.jp", "李@xn--r8jz45g.jp"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert names.clean_email(typed) == kept
    assert names.clean_email(kept) == kept


@pytest.mark.parametrize(
    "email",
    [
        *["", "mira", "a@b@c", "a b@c.org", "@example.org", "mira@", "x" * 300 + "@y.org", "a@" + "é" * 100 + ".org"],
        *["mi\u200bra@example.org", "mira\u202e@example.org", "mira@exam\u00adple\u200d.org", "mi\x00ra@example.org"],
        *["mirа@example.org", "аdmin@example.org", "сосо@example.org", "οοο@example.org", "mira\ufeff@example.org"],
        *[
            "mira@exаmple.org",
            "mira@ехаеа.org",
            "mira@xn--a.org",
            "mira@a..é",
            "\u3164@example.org",
            "mira\ud800@b.org",
        ],
    ],
)
def test_addresses_that_pass_for_others_are_refused(session: Session, email: str) -> None:
    with pytest.raises(Invalid):
        names.clean_email(email)
    assert accounts.find_by_email(session, email) is None


def test_two_spellings_are_one_account(session: Session) -> None:
    make_user(session)
    with pytest.raises(Conflict):
        accounts.sign_up(session, email="ＭＩＲＡ@example.org", name="M", password=passwords.new(PASSWORD))


def test_an_account_of_old_is_found_as_it_was_typed(session: Session) -> None:
    user = make_user(session)
    user.email = "mirа@example.org"
    session.flush()
    assert accounts.find_by_email(session, " MIRА@example.org") is user
    assert accounts.find_by_email(session, "mira@example.org") is None


@pytest.mark.parametrize(
    ("email", "name", "initials"),
    [
        ("mira.okafor@example.org", "Mira Okafor", "MO"),
        ("jonas_weber+trainer@example.org", "Jonas Weber Trainer", "JT"),
        ("ada@example.org", "Ada", "A"),
    ],
)
def test_an_account_without_a_name_is_called_by_its_address(
    session: Session, email: str, name: str, initials: str
) -> None:
    user = make_user(session)
    user.name = names.name_of_address(email)
    assert (user.name, user.initials) == (name, initials)
