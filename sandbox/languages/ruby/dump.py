"""Values as Ruby's own `Marshal` reads them: it is a part of the interpreter, needs no library, and loses no number.

The format is 4.8, which all versions of Ruby since 1.8 read. Only what JSON knows is written: nil, booleans, numbers,
texts in UTF-8, arrays and hashes. A list of numbers that is a whole argument is written as their bytes (`packed`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

VERSION = b"\x04\x08"
_FIRST_TEXT, _TEXT = b"\x06:\x06ET", b"\x06;\x00T"
"""Behind the bytes of a text: that it is UTF-8. The first one names the symbol that the others refer to."""
_LETTERS = {str(["list", "int"]): "q", str(["list", "float"]): "d"}
"""By a type, as text."""


def program(source: str, signature: dict[str, Any], arguments: bytes) -> bytes:
    """What a runner reads: [source, signature, arguments], the last as `value` has written them."""
    first = source.encode()
    parts = [VERSION, b"[", _long(3), b'I"', _long(len(first)), first, _FIRST_TEXT, value(signature, "Json"), arguments]
    return b"".join(parts)


def argument(given: Any, spec: Any) -> bytes:
    """An argument: its numbers packed, where it is a list of them that fit."""
    letter = _LETTERS.get(str(spec))
    if letter:
        try:
            packed = struct.pack(f"<{len(given)}{letter}", *given)
        except struct.error:
            return value(given, spec)  # a whole number that is too large for 64 bits
        return b'"' + _long(len(packed)) + packed
    return value(given, spec)


def value(given: Any, spec: Any) -> bytes:
    """A value. Where a float is wanted, a whole number becomes one."""
    out: list[bytes] = []
    _write(out.append, given, spec)
    return b"".join(out)


def items(written: list[bytes]) -> bytes:
    """An array of what is written already."""
    return b"".join((b"[", _long(len(written)), *written))


def _write(put: Callable[[bytes], None], given: Any, spec: Any) -> None:
    if isinstance(spec, list) and spec[0] == "optional":
        spec = spec[1]
    if isinstance(given, list):
        part = _part(spec, "list")
        put(b"[" + _long(len(given)))
        for item in given:
            _write(put, item, part)
    elif isinstance(given, dict):
        part = _part(spec, "dict")
        put(b"{" + _long(len(given)))
        for key, item in given.items():
            put(_text(key))
            _write(put, item, part)
    else:
        put(_scalar(given, spec))


def _part(spec: Any, kind: str) -> Any:
    return spec[1] if isinstance(spec, list) and spec[0] == kind else "Json"


def _scalar(given: Any, spec: Any) -> bytes:
    match given:
        case None:
            return b"0"
        case bool():
            return b"T" if given else b"F"
        case str():
            return _text(given)
        case int() if spec != "float":
            return _int(given)
        case int() | float():
            digits = repr(float(given)).encode()
            return b"f" + _long(len(digits)) + digits
    raise TypeError(f"{type(given).__name__} is no value")


def _text(given: str) -> bytes:
    data = given.encode()
    return b'I"' + _long(len(data)) + data + _TEXT


def _int(given: int) -> bytes:
    if -(1 << 30) <= given < 1 << 30:
        return b"i" + _long(given)
    size = abs(given)
    shorts = (size.bit_length() + 15) // 16
    return b"l" + (b"+" if given > 0 else b"-") + _long(shorts) + size.to_bytes(2 * shorts, "little")


def _long(n: int) -> bytes:
    """A number up to 32 bits: small ones in a byte, others as their number of bytes and these."""
    if n == 0:
        return b"\x00"
    if 0 < n < 123:
        return bytes((n + 5,))
    if -124 < n < 0:
        return bytes(((n - 5) & 255,))
    size = next(size for size in (1, 2, 3, 4) if -(1 << 8 * size) <= n < 1 << 8 * size)
    return bytes((size if n > 0 else 256 - size,)) + (n & ((1 << 8 * size) - 1)).to_bytes(size, "little")
