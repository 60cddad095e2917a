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
def test_other_words_are_refused_with_the_mend(text: str) -> None:
    with pytest.raises(SignatureError, match="query ordered by day"):
        parse_signature(text)
