"""Lists of accounts as people write them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_user
from trainer.errors import Invalid
from trainer.models import Role
from trainer.services import accounts, roster

ADA = ("ada@example.org", "Ada Quist", Role.STUDENT, 1.0)
BO = ("bo@example.org", "Bo Lind", Role.MENTOR, 1.5)


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org, Ada Quist\nbo@example.org, Bo Lind, mentor, 1.5\n",
        "Ada Quist;ada@example.org\r\nBo Lind;bo@example.org;mentor;1,5\r\n",
        "ada@example.org\tAda Quist\n\n\nbo@example.org\tBo Lind\tMENTOR\t1.50\n",
        'Name,E-Mail,Role,Extra time\n"Ada Quist",Ada@Example.org,,\nBo Lind,bo@example.org,mentor,1.5',
        "Last name;First name;Email;Role;Time\nQuist;Ada;ada@example.org;;\nLind;Bo;bo@example.org;mentor;1,5\n",
        "Group,Email address,Full name,Time,Role\nA,ada@example.org,Ada Quist,,\nB,bo@example.org,Bo Lind,1.5,mentor",
    ],
)
def test_a_list_is_understood_however_it_is_written(session: Session, text: str) -> None:
    found = roster.read(session, text)
    assert [(one.email, one.name, one.role, one.factor) for one in found] == [ADA, BO]
    assert all(one.is_new for one in found)


def test_without_a_name_the_address_gives_one(session: Session) -> None:
    assert roster.read(session, "ada@example.org")[0].name == "Ada"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nobody, Nobody", "An address looks like"),
        ("bo@example.org, Bo, boss", "boss is no role"),
        ("bo@example.org, Bo, , 3", "3 is no extra time"),
        ("bo@example.org, Bo, , much", "much is no extra time"),
        ("bo@example.org, Bo, , nan", "nan is no extra time"),
        (f"bo@example.org, {'B' * 81}", "1 to 80 characters"),
        ("ADA@example.org, Ada again", "already in line 2"),
        ("bo@example.org, Bo, mentor, 1.5, evening", "The list has 4 columns, and this line goes on with “evening”"),
    ],
)
def test_a_line_with_a_flaw_is_named_and_nothing_is_made(session: Session, line: str, words: str) -> None:
    entries = roster.read(session, f"\nada@example.org, Ada Quist\n{line}\n")
    assert entries[0].is_new
    assert (entries[1].line, entries[1].is_new) == (3, False)
    assert words in entries[1].flaw
    with pytest.raises(Invalid, match="Line 3"):
        roster.add(session, entries)
    assert accounts.listed(session) == []


def test_a_value_for_which_the_header_has_no_column_is_not_left_out_silently(session: Session) -> None:
    entries = roster.read(session, "email;name\nada@example.org;Ada Quist;;\nbo@example.org;Bo Lind;;1.5\n")
    assert entries[0].is_new
    assert "The list has 2 columns, and this line goes on with “1.5”" in entries[1].flaw


def test_whoever_has_an_account_keeps_it(session: Session) -> None:
    mira = make_user(session, "mira@example.org", Role.MENTOR)
    entries = roster.read(session, "MIRA@example.org, Somebody else\nada@example.org, Ada")
    assert [one.exists for one in entries] == [True, False]
    assert [one.user.email for one in roster.add(session, entries)] == ["ada@example.org"]
    assert (mira.name, mira.role) != ("Somebody else", Role.STUDENT)


def test_each_new_account_has_a_link_and_its_time(session: Session) -> None:
    added = roster.add(session, roster.read(session, "bo@example.org, Bo Lind, mentor, 1.5"))
    assert accounts.link_owner(session, added[0].token) is added[0].user
    assert (added[0].user.role, added[0].user.time_factor) == (Role.MENTOR, 1.5)


@pytest.mark.parametrize(
    "data", ["Zoë, zoe@example.org".encode(code) for code in ("utf-8", "utf-8-sig", "utf-16", "cp1252")]
)
def test_files_of_spreadsheets_are_read(session: Session, data: bytes) -> None:
    assert [one.name for one in roster.read(session, roster.decode(data))] == ["Zoë"]


@pytest.mark.parametrize("data", [b"PK\x03\x04\x81\x8d\x8f\x90\x9d", b"\xff\xfe\x00", b"x" * (roster.LARGEST + 1)])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        roster.decode(data)


TOO_MANY = "\n".join(f"a{number}@example.org" for number in range(roster.MOST_LINES + 1))


@pytest.mark.parametrize("text", ["", " \n\n", TOO_MANY, 'a,"' + "x" * 140_000])
def test_a_list_that_is_none_or_too_long_says_so(session: Session, text: str) -> None:
    with pytest.raises(Invalid):
        roster.read(session, text)


def test_a_header_alone_makes_nothing(session: Session) -> None:
    assert roster.read(session, "email,name\n") == []


def test_links_can_be_read_by_a_spreadsheet(session: Session) -> None:
    user = make_user(session, "ada@example.org")
    user.name = 'Ada "the first", Quist'
    assert roster.as_csv([(user, "http://x/link/t")]).splitlines() == [
        "email,name,link",
        'ada@example.org,"Ada ""the first"", Quist",http://x/link/t',
    ]
