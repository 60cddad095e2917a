"""Which code later cases begin with."""

from __future__ import annotations

import pytest

from sandbox.languages.python.child import Load
from sandbox.languages.python.serve import compiled

LOAD = Load(source="", signature={}, time_limit_s=1, wall_limit_s=1, output_bytes=1, value_bytes=1)


def test_code_of_a_case_that_ended_is_kept() -> None:
    assert compiled(LOAD, "ended", b"", b"code").code == b"code"


@pytest.mark.parametrize("end", ["cpu", "wall", "memory", "output"])
def test_code_of_a_case_that_a_limit_ended_is_not(end: str) -> None:
    """It may have been cut off on its way."""
    assert compiled(LOAD, end, b"", b"half of the co") == LOAD


def test_a_program_that_may_have_been_warned_is_compiled_anew() -> None:
    assert compiled(LOAD, "ended", b"SyntaxWarning", b"code") == LOAD
