"""Which code later cases begin with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sandbox.harness.child import Load
from sandbox.harness.programs import Ended
from sandbox.languages.python.serve import Python

LOAD = Load(source="", signature={}, time_limit_s=1, wall_limit_s=1, output_bytes=1, value_bytes=1, code=b"before")
ENDED = Ended("ended", 0, 1, 1.0, 1, all_dead=True, stdout=b"", stderr=b"", report=b"{}", code=b"code")


def test_code_of_a_case_that_ended_is_kept() -> None:
    assert Python().code_of(LOAD, ENDED) == b"code"


@pytest.mark.parametrize("end", ["cpu", "wall", "memory", "output"])
def test_code_of_a_case_that_a_limit_ended_is_not(end: str) -> None:
    """It may have been cut off on its way."""
    assert Python().code_of(LOAD, replace(ENDED, end=end, code=b"half of the co")) == b"before"


def test_a_program_that_may_have_been_warned_is_compiled_anew() -> None:
    assert Python().code_of(LOAD, replace(ENDED, stderr=b"SyntaxWarning")) == b"before"
