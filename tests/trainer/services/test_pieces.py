"""JSON in pieces reads as the whole does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.services.pieces import pieces

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


@given(VALUES)
def test_it_is_what_json_writes(value: Any) -> None:
    assert "".join(pieces(value)) == json.dumps(value, indent=2, ensure_ascii=False)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_iterator_is_a_list(count: int) -> None:
    value = {"rows": ({"n": n} for n in range(count))}
    assert json.loads("".join(pieces(value))) == {"rows": [{"n": n} for n in range(count)]}


def test_an_iterator_is_read_one_at_a_time() -> None:
    read = []

    def rows() -> Any:
        for n in range(5):
            read.append(n)
            yield n

    found = pieces(rows())
    while "1" not in next(found):
        pass
    assert read == [0, 1]
