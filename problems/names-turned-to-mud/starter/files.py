"""Reads and writes the files that people exchange with other programs: CSV with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from errors import Refused
from people import Person, person_of

CHARSET = "iso-8859-1"
COLUMNS = ("email", "name", "town")


def read_people(content: bytes, charset: str | None) -> list[Person]:
    """The people in a file. `charset` is what its sender says of it, if anything. Raises Refused."""
    rows = csv.DictReader(io.StringIO(_decode(content, charset or CHARSET), newline=""))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise Refused(422, f"column {missing[0]} is missing")
    return [_person(number, row) for number, row in enumerate(rows, 2)]


def write_people(people: Iterable[Person]) -> bytes:
    """A file with these people, in their order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((person.email, person.name, person.town) for person in people)
    return text.getvalue().encode(CHARSET, "replace")


def _decode(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except LookupError:
        raise Refused(415, f"charset {charset[:40]} is not known") from None
    except UnicodeDecodeError as error:
        raise Refused(422, f"the file is not in {charset}: see byte {error.start}") from None


def _person(number: int, row: dict[str, str]) -> Person:
    try:
        return person_of(row)
    except Refused as refused:
        raise Refused(refused.status, f"row {number}: {refused.sentence}") from None
