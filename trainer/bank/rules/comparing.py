"""The rule that says how answers are compared: whoever returns floats should know whether the last bit counts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from sandbox.model import Compare
from sandbox.signature import Calls, Class, Type
from trainer.bank.rules.base import Facts, Result

_SAID = {
    Compare.CLOSE: "floats in an answer may differ by a millionth, relative or absolute",
    Compare.UNORDERED: "the answer is a bag, and its floats may differ by a millionth, relative or absolute",
    Compare.ANY_OF: "floats in an answer may differ by a millionth, relative or absolute",
}
_LAST_BIT = (
    "problem.md: 'compare: exact' wants floats that are right to the last bit, and adding up in another order changes "
    "it: leave the key out, unless the statement says how to compute"
)


def comparison(facts: Facts) -> Iterator[Result]:
    compare = facts.problem.compare
    if not holds_floats(facts.problem.calls):
        yield Result(True, f"answers hold no floats; compare: {compare}")
    elif compare is Compare.EXACT:
        yield Result(False, _LAST_BIT, advice=True)
    else:
        yield Result(True, f"{_SAID[compare]}; compare: {compare}")
    for case in facts.cases:
        if _holds_nan(case.expected):
            fix = "NaN equals nothing, not even itself: let the answer be None, or leave the case out"
            yield Result(False, f"the expected value of ‘{case.name}’ holds NaN, so that no answer is right: {fix}")


def holds_floats(signature: Calls) -> bool:
    """Is there a float in what is compared?"""
    if isinstance(signature, Class):
        return any(_is_float(method.returns) for method in signature.methods)
    return _is_float(signature.answer_type)


def _is_float(type_: Type) -> bool:
    return type_.name == "float" or (type_.of is not None and _is_float(type_.of))


def _holds_nan(value: Any) -> bool:
    """JSON writes NaN bare, so a text that says NaN is told from it by its quotes."""
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, list | dict) and "NaN" in json.dumps(value).replace('"NaN"', "")
