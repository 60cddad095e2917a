"""Tables are compared by value, as the problem's rule for rows says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import SignatureError
from sandbox.signature import Query, Rows, parse_signature
from sandbox.tables import difference, is_table

BAG, SET = Query(), Query(Rows.SET)
BY_ID = Query(Rows.ORDERED, ("id",))


def table(*rows: list[Any], columns: str = "id int4, name text") -> dict[str, Any]:
    return {"columns": [column.split() for column in columns.split(", ")], "rows": list(rows)}


ROWS = st.lists(st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from(["a", "b", None])).map(list), max_size=8)


@given(ROWS, st.randoms())
def test_a_bag_has_no_order(rows: list[list[Any]], rng: Any) -> None:
    shuffled = list(rows)
    rng.shuffle(shuffled)
    assert difference(table(*shuffled), table(*rows), BAG).sentence == ""


@given(ROWS, ROWS)
def test_what_is_missing_and_what_is_too_many_make_up_the_difference(mine: list[Any], theirs: list[Any]) -> None:
    found = difference(table(*mine), table(*theirs), BAG)
    kept = [row for place, row in enumerate(mine) if place not in found.extra]
    kept += [theirs[place] for place in found.missing]
    assert sorted(map(str, kept)) == sorted(map(str, theirs))
    assert (found.sentence == "") == (not found.missing and not found.extra)


@given(ROWS)
def test_a_set_has_no_repetitions(rows: list[list[Any]]) -> None:
    assert difference(table(*rows, *rows), table(*rows), SET).sentence == ""
    assert (difference(table(*rows, *rows), table(*rows), BAG).sentence == "") == (not rows)


def test_the_order_of_the_keys_counts_and_no_other() -> None:
    wanted = table(["1", "a"], ["1", "b"], ["2", "c"])
    assert difference(table(["1", "b"], ["1", "a"], ["2", "c"]), wanted, BY_ID).sentence == ""
    found = difference(table(["1", "a"], ["2", "c"], ["1", "b"]), wanted, BY_ID)
    assert found.first_out_of_order == 1
    assert "row 2 is the first out of place" in found.sentence


@pytest.mark.parametrize(
    ("mine", "theirs", "equal"),
    [
        (("3", "int8"), ("3", "int4"), True),
        (("3.00", "numeric"), ("3", "int4"), True),
        (("0.3333333333333333", "numeric"), ("0.33333333333333331", "float8"), True),
        (("-0", "numeric"), ("0", "int4"), True),
        (("0.33333", "numeric"), ("0.333333", "numeric"), False),
        (("NaN", "numeric"), ("NaN", "float8"), True),
        (("a  ", "bpchar"), ("a", "text"), True),
        (("a ", "text"), ("a", "text"), False),
        (("A", "text"), ("a", "text"), False),
        ((None, "text"), (None, "date"), True),
        ((None, "text"), ("", "text"), False),
        (("2025-01-01", "date"), ("2025-01-01", "text"), False),
        (("2025-01-01", "date"), ("2025-01-01 00:00:00", "timestamp"), True),
        (("2025-01-01", "date"), ("2025-01-01 00:00:01", "timestamp"), False),
        (("2025-01-01 10:00:00+02", "timestamptz"), ("2025-01-01 08:00:00+00", "timestamptz"), True),
        (("2025-01-01 10:00:00.5", "timestamp"), ("2025-01-01 10:00:00.500000", "timestamp"), True),
        (("2025-01-01 10:00:00+05:30", "timestamptz"), ("2025-01-01 04:30:00", "timestamp"), True),
        (("12025-01-01", "date"), ("12025-01-01 00:00:00", "timestamp"), True),
        (("0044-03-15 BC", "date"), ("0044-03-15 BC", "date"), True),
        (("infinity", "timestamp"), ("infinity", "timestamptz"), True),
        (("10:00:00", "time"), ("10:00:00+00", "timetz"), True),
        (("10:00:00", "time"), ("10:00:01", "time"), False),
        (("1 day", "interval"), ("24:00:00", "interval"), True),
        (("1 mon", "interval"), ("30 days", "interval"), True),
        (("1 year 2 mons -3 days +04:05:06.7", "interval"), ("417 days 04:05:06.70", "interval"), True),
        (("-01:00:00", "interval"), ("01:00:00", "interval"), False),
        (("-1 days +02:00:00", "interval"), ("-22:00:00", "interval"), True),
        (("{1,2}", "_int8"), ("{1,2}", "_int4"), True),
        (("{1.0,NULL,2}", "_numeric"), ("{1,NULL,2}", "_int2"), True),
        (("{1,2}", "_int8"), ("{2,1}", "_int8"), False),
        (("{{1},{2}}", "_int4"), ("{1,2}", "_int4"), False),
        (("[0:1]={1,2}", "_int4"), ("{1,2}", "_int4"), True),
        (("{}", "_int4"), ("{}", "_int8"), True),
        (('{a,"b c","x\\"y",NULL,"NULL",""}', "_text"), ('{a,"b c","x\\"y",NULL,"NULL",""}', "_varchar"), True),
        (("{NULL}", "_text"), ('{"NULL"}', "_text"), False),
        (('{"a  "}', "_bpchar"), ("{a}", "_text"), True),
        (("{2025-01-01}", "_date"), ('{"2025-01-01 00:00:00"}', "_timestamp"), True),
        (("{0.30000000000000004}", "_float8"), ("{0.3}", "_numeric"), True),
        (('{"a": 1, "b": [true, null]}', "jsonb"), ('{"b":[true,null],"a":1.0}', "json"), True),
        (('{"a": 1}', "jsonb"), ('{"a": true}', "jsonb"), False),
        (("[1, 2]", "jsonb"), ("[2, 1]", "jsonb"), False),
        (('"\\u0061"', "json"), ('"a"', "jsonb"), True),
        (("10.0.0.1", "inet"), ("10.0.0.1/32", "cidr"), True),
        (("[1,3)", "int4range"), ("[1,3)", "int8range"), True),
        (("[1.50,3)", "numrange"), ("[1.5,3)", "numrange"), True),
        (("[2025-01-01,)", "daterange"), ('["2025-01-01 00:00:00",)', "tsrange"), True),
        (("t", "bool"), ("f", "bool"), False),
        (("\\x6162", "bytea"), ("\\x6162", "bytea"), True),
        (("ada", "name"), ("ada", "varchar"), True),
        (("$1,234.50", "money"), ("1234.5", "numeric"), True),
        (("1000000000000.1234", "float8"), ("1000000000000.1235", "float8"), True),
        (("1000000000000.1", "float8"), ("1000000000000.2", "numeric"), True),
        (("1000000000000.1", "numeric"), ("1000000000000.2", "numeric"), False),
        (("1.000001", "float8"), ("1.000002", "float8"), False),
        (("1e+300", "float8"), ("1.0000000001e+300", "float8"), True),
        (("16777216", "float4"), ("16777217", "int4"), True),
        (("1000000000001", "int8"), ("1000000000000", "int8"), False),
        (("1000000000001", "numeric"), ("1000000000000", "int8"), False),
        (("Infinity", "float8"), ("Infinity", "numeric"), True),
        (("Infinity", "float8"), ("-Infinity", "float8"), False),
        (("0.1234565", "numeric"), ("0.12345649999", "float8"), True),
        (("9" * 40 + ".1", "numeric"), ("9" * 40 + ".2", "numeric"), False),
        (("2025-01-01 10:00:00+00", "timestamptz"), ("2025-01-01 10:00:00", "timestamp"), True),
        (("t", "bool"), ("t", "text"), False),
    ],
)
def test_values_are_compared_by_what_they_are(mine: Any, theirs: Any, equal: bool) -> None:
    got, wanted = ({"columns": [["x", kind]], "rows": [[value]]} for value, kind in (mine, theirs))
    assert (difference(got, wanted, BAG).sentence == "") == equal


@pytest.mark.parametrize(
    ("got", "rule", "sentence"),
    [
        (table(["1"], columns="id int4"), BAG, "1 column, expected 2: id, name."),
        (table(["1", "2"], columns="id int4, name int4"), BAG, "Column 2, name: number, expected text."),
        (table(["1", "{2}"], columns="id int4, name _int8"), BAG, "Column 2, name: list of numbers, expected text."),
        (table(["1", "x"], columns="id int4, name timetz"), BAG, "Column 2, name: time or interval, expected text."),
        (
            table(["1", "a"], columns="id int4, title text"),
            Query(named=True),
            "Column 2 is called title, expected name.",
        ),
        (table(["1", "a"], columns="ID int4, Name text"), Query(named=True), ""),
        (table(["1", "a"], columns="x int4, y text"), BAG, ""),
        (table(), BAG, "1 row missing, 0 too many."),
        (table(["1", "a"], ["1", "a"], ["2", "b"]), BAG, "0 rows missing, 2 too many."),
    ],
)
def test_a_sentence_says_what_is_wrong(got: Any, rule: Query, sentence: str) -> None:
    assert difference(got, table(["1", "a"]), rule).sentence == sentence


@pytest.mark.parametrize(
    "value",
    [
        None, [], {}, {"columns": [], "rows": [["x"]]}, {"columns": [["a", "b"]], "rows": [[1]]},
        {"columns": [["a"]], "rows": []}, {"columns": [["a", "b"]], "rows": [["x"]], "more": 1},
        {"columns": [["a", "b"]], "rows": "x"}, {"columns": "ab", "rows": []},
    ],
)  # fmt: skip
def test_what_is_no_table_is_known(value: Any) -> None:
    assert not is_table(value)


@pytest.mark.parametrize("text", ["query", "query as set", "query ordered by day, id", "query ordered by a with names"])
def test_signatures_of_queries_are_written_as_they_are_read(text: str) -> None:
    assert str(parse_signature(text)) == text


@pytest.mark.parametrize("text", ["query ordered", "query ordered by ", "query as list", "query sorted by day"])
def test_other_words_are_refused_with_the_fix(text: str) -> None:
    with pytest.raises(SignatureError, match="query ordered by day"):
        parse_signature(text)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("[1e999999999]", "json"),
        ("[1e-999999999, 1e99999999999999999999]", "json"),
        ("[" * 900 + "]" * 900, "json"),
        ("[" * 100_000 + "]" * 100_000, "jsonb"),
        ("9" * 20_000, "numeric"),
        ("1e+308", "float8"),
        ('{"' + "\\\\" * 20_000 + '"}', "_text"),
        ("{" * 6 + "1" + "}" * 6, "_int4"),
        ("294276-12-31 23:59:59.999999", "timestamp"),
        ("-178000000 years", "interval"),
        ("13/01/2025", "date"),
        ("empty", "int4range"),
        ("", "text"),
    ],
)
def test_no_value_upsets_the_judge(cell: str, kind: str) -> None:
    """Beside itself it is equal, beside another value of the type it is not."""
    made = {"columns": [["x", kind]], "rows": [[cell]]}
    other = {"columns": [["x", kind]], "rows": [["{}" if kind.startswith("_") else "[7]" if "json" in kind else "7"]]}
    assert difference(made, made, BAG).sentence == ""
    assert difference(made, other, BAG).sentence != ""
    assert difference(other, made, SET).sentence != ""
