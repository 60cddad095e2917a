"""Names go in as JSON and as files, and come out as JSON and as a file."""

import csv
import io

from suite import expect, sample

LATIN = ("Zoë Müller", "José Núñez", "Åsa Sjöström", "Chloé Brûlé", "Jürgen Groß", "Inês Conceição")
WIDER = ("Łukasz Żak", "Jiří Dvořák", "Győző Őri", "Γιώργος Νάκος", "王小明", "Nguyễn Thị Hạnh", "Мария Шевченко")
TOWNS = ("Köln", "Orléans", "Malmö", "São Paulo")


def person(draw, names):
    return {
        "email": f"{draw.token(10)}@choir.example",
        "name": f"{draw.choice(*names)} {draw.token(3)}",
        "town": f"{draw.choice(*TOWNS)} {draw.token(2)}",
    }


def written(*people, columns=("email", "name", "town")):
    """A file of these people as text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(people)
    return text.getvalue()


def send(api, content, type="text/csv"):
    return api.post("/imports", body=content, headers={"Content-Type": type})


def is_kept(api, one):
    answer = api.get(f"/people/{one['email']}").status_is(200)
    answer.field_is("name", one["name"]).field_is("town", one["town"])


def exported(api):
    """The export's text. Raises Mismatch unless it is UTF-8."""
    answer = api.get("/export").status_is(200).type_is("text/csv")
    said = answer.header("Content-Type").lower().replace(" ", "").replace('"', "")
    expect("charset=" not in said or "charset=utf-8" in said, "charset=utf-8", said)
    try:
        return answer.content, answer.content.decode("utf-8")
    except UnicodeDecodeError as error:
        expect(False, "a file in UTF-8", f"the byte {answer.content[error.start]:#04x} at {error.start}, which is not")


def has_rows(text, *people):
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    for one in people:
        found = [row for row in rows if row.get("email") == one["email"]]
        expect(found == [one], f"a row {one}", f"{found}")


@sample
def test_json(api, draw, memory):
    """A person sent as JSON keeps the name."""
    one = person(draw, LATIN)
    api.post("/people", json=one).status_is(201).field_is("name", one["name"])
    is_kept(api, one)
    memory["json"] = one


@sample
def test_plain_file(api, draw):
    """A file of plain letters is imported."""
    two = [person(draw, ("Ada Lind", "Bo Berg")) | {"town": "Kiel"} for _ in range(2)]
    send(api, written(*two).encode("ascii")).status_is(200).field_is("imported", 2)
    for one in two:
        is_kept(api, one)


@sample
def test_utf8_file(api, draw):
    """A file with accents is imported as it is written."""
    one = person(draw, LATIN)
    send(api, written(one).encode("utf-8")).status_is(200).field_is("imported", 1)
    is_kept(api, one)


def test_wider(api, draw, memory):
    """Letters of any alphabet are imported as they are written."""
    some = [person(draw, (name,)) for name in WIDER]
    send(api, written(*some).encode("utf-8")).status_is(200).field_is("imported", len(some))
    for one in some:
        is_kept(api, one)
    memory["wider"] = some


def test_mark(api, draw):
    """A byte order mark is no part of the first column."""
    for columns in (("email", "name", "town"), ("name", "town", "email")):
        one = person(draw, LATIN)
        content = b"\xef\xbb\xbf" + written(one, columns=columns).encode("utf-8")
        send(api, content).status_is(200).field_is("imported", 1)
        is_kept(api, one)


def test_mark_and_charset(api, draw):
    """A file that says charset=utf-8 may have a byte order mark, too."""
    one, other = person(draw, WIDER), person(draw, WIDER)
    send(api, written(other).encode("utf-8"), "text/csv; charset=utf-8").status_is(200)
    is_kept(api, other)
    content = b"\xef\xbb\xbf" + written(one).encode("utf-8")
    send(api, content, "text/csv; charset=utf-8").status_is(200).field_is("imported", 1)
    is_kept(api, one)


def test_other_charsets(api, draw):
    """A file that names another charset is read in it."""
    one, other = person(draw, LATIN), person(draw, ("Šarka Žižka", "Cœlia Ÿsaye"))
    send(api, written(one).encode("iso-8859-1"), "text/csv; charset=iso-8859-1").status_is(200)
    is_kept(api, one)
    send(api, written(other).encode("windows-1252"), "text/csv; charset=windows-1252").status_is(200)
    is_kept(api, other)


def test_export(api, draw):
    """The export is a file in UTF-8."""
    two = [person(draw, LATIN), person(draw, WIDER)]
    for one in two:
        api.post("/people", json=one).status_is(201)
    has_rows(exported(api)[1], *two)


def test_export_begins(api, draw):
    """The export begins with its header, without a byte order mark."""
    one = person(draw, LATIN)
    api.post("/people", json=one).status_is(201)
    content, text = exported(api)
    has_rows(text, one)
    expect(content.startswith(b"email,name,town"), "email,name,town at its beginning", repr(content[:20]))


def test_round_trip(api, draw):
    """What was exported can be imported again, and nothing changes."""
    mine = [person(draw, LATIN), person(draw, WIDER)]
    for one in mine:
        api.post("/people", json=one).status_is(201)
    before, text = exported(api)
    has_rows(text, *mine)
    api.delete(f"/people/{mine[0]['email']}").status_is(204)
    send(api, before).status_is(200)
    for one in mine:
        is_kept(api, one)
    after = exported(api)[1]
    expect(sorted(after.splitlines()) == sorted(text.splitlines()), "the same lines as before", "others")


def test_long_names(api, draw):
    """A name of 60 accented letters is imported, one of 61 is refused."""
    letters = draw.choice("é", "ő", "ж", "王")
    fits, too_long = person(draw, LATIN) | {"name": letters * 60}, person(draw, LATIN) | {"name": letters * 61}
    send(api, written(fits).encode("utf-8")).status_is(200).field_is("imported", 1)
    is_kept(api, fits)
    send(api, written(too_long).encode("utf-8")).status_is(422).field("error", str)


def test_not_utf8(api, draw):
    """A file that is not what it should be is refused, and no row of it is kept."""
    plain, accented = person(draw, ("Ada Lind",)) | {"town": "Kiel"}, person(draw, LATIN)
    content = written(plain, accented).encode("iso-8859-1")
    for type in ("text/csv", "text/csv; charset=utf-8"):
        send(api, content, type).status_is(422).field("error", str)
        for one in (plain, accented):
            api.get(f"/people/{one['email']}").status_is(404)
    send(api, content, "text/csv; charset=iso-8859-1").status_is(200).field_is("imported", 2)
    for one in (plain, accented):
        is_kept(api, one)
