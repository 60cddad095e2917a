"""Packages of SQL problems: what is read, and what is refused with a fix."""

from __future__ import annotations

import datetime
import math
from pathlib import Path

import pytest

from sandbox.signature import Query, Rows
from trainer.bank.cells import wrong_cell
from trainer.bank.files import load_folder
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.errors import Flaw, PackageError

SLUG = "stopped-ordering"
FILES = dict(load_folder(Path(__file__).parents[3] / "problems" / SLUG).files)


def read(**changes: str | None) -> Problem:
    found = FILES | {path: text.encode() for path, text in changes.items() if text is not None}
    return read_package({path: data for path, data in found.items() if changes.get(path, "") is not None}, SLUG)


def flaws(**changes: str | None) -> list[Flaw]:
    with pytest.raises(PackageError) as refused:
        read(**changes)
    return list(refused.value.flaws)


def edited(path: str, old: str, new: str) -> dict[str, str]:
    text = FILES[path].decode()
    assert old in text
    return {path: text.replace(old, new, 1)}


def test_the_signature_says_how_rows_are_compared() -> None:
    assert read().signature == Query(Rows.ORDERED, ("last_order", "name"))


def test_tables_are_read_for_pages() -> None:
    schema = read().schema
    assert schema is not None
    customers, orders = schema.tables
    assert [(c.name, c.key, c.nullable) for c in customers.columns] == [("id", True, False), ("name", False, False)]
    assert [c.references for c in orders.columns] == ["", "customers.id", "", ""]
    assert orders.indexes == ("(customer_id, placed_on)",)
    assert schema.samples[0]["orders"][0] == ("10", "1", "2025-03-14", "delivered")


def test_rows_become_one_script_after_the_schema() -> None:
    (script,) = read().secrets[3].arguments
    assert script.startswith("CREATE TABLE customers")
    assert "(10, 1, '2019-05-06', NULL)" in script


def test_texts_are_quoted() -> None:
    script = read(**edited("data/secret.yaml", "Mia Sol", "Mia O'Sol")).secrets[1].arguments[0]
    assert "'Mia O''Sol'" in script


def test_its_programs_are_queries() -> None:
    assert read().languages == ("sql",)
    assert {s.language for s in read().submissions} == {"sql"}


@pytest.mark.parametrize(
    ("path", "old", "new", "key", "problem", "fix"),
    [
        ("problem.md", "query ordered by last_order, name", "f(n: int) -> int", "signature", "function", "'query'"),
        ("problem.md", "query ordered by", "query sorted by", "signature", "is no query", ""),
        ("problem.md", "minutes: 20", "compare: exact\nminutes: 20", "", "unknown key 'compare'", ""),
        ("data/schema.sql", "CREATE INDEX", "INSERT INTO orders VALUES (1); CREATE INDEX", "INSERT", "neither", "rows"),
        ("data/schema.sql", "CREATE TABLE customers (", "CREATE TABLE customers ((", "", "cannot be read", "CREATE"),
        ("data/secret.yaml", "customers:", "custmers:", "rows", "no table 'custmers'", "did you mean 'customers'"),
        ("data/secret.yaml", "[1, Ada Lind]", "[1]", "customers[1]", "not one value a column", "2: id, name"),
        ("data/secret.yaml", "[1, Ada Lind]", "[1, [a, b]]", "customers[1]", "no cell", "text"),
        ("data/secret.yaml", "- name: a thousand", "- nam: a thousand", "data set 8", "unknown key 'nam'", "'name'"),
        ("data/sample.yaml", "  rows:", "  script: SELECT 1\n  rows:", "five customers", "cannot be shown", "rows"),
        (
            "data/secret.yaml",
            "name: old orders without a state",
            "name: recent orders, all cancelled",
            "",
            "two",
            "each",
        ),
    ],
)
def test_a_flaw_is_named_with_its_fix(path: str, old: str, new: str, key: str, problem: str, fix: str) -> None:
    found = [f for f in flaws(**edited(path, old, new)) if problem in f.problem]
    assert found, flaws(**edited(path, old, new))
    assert found[0].file == path
    assert key in found[0].key
    assert fix in found[0].fix


@pytest.mark.parametrize(
    ("cell", "column", "problem", "fix"),
    [
        ("00123", "name", "00123 is read as 83", "quotes"),
        ("123", "name", "123 is a whole number, the column is of type text", "quotes"),
        ("1.10", "name", "1.1 is a number with a fraction", "quotes"),
        ("true", "name", "true is a bool", "quotes"),
        ("yes", "name", "yes is read as true", "quotes"),
        ("2025-03-14", "name", "is a date", "quotes"),
        ("0x1F", "id", "0x1F is read as 31", "quotes"),
        ("1.5", "id", "1.5 is a number with a fraction, the column is of type int", "a whole number"),
        ("true", "id", "true is a bool", "a whole number"),
        ("2025-03-14", "id", "is a date", "quotes"),
        (".inf", "id", "inf is no number", "quotes"),
    ],
)
def test_a_cell_has_the_type_of_its_column(cell: str, column: str, problem: str, fix: str) -> None:
    row = {"id": f"[{cell}, Ada Lind]", "name": f"[1, {cell}]"}[column]
    found = flaws(**edited("data/secret.yaml", "[1, Ada Lind]", row))
    assert any(problem in f.problem and fix in f.fix for f in found), found


@pytest.mark.parametrize(
    ("kind", "cell", "fits"),
    [
        ("int", 1, True),
        ("bigint", 2**60, True),
        ("int", 1.0, False),
        ("int", True, False),
        ("decimal(10, 2)", 1, True),
        ("decimal(10, 2)", 1.5, True),
        ("double precision", 1, True),
        ("real", math.nan, False),
        ("boolean", True, True),
        ("boolean", 1, False),
        ("date", datetime.date(2025, 3, 14), True),
        ("date", datetime.datetime(2025, 3, 14, 10), False),
        ("date", 20250314, False),
        ("timestamptz", datetime.datetime(2025, 3, 14, 10), True),
        ("timestamp(3)", datetime.date(2025, 3, 14), True),
        ("time", 750, False),
        ("interval", 5, False),
        ("varchar(20)", 5, False),
        ("uuid", 5, False),
        ("jsonb", 5, False),
        ("text[]", 5, False),
        ("text", [1], False),
        *((kind, value, True) for kind in ("int", "date", "text", "jsonb", "int[]") for value in (None, "text")),
    ],
)
def test_what_may_stand_in_a_column_without_quotes(kind: str, cell: object, fits: bool) -> None:
    assert (wrong_cell(cell, kind) is None) == fits


def test_a_package_without_a_schema_is_refused() -> None:
    assert any(f.file == "data/schema.sql" and "missing" in f.problem for f in flaws(**{"data/schema.sql": None}))


def test_a_program_in_another_language_is_refused() -> None:
    (flaw,) = flaws(**{"submissions/accepted/program.py": "pass"})
    assert "'.py'" in flaw.problem
