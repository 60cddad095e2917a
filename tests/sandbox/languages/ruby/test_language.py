"""Ruby as pages, packages and the bank see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.languages.ruby import dump
from sandbox.languages.ruby.language import LANGUAGE, change, starter, text
from sandbox.languages.ruby.serve import Ruby, bundled, command
from sandbox.signature import Query, parse_signature

FUNCTION = """\
# A ListNode has value and next, which is nil at the end: ListNode.new(value, next_node).

# @param head [ListNode, nil]
# @param page_sizes [Array<Integer, nil>]
# @param next_ [Hash{String => Boolean}]
# @return [Array<Array<String>>]
def page_of(head, page_sizes, next_)
  []
end
"""
CLASS = """\
class Counter
  # @param start [Integer]
  def initialize(start)
  end

  # @return [Integer, nil]
  def last_value
    nil
  end
end
"""


def written(text: str) -> str:
    signature = parse_signature(text)
    assert not isinstance(signature, Query)
    return starter(signature)


def test_a_starter_of_a_function_has_its_types_and_explains_nodes() -> None:
    text = "page_of(head: ListNode, page_sizes: list[int | None], next: dict[str, bool]) -> list[list[str]]"
    assert written(text) == FUNCTION


def test_a_starter_of_a_class_has_a_constructor_and_methods() -> None:
    text = "class counter:\n def __init__(self, start: int): ...\n def last_value(self) -> int | None: ..."
    assert written(text) == CLASS


def test_no_parameter_is_called_like_a_constant() -> None:
    assert "def f(n, iN)" in written("f(N: int, IN: int) -> int")
    assert change("end", "list") == "end_[0] = …"


@pytest.mark.parametrize(
    ("content", "literal"),
    [("é'", '"é\'"'), ('a"\\\n', '"a\\"\\\\\\n"'), ("#{x} #x #$0", '"\\#{x} #x \\#$0"'), ("\0\x7f", '"\\u{0}\\u{7f}"')],
)
def test_a_text_is_written_so_that_it_stands_for_itself(content: str, literal: str) -> None:
    assert text(content) == literal


def test_errors_of_the_language_are_known_and_those_of_programs_are_not() -> None:
    assert {"KeyError", "SystemStackError", "fatal"} <= LANGUAGE.errors
    assert "OutOfStock" not in LANGUAGE.errors


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (None, b"0"),
        (True, b"T"),
        (0, b"i\x00"),
        (122, b"i\x7f"),
        (123, b"i\x01\x7b"),
        (-123, b"i\x80"),
        (-124, b"i\xff\x84"),
        (-300, b"i\xfe\xd4\xfe"),
        (1 << 30, b"l+\x07\x00\x00\x00\x40"),
        (-(1 << 64), b"l-\x0a" + bytes(8) + b"\x01\x00"),
        (-0.0, b"f\x09-0.0"),
        (float("inf"), b"f\x08inf"),
        ("é", b'I"\x07\xc3\xa9\x06;\x00T'),
        ([1, "a"], b'[\x07i\x06I"\x06a\x06;\x00T'),
        ({"a": []}, b'{\x06I"\x06a\x06;\x00T[\x00'),
    ],
)
def test_values_are_written_as_ruby_reads_them(given: object, sent: bytes) -> None:
    assert dump.value(given, "Json") == sent


def test_a_whole_number_becomes_a_float_where_that_is_wanted() -> None:
    written = dump.value({"a": [3, None]}, ["dict", ["list", ["optional", "float"]]])
    assert written == b'{\x06I"\x06a\x06;\x00T[\x07f\x083.00'


def test_lists_of_numbers_are_packed_unless_one_is_too_large() -> None:
    ints = ["list", "int"]
    assert dump.argument([1, -1], ints) == b'"\x15' + (1).to_bytes(8, "little") + b"\xff" * 8
    assert dump.argument([1, 1 << 64], ints) == dump.value([1, 1 << 64], ints)
    assert dump.argument([3], ["list", "float"]) == b'"\x0d' + b"\0\0\0\0\0\0\x08@"


def test_arguments_must_be_as_many_as_the_signature_says() -> None:
    signature = {"name": "f", "parameters": [["n", "int"]], "returns": "int", "in_place": None}
    with pytest.raises(ValueError, match="shorter"):
        Ruby(command).read_arguments(signature, [1, 2])


def test_libraries_that_are_gems_are_found_whatever_their_version(tmp_path: Path) -> None:
    for name in ("prime-0.1.2", "matrix-1.0", "primes-2.0"):
        (tmp_path / "3.1.0" / "gems" / name / "lib").mkdir(parents=True)
    gems = tmp_path / "3.1.0" / "gems"
    assert list(bundled(str(tmp_path))) == [f"-I{gems}/prime-0.1.2/lib", f"-I{gems}/matrix-1.0/lib"]
