"""Which type an answer must have, and the sentence where it has another."""

from __future__ import annotations

from sandbox.checkers import Wanted
from sandbox.model import Case, Json
from sandbox.signature import Function, Query, Signature, Type, conforms

MOST_KINDS = 3
NULL, TABLE = Type("None"), Type("Json")


def wanted_of(signature: Signature, case: Case) -> Wanted:
    """The type of the case's answer; of a class problem, of each call's."""
    if isinstance(signature, Function):
        return signature.answer_type
    if isinstance(signature, Query):
        return TABLE
    returns = {function.name: function.returns for function in (signature.constructor, *signature.methods)}
    return tuple(returns.get(call[0], NULL) for call in case.arguments)


def misfit(value: Json, wanted: Wanted, case: Case) -> str:
    """A sentence where the value is not of the wanted type, else ""."""
    if isinstance(wanted, Type):
        return "" if conforms(value, wanted) else f"Returned {describe(value)}, expected {wanted}."
    if not isinstance(value, list) or len(value) != len(wanted):
        return f"Answered {describe(value)} where {len(wanted)} calls were made."
    for number, (answer, type_, call) in enumerate(zip(value, wanted, case.arguments, strict=True), 1):
        if not conforms(answer, type_):
            return f"Call {number}, {call[0]}: returned {describe(answer)}, expected {type_}."
    return ""


def describe(value: Json, depth: int = 0) -> str:
    """The type of a value, as a signature would write it: list[int | str]."""
    if value is None:
        return "None"
    if isinstance(value, list):
        return f"list[{_parts(value, depth)}]" if value and depth < 3 else "list"
    if isinstance(value, dict):
        return f"dict[str, {_parts(list(value.values()), depth)}]" if value and depth < 3 else "dict"
    return type(value).__name__


def _parts(values: list[Json], depth: int) -> str:
    kinds = sorted({describe(value, depth + 1) for value in values[:1000]})
    more = " | …" if len(kinds) > MOST_KINDS else ""
    return " | ".join(kinds[:MOST_KINDS]) + more
