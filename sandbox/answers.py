"""Which type an answer must have, and the sentence where it has another."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.checkers import Wanted, exact
from sandbox.languages import Language, languages
from sandbox.model import Case, Json
from sandbox.signature import Function, Query, Signature, Type, conforms

MOST_KINDS = 3
SHORT = (bool, int, float, str, type(None))
LONGEST = 40
"""Characters up to which a sentence quotes a value."""
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
        return "" if conforms(value, wanted) else f"Returned {_misfit(value, wanted, case.expected)}."
    if not isinstance(value, list) or len(value) != len(wanted):
        return f"Answered {describe(value)} where {len(wanted)} calls were made."
    for number, (answer, type_, call) in enumerate(zip(value, wanted, case.arguments, strict=True), 1):
        if not conforms(answer, type_):
            expected = case.expected[number - 1] if _has_answer(case.expected, number - 1) else None
            return f"Call {number}, {call[0]}: returned {_misfit(answer, type_, expected)}."
    return ""


def unchanged(value: Json, signature: Signature, case: Case, language: str = "python") -> str:
    """A sentence where the parameter that was to be changed in place came back as it was sent, else ""."""
    if not isinstance(signature, Function) or signature.in_place is None:
        return ""
    names = [parameter.name for parameter in signature.parameters]
    sent = case.arguments[names.index(signature.in_place)]
    if not exact.matches(value, sent, signature.answer_type):
        return ""
    spoken = languages().get(language) or languages()["python"]
    name = spoken.spell(signature.in_place)
    return (
        f"`{name}` came back as it was sent. {_how_to_change(name, signature.answer_type, spoken)}; "
        "binding the name anew does not reach the caller."
    )


def _how_to_change(name: str, wanted: Type, spoken: Language) -> str:
    match wanted.name, wanted.of:
        case (("list" | "dict"), _):
            return f"Change the {wanted.name} itself, e.g. {spoken.change(name, wanted.name)}"
        case (("ListNode" | "TreeNode"), _):
            return f"Change the nodes themselves, e.g. {spoken.change(name, wanted.name)}"
        case "optional", Type() as part:
            return _how_to_change(name, part, spoken)
    return "Change the value itself"


def _misfit(value: Json, wanted: Type, expected: Json) -> str:
    """What was returned and what was expected: with the values where both are short, else with the first place."""
    plain = _scalar(wanted)
    if plain and isinstance(value, SHORT) and isinstance(expected, SHORT) and conforms(expected, wanted):
        return f"{_with_value(value)}, expected {_with_value(_as_declared(expected, plain))}"
    place, found = _first_misfit(value, wanted)
    where = f": {place} is {_with_value(found)}" if place and isinstance(found, SHORT) else ""
    return f"{describe(value)}, expected {wanted}{where}"


def _first_misfit(value: Json, wanted: Type, place: str = "") -> tuple[str, Json]:
    """Where in a value the first one of another type stands, and what it is."""
    match wanted.name, wanted.of:
        case "list", Type() as part if isinstance(value, list):
            inside: Iterable[tuple[Json, Json]] = enumerate(value)
        case "dict", Type() as part if isinstance(value, dict):
            inside = value.items()
        case "optional", Type() as part:
            return _first_misfit(value, part, place)
        case _:
            return place, value
    key, item = next((key, item) for key, item in inside if not conforms(item, part))
    return _first_misfit(item, part, f"{place}[{key!r}]")


def _scalar(wanted: Type) -> str:
    """The name of the scalar that is wanted, if it is one."""
    if wanted.of is not None:
        return _scalar(wanted.of) if wanted.name == "optional" else ""
    return wanted.name if wanted.name in ("int", "float", "bool", "str") else ""


def _as_declared(value: Json, name: str) -> Json:
    """A float may be written as 3 in the data; it is 3.0."""
    return float(value) if name == "float" and isinstance(value, int) else value


def _with_value(value: Json) -> str:
    """The type and, where it is short, the value: "float 800.0"."""
    text = repr(value) if not isinstance(value, int) or abs(value) < 10**LONGEST else ""
    name = describe(value)
    return name if value is None or not text or len(text) > LONGEST else f"{name} {text}"


def _has_answer(expected: Json, place: int) -> bool:
    return isinstance(expected, list) and place < len(expected)


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
