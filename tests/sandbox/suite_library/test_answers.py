"""Expectations are as strict as HTTP and JSON are, and no stricter."""

from __future__ import annotations

import pytest
from suite.answers import Answer, Exchange
from suite.expectations import Mismatch


def answer(body: bytes = b"", *headers: tuple[str, str]) -> Answer:
    return Answer(200, headers, body, Exchange("GET", "/", [], ""))


@pytest.mark.parametrize(
    "said",
    [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/problem+json",
        "application/vnd.api+json; charset=utf-8",
    ],
)
def test_json_is_json_whatever_its_kind(said: str) -> None:
    answer(b"{}", ("content-TYPE", said)).type_is("application/json")


@pytest.mark.parametrize("said", ["text/html", "application/jsonp", "text/x+json", "application/+json", ""])
def test_other_types_are_not(said: str) -> None:
    with pytest.raises(Mismatch, match="content type application/json"):
        answer(b"{}", ("Content-Type", said)).type_is("application/json")


@pytest.mark.parametrize(
    ("body", "wanted", "same"),
    [
        (b"2", 2.0, True),
        (b"2.0", 2.0, True),
        (b"2.0", 2, False),
        (b"true", 1, False),
        (b"1", True, False),
        (b"true", 1.0, False),
        (b'"1"', 1, False),
        (b'"\\u00e9\\u003c"', "é<", True),
        (b"\xef\xbb\xbf7", 7, True),
        (b'{"a": 2, "b": 1}', {"b": 1, "a": 2.0}, True),
    ],
)
def test_numbers_are_told_apart_as_far_as_json_does(body: bytes, wanted: object, same: bool) -> None:
    found = answer(b'{"x": %s}' % body if not body.startswith(b"\xef") else b'\xef\xbb\xbf{"x": 7}')
    if same:
        found.field_is("x", wanted)
    else:
        with pytest.raises(Mismatch):
            found.field_is("x", wanted)


def test_headers_are_found_whatever_their_letters() -> None:
    found = answer(b"", ("X-RATELIMIT-reset", "7"), ("Etag", '"a"'), ("etag", '"b"'))
    assert found.header("x-RateLimit-Reset") == "7"
    assert found.header("ETag") == '"a", "b"'
    assert found.lines("ETAG") == ['"a"', '"b"']
    assert found.has_no_header("ET") is found
    with pytest.raises(Mismatch, match="a header Location"):
        found.header("Location")


def test_words_of_a_header_that_is_not_there() -> None:
    assert answer().words("Allow") == set()
    assert answer(b"", ("Allow", "")).words("Allow") == set()
