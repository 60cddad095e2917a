"""Many accounts at once from a list, as spreadsheets write it: on each line an address, a name, perhaps more."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.errors import FieldError, Invalid, TrainerError
from trainer.learning.interview import FACTORS
from trainer.models import Role, User
from trainer.services import accounts, names
from trainer.services.names import clean_email, clean_name

MOST_LINES = 500
LARGEST = 256 * 1024
"""Bytes of a list."""
COLUMNS = {
    "email": ("email", "e-mail", "email address", "e-mail address", "mail", "address"),
    "name": ("name", "full name", "student", "student name"),
    "role": ("role",),
    "factor": ("extra time", "time", "factor", "time factor"),
}
"""What the first line may call a column."""
PARTS_OF_A_NAME = {
    "first": ("first name", "given name", "forename", "firstname"),
    "last": ("last name", "family name", "surname", "lastname"),
}
"""The same where a list has the name in two columns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list. `flaw` says why no account can be made of it; `exists` that there is one already."""

    line: int
    email: str
    name: str
    role: Role = Role.STUDENT
    factor: float = 1.0
    flaw: str = ""
    exists: bool = False

    @property
    def is_new(self) -> bool:
        return not self.flaw and not self.exists


@dataclass(frozen=True, slots=True)
class Added:
    """An account that was made, and the token of the link with which its owner chooses a password."""

    user: User
    token: str


class FlawedList(Invalid):
    """A list with lines of which no account can be made. `flawed` are all of them."""

    code = "flawed_list"

    def __init__(self, flawed: Sequence[Entry]) -> None:
        self.flawed = tuple(flawed)
        super().__init__("\n".join(f"Line {entry.line}: {entry.flaw}" for entry in flawed), field="list")

    @property
    def errors(self) -> tuple[FieldError, ...]:
        return tuple(FieldError(f"list.{entry.line}", entry.flaw) for entry in self.flawed)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account as a program asks for it, in place of a line."""

    email: str
    name: str = ""
    role: Role = Role.STUDENT
    factor: float = 1.0


def decode(data: bytes) -> str:
    """The text of an uploaded list: UTF-8, or what older spreadsheets of the West write. Raises Invalid."""
    if len(data) > LARGEST:
        raise Invalid(f"A list has at most {LARGEST // 1024} KB.", field="list")
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("This is not a text file. Save the list as CSV.", field="list")


def read(session: Session, text: str) -> list[Entry]:
    """The lines of a list, each looked at. Commas, semicolons or tabs separate. Raises Invalid where it is no list."""
    if len(text.encode(errors="replace")) > LARGEST:
        raise Invalid(f"A list has at most {LARGEST // 1024} KB.", field="list")
    rows = _rows(text)
    if not rows:
        raise Invalid("The list is empty. Write an address and a name on each line.", field="list")
    places = _header(rows[0][1])
    width = len(rows[0][1]) if places else len(COLUMNS)
    if places:
        rows = rows[1:]
    _check_length(len(rows))
    entries = [_fitting(_entry(line, cells, places or _guessed(cells)), cells[width:], width) for line, cells in rows]
    return _marked(session, entries)


def look_at(session: Session, wanted: Sequence[Wanted]) -> list[Entry]:
    """The same of accounts that need no reading. Lines are their places, from 0. Raises Invalid where they are many."""
    _check_length(len(wanted))
    places = {name: place for place, name in enumerate(COLUMNS)}
    rows = [(one.email.strip(), one.name.strip(), one.role.value, f"{one.factor:g}") for one in wanted]
    return _marked(session, [_entry(place, cells, places) for place, cells in enumerate(rows)])


def add(session: Session, entries: Sequence[Entry]) -> list[Added]:
    """Make the accounts that are new. Raises FlawedList where a line has a flaw, Conflict where somebody was faster."""
    if flawed := [entry for entry in entries if entry.flaw]:
        raise FlawedList(flawed)
    made = []
    for entry in entries:
        if entry.is_new:
            user = accounts.add_user(session, email=entry.email, name=entry.name, role=entry.role)
            accounts.set_time_factor(user, entry.factor)
            made.append(Added(user, accounts.make_link(session, user)))
    return made


def as_csv(links: Sequence[tuple[User, str]]) -> str:
    """Accounts with their links, a line each under a header, for a spreadsheet or a mail merge."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("email", "name", "link"))
    writer.writerows((user.email, user.name, link) for user, link in links)
    return file.getvalue()


def _check_length(lines: int) -> None:
    if lines > MOST_LINES:
        raise Invalid(f"A list has at most {MOST_LINES} lines; this one has {lines}. Send it in parts.", field="list")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Lines that hold something, with their numbers."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num} cannot be read: {error}.", field="list") from error
    return [(line, cells) for line, cells in rows if any(cells)]


def _header(cells: Sequence[str]) -> dict[str, int]:
    """Where each column stands, if this line names columns."""
    words = [cell.lower() for cell in cells]
    columns = COLUMNS | PARTS_OF_A_NAME
    places = {name: words.index(word) for name, known in columns.items() for word in known[::-1] if word in words}
    return places if "email" in places and not any("@" in word for word in words) else {}


def _guessed(cells: Sequence[str]) -> dict[str, int]:
    """Without a header the address is what has an @, and the name is the first of the rest."""
    email = next((place for place, cell in enumerate(cells) if "@" in cell), 0)
    others = [place for place in range(len(cells)) if place != email]
    return {"email": email} | dict(zip(("name", "role", "factor"), others, strict=False))


def _entry(line: int, cells: Sequence[str], places: dict[str, int]) -> Entry:
    def cell(name: str) -> str:
        place = places.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    email = cell("email")
    name = cell("name") or " ".join(filter(None, (cell("first"), cell("last"))))
    entry = Entry(line, email, name or names.name_of_address(email))
    try:
        return replace(
            entry,
            email=clean_email(email),
            name=clean_name(entry.name),
            role=_role(cell("role")),
            factor=_factor(cell("factor")),
        )
    except TrainerError as error:
        return replace(entry, flaw=str(error))


def _fitting(entry: Entry, surplus: Sequence[str], width: int) -> Entry:
    """With a flaw where a line holds more than the list has columns: nothing that was written is left out silently."""
    if entry.flaw or not any(surplus):
        return entry
    there = "1 column" if width == 1 else f"{width} columns"
    word = next(filter(None, surplus))[:40]
    return replace(entry, flaw=f"The list has {there}, and this line goes on with “{word}”. Name that column, too.")


def _role(word: str) -> Role:
    if word.lower() not in ("", *Role):
        raise Invalid(f"{word[:40]} is no role. Write {', '.join(Role)}, or nothing for a student.")
    return Role(word.lower() or Role.STUDENT)


def _factor(word: str) -> float:
    """Some countries write 1,5."""
    try:
        return FACTORS[FACTORS.index(float(word.replace(",", ".") or 1))]
    except ValueError as error:
        known = ", ".join(f"{factor:g}" for factor in FACTORS)
        raise Invalid(f"{word[:40]} is no extra time. Write one of {known}, or nothing.") from error


def _marked(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """With those that stand twice in the list, and those that have an account."""
    addresses = [entry.email for entry in entries if not entry.flaw]  # of others some fit into no database
    there = set(session.scalars(sa.select(User.email).where(User.email.in_(addresses))))
    first: dict[str, int] = {}
    marked = []
    for entry in entries:
        before = first.setdefault(entry.email, entry.line)
        if not entry.flaw and before != entry.line:
            entry = replace(entry, flaw=f"The address is already in line {before}.")
        marked.append(replace(entry, exists=entry.email in there))
    return marked
