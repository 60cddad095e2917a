"""SQL problems: a schema, and data sets given as rows or as a script; the reference query gives what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from sandbox.model import Case
from sandbox.signature import Query
from trainer.bank.cases import LONGEST_NAME, SAMPLE_FILE, SCHEMA_FILE, SECRET_FILE, case_name_is_right, quoted
from trainer.bank.cells import wrong_cell
from trainer.bank.flaws import Flaws, Spot, did_you_mean
from trainer.bank.formats.base import ALL_TEXTS, PROGRAMS, Content, read_signature, refuse_double_names
from trainer.bank.front_matter import FILE, FrontMatter, LimitedMatter
from trainer.bank.problem import Schema, Table
from trainer.bank.strict_yaml import read_list
from trainer.bank.texts import read_starters, read_submissions

Matter = LimitedMatter
TEXTS, PLACES = ALL_TEXTS, PROGRAMS
REQUIRED = (SCHEMA_FILE, SAMPLE_FILE, SECRET_FILE)
OPTIONAL: tuple[str, ...] = ()
LANGUAGES = {".sql": "sql"}
KEYS = ("name", "rows", "script")
SCHEMA_READER = "trainer.bank.schema"
"""Imported when a schema is read: the parser of SQL takes more memory than all the rest of the bank."""
STARTER = "SELECT 'not yet' AS answer;\n"
MOST_SAMPLE_ROWS = 40

Rows = Mapping[str, tuple[tuple[str | None, ...], ...]]


def read(matter: FrontMatter, texts: Mapping[str, str], flaws: Flaws) -> Content | None:
    assert isinstance(matter, LimitedMatter)
    signature = read_signature(matter, None, flaws)
    if signature is not None and not isinstance(signature, Query):
        flaws.add(FILE, "signature", "is that of a function", "write 'query', 'query as set' or 'query ordered by day'")
    schema = texts.get(SCHEMA_FILE, "")
    tables = import_module(SCHEMA_READER).read_schema(schema, flaws)
    reader = _Reader(schema, tables)
    samples, shown = reader.read(texts.get(SAMPLE_FILE), SAMPLE_FILE, flaws)
    secrets, _ = reader.read(texts.get(SECRET_FILE), SECRET_FILE, flaws)
    refuse_double_names(samples, secrets, (SAMPLE_FILE, SECRET_FILE), flaws)
    starters = read_starters(texts, LANGUAGES, flaws)
    submissions = read_submissions(texts, LANGUAGES, flaws)
    if signature is None:
        return None
    return Content(
        signature=signature,
        limits=matter.read_limits(),
        samples=samples,
        secrets=secrets,
        submissions=submissions,
        starters={"sql": STARTER} | starters,
        schema=Schema(tables, shown),
    )


class _Reader:
    """Reads data sets of one schema."""

    def __init__(self, schema: str, tables: tuple[Table, ...]) -> None:
        self._schema = schema
        self._tables = {table.name: table for table in tables}

    def read(self, text: str | None, file: str, flaws: Flaws) -> tuple[tuple[Case, ...], tuple[Rows, ...]]:
        """The cases of one file, and their rows as pages show them."""
        if text is None:
            return (), ()
        fix = "write a list: '- name: …' with 'rows:' or 'script:' below it"
        value = read_list(text, file, flaws, "holds no data sets", fix)
        found = [self._case(item, flaws.at(file, f"data set {number}")) for number, item in enumerate(value, 1)]
        return tuple(case for case, _ in found if case), tuple(rows for _, rows in found)

    def _case(self, item: Any, spot: Spot) -> tuple[Case | None, Rows]:
        if not isinstance(item, dict) or not _keys_are_right(item, spot):
            return None, {}
        name, sample = item["name"], spot.file == SAMPLE_FILE
        if not case_name_is_right(name):
            fix = f"one line of text in quotes, at most {LONGEST_NAME} characters"
            spot.at(": name").add(f"{quoted(name)} is no name", fix)
            return None, {}
        spot = spot.at(f" {name!r}")
        rows = self._rows(item.get("rows", {}), spot.at(": rows"))
        script = item.get("script", "")
        if not isinstance(script, str):
            spot.at(": script").add("is no text", "write 'script: |' and SQL below it")
            return None, {}
        if sample and (script or sum(map(len, rows.values())) > MOST_SAMPLE_ROWS):
            spot.add("cannot be shown", f"give a sample as rows, at most {MOST_SAMPLE_ROWS} of them")
        text = "\n".join(
            [self._schema, *(self._insert(table, lines) for table, lines in rows.items() if lines), script]
        )
        return Case(name, (text,), sample=sample, judged=False), {name: _shown(lines) for name, lines in rows.items()}

    def _rows(self, value: Any, spot: Spot) -> dict[str, list[list[Any]]]:
        if not isinstance(value, dict):
            spot.add("is no mapping", "write the name of a table, and its rows below it")
            return {}
        for table in value:
            if table not in self._tables:
                spot.add(f"there is no table {table!r}", did_you_mean(str(table), self._tables))
        return {
            name: self._lines(value.get(name) or [], table, spot.at(f".{name}")) for name, table in self._tables.items()
        }

    def _lines(self, lines: Any, table: Table, spot: Spot) -> list[list[Any]]:
        if not isinstance(lines, list):
            spot.add("is no list of rows", "write '- [1, Ada, null]' a row")
            return []
        for number, line in enumerate(lines, 1):
            if not isinstance(line, list) or len(line) != len(table.columns):
                columns = ", ".join(column.name for column in table.columns)
                spot.at(f"[{number}]").add("has not one value a column", f"give {len(table.columns)}: {columns}")
                return []
            for column, cell in zip(table.columns, line, strict=True):
                if found := wrong_cell(cell, column.type):
                    spot.at(f"[{number}].{column.name}").doubt(*found)
        return lines

    def _insert(self, table: str, lines: list[list[Any]]) -> str:
        values = ",\n  ".join(f"({', '.join(map(_literal, line))})" for line in lines)
        columns = ", ".join(_name(column.name) for column in self._tables[table].columns)
        return f"INSERT INTO {_name(table)} ({columns}) OVERRIDING SYSTEM VALUE VALUES\n  {values};"


def _keys_are_right(item: dict[Any, Any], spot: Spot) -> bool:
    unknown = [str(key) for key in item if key not in KEYS]
    for word in unknown:
        spot.add(f"unknown key {word!r}", did_you_mean(word, KEYS))
    if "name" not in item:
        spot.add("'name' is missing", "say what this data set tests")
    if not {"rows", "script"} & item.keys():
        spot.add("holds no data", "write 'rows:' with tables below it, or 'script: |' with INSERT statements")
    return not unknown and "name" in item


def _shown(lines: list[list[Any]]) -> tuple[tuple[str | None, ...], ...]:
    return tuple(tuple(None if cell is None else _text(cell) for cell in line) for line in lines)


def _text(cell: Any) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _literal(cell: Any) -> str:
    if cell is None:
        return "NULL"
    if isinstance(cell, bool | int | float):
        return _text(cell)
    return "'" + str(cell).replace("'", "''") + "'"


def _name(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
