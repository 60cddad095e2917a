"""Requests of the student's own: what is taken, and which field is at fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import InputError
from trainer.kinds.service.requests import FIELDS, METHODS, read_request


def test_a_request_is_read() -> None:
    found = read_request(
        {"method": " post ", "path": " /notes?x=1 ", "headers": "X-A: 1\r\n\nAccept:text/plain\n", "body": '{"a": 1}'}
    )
    assert found == {
        "method": "POST",
        "path": "/notes?x=1",
        "headers": [["X-A", "1"], ["Accept", "text/plain"], ["Content-Type", "application/json"]],
        "body": '{"a": 1}',
    }


def test_a_content_type_of_ones_own_stays_alone() -> None:
    found = read_request({"path": "/", "headers": "content-type: text/csv", "body": "a,b"})
    assert found["headers"] == [["content-type", "text/csv"]]


@pytest.mark.parametrize("body", ["", " \n"])
def test_without_a_body_there_is_no_content_type(body: str) -> None:
    assert read_request({"path": "/", "body": body})["headers"] == []


def test_a_get_is_what_is_meant_where_no_method_is_named() -> None:
    assert read_request({"path": "/"})["method"] == "GET"


@pytest.mark.parametrize(
    ("texts", "field", "words"),
    [
        ({"method": "FETCH", "path": "/"}, "method", "'FETCH' is no method. Take one of: GET, POST"),
        ({"method": "", "path": "/"}, "method", "is no method"),
        ({"method": "x" * 500, "path": "/"}, "method", "is no method"),
        ({}, "path", "begins with /"),
        ({"path": "notes"}, "path", "begins with /"),
        ({"path": "/a b"}, "path", "no blanks"),
        ({"path": "/é"}, "path", "no blanks"),
        ({"path": "http://127.0.0.1:5432/"}, "path", "begins with /"),
        ({"path": "/a\r\nX-Evil: 1"}, "path", "no blanks"),
        ({"path": "/" + "x" * 2000}, "path", "begins with /"),
        ({"path": "/", "headers": "X-A 1"}, "headers", "Line 1 of the headers is none"),
        ({"path": "/", "headers": "X-A: 1\nX B: 2"}, "headers", "Line 2 of the headers is none"),
        ({"path": "/", "headers": ": 1"}, "headers", "Line 1 of the headers is none"),
        ({"path": "/", "headers": "X-A: \x00"}, "headers", "Line 1 of the headers is none"),
        ({"path": "/", "headers": "X-A: é"}, "headers", "cannot carry"),
        ({"path": "/", "headers": "X: 1\n" * 31}, "headers", "at most 30 headers"),
        ({"path": "/", "body": "a\ud800"}, "body", "half a character"),
        ({"path": "/", "boddy": "x"}, "boddy", "no field 'boddy': it has method, path"),
    ],
)
def test_what_cannot_be_sent_names_its_field_and_the_fix(texts: dict[str, str], field: str, words: str) -> None:
    with pytest.raises(InputError, match=r"\.$") as refused:
        read_request(texts)
    assert (refused.value.field, refused.value.status) == (field, 422)
    assert words in str(refused.value)


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=60) for name in FIELDS}))
def test_whatever_is_typed_is_read_or_refused_and_never_splits_a_line(texts: dict[str, str]) -> None:
    try:
        found = read_request(texts)
    except InputError:
        return
    assert found["method"] in METHODS
    lines = [found["path"], *(part for pair in found["headers"] for part in pair)]
    assert all(line.isascii() and line.isprintable() for line in lines)
