"""When a request has arrived, whatever pieces it comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.web.incoming import HEAD_LIMIT, Incoming

HEAD = b"POST /sign-in?a=1 HTTP/1.1\r\nHost: a\r\n"
WHOLE = {
    "without a body": b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
    "with a length": HEAD + b"Content-Length: 5\r\n\r\nhello",
    "odd spelling": HEAD + b"cOnTent-length:\t5 \r\n\r\nhello",
    "empty": HEAD + b"Content-Length: 0\r\n\r\n",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n\r\n",
    "trailers": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\nA: b\r\nC: d\r\n\r\n",
    "a length that looks like a chunk": HEAD + b"Content-Length: 5\r\n\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_it_is_whole_with_its_last_byte_and_not_before(data: bytes) -> None:
    incoming = Incoming(lambda path: 100)
    for byte in data[:-1]:
        incoming.add(bytes([byte]))
        assert not incoming.is_whole
    incoming.add(data[-1:])
    assert incoming.is_whole
    assert not incoming.is_too_large
    assert incoming.path in ("/sign-in", "/healthz")
    assert bytes(incoming.data) == data


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"Content-Length: 101\r\n\r\n",
        HEAD + b"Content-Length: 999999999999999999\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"32\r\n" + 50 * b"x" + b"\r\n33\r\n",
    ],
)
def test_what_is_too_large_is_not_waited_for(data: bytes) -> None:
    incoming = Incoming(lambda path: 100 if path == "/sign-in" else 0)
    incoming.add(data)
    assert incoming.is_whole
    assert incoming.is_too_large


@pytest.mark.parametrize("body", [b"zz\r\n", b"-1\r\nx", b"\r\n\r\n", b"x" * 2000])
def test_chunks_that_are_none_are_left_to_who_parses_them(body: bytes) -> None:
    incoming = Incoming(lambda path: 100_000)
    incoming.add(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body)
    assert incoming.is_whole


def test_a_head_without_an_end_is_too_large_some_day() -> None:
    incoming = Incoming(lambda path: 100)
    incoming.add(b"GET / HTTP/1.1\r\n" + HEAD_LIMIT * b"a")
    assert incoming.is_head_too_large
    assert not incoming.is_whole


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=30))
def test_no_bytes_upset_it_and_pieces_make_no_difference(data: bytes, cuts: list[int]) -> None:
    for start in (b"", HEAD + b"Transfer-Encoding: chunked\r\n\r\n", HEAD):
        whole, pieces = Incoming(lambda path: 100), Incoming(lambda path: 100)
        whole.add(start + data)
        rest = start + data
        for cut in cuts:
            pieces.add(rest[:cut])
            rest = rest[cut:]
        pieces.add(rest)
        assert pieces.is_whole == whole.is_whole
