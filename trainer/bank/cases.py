"""Reads data/sample.yaml and data/secret.yaml: cases made by hand, held against the signature's types."""

from __future__ import annotations

from typing import Any

from sandbox.model import Case, Compare
from sandbox.signature import Calls, Class, Function, Type
from trainer.bank.flaws import Flaws, Spot, did_you_mean
from trainer.bank.strict_yaml import read_list
from trainer.bank.values import mismatch
from trainer.bank.words import count

SAMPLE_FILE = "data/sample.yaml"
SCHEMA_FILE = "data/schema.sql"
SECRET_FILE = "data/secret.yaml"
LONGEST_NAME = 100


def read_cases(text: str, file: str, signature: Calls | None, compare: Compare, flaws: Flaws) -> tuple[Case, ...]:
    """The cases of one file in order; those that are flawed are left out."""
    value = read_list(text, file, flaws, "holds no cases", "write a list: '- name: …', 'args: {…}', 'expected: …'")
    cases = [_case(item, signature, compare, flaws.at(file, f"case {number}")) for number, item in enumerate(value, 1)]
    return tuple(case for case in cases if case)


def case_name_is_right(name: Any) -> bool:
    """A name is one line that can be printed, without space around it."""
    return isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and name.isprintable() and name.strip() == name


def quoted(name: Any) -> str:
    """A name as flaws show it: a text in quotes, anything else bare."""
    return repr(name) if isinstance(name, str) else str(name)


def read_arguments(value: Any, signature: Calls, spot: Spot) -> tuple[Any, ...]:
    """What is called, as `Case.arguments` holds it: parameters in order, or the list of calls."""
    if isinstance(signature, Class):
        return _calls(value, signature, spot.at(": calls"))
    return _arguments(value, signature, spot.at(": args"))


def check_expected(expected: Any, arguments: tuple[Any, ...], signature: Calls, compare: Compare, spot: Spot) -> None:
    """The expected value must have the type of the answer; for a class there is one value a call."""
    if isinstance(signature, Class):
        _check_answers(expected, arguments, signature, spot)
    elif compare is not Compare.ANY_OF:
        _check(expected, signature.answer_type, spot)
    elif not isinstance(expected, list) or not expected:
        spot.add("is no list of acceptable answers", "compare: any_of wants [answer, answer, …]")
    else:
        for index, answer in enumerate(expected):
            _check(answer, signature.answer_type, spot.at(f"[{index}]"))


def _case(item: Any, signature: Calls | None, compare: Compare, spot: Spot) -> Case | None:
    if not isinstance(item, dict):
        spot.add("is no mapping", "write '- name: …' with args and expected below it")
        return None
    given = "calls" if isinstance(signature, Class) else "args"
    if not _keys_are_right(item, given, spot) or signature is None:
        return None
    name = item["name"]
    if not case_name_is_right(name):
        spot.at(": name").add(
            f"{quoted(name)} is no name", f"one line of text in quotes, at most {LONGEST_NAME} characters"
        )
        return None
    before = len(spot.flaws.found)
    spot = spot.at(f" {name!r}")
    arguments = read_arguments(item[given], signature, spot)
    check_expected(item["expected"], arguments, signature, compare, spot.at(": expected"))
    if len(spot.flaws.found) > before:
        return None
    return Case(name, arguments, item["expected"], sample=spot.file == SAMPLE_FILE)


def _keys_are_right(item: dict[Any, Any], given: str, spot: Spot) -> bool:
    wanted = ("name", given, "expected")
    unknown = [str(key) for key in item if key not in wanted]
    missing = [key for key in wanted if key not in item]
    for word in unknown:
        spot.add(f"unknown key {word!r}", did_you_mean(word, wanted))
    for word in missing:
        spot.add(f"{word!r} is missing", f"a case has name, {given} and expected")
    return not unknown and not missing


def _arguments(value: Any, signature: Function, spot: Spot) -> tuple[Any, ...]:
    names = [p.name for p in signature.parameters]
    if not isinstance(value, dict):
        spot.add("is no mapping", f"write {{{', '.join(f'{name}: …' for name in names)}}}")
        return ()
    for word in value:
        if word not in names:
            spot.add(f"unknown parameter {word!r}", did_you_mean(str(word), names))
    for parameter in signature.parameters:
        if parameter.name not in value:
            spot.add(f"parameter {parameter.name!r} is missing", "give each parameter a value")
        else:
            _check(value[parameter.name], parameter.type, spot.at(f".{parameter.name}"))
    return tuple(value.get(name) for name in names)


def _calls(value: Any, signature: Class, spot: Spot) -> tuple[Any, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(call, list) and call for call in value):
        spot.add("is no list of calls", f"write [[{signature.name}, …], [method, …], …]")
        return ()
    if value[0][0] != signature.name:
        spot.at("[0]").add("does not construct the object", f"begin with [{signature.name}, …]")
    for index, (name, *arguments) in enumerate(value):
        allowed = signature.methods if index else (signature.constructor,)
        _check_call(name, arguments, allowed, spot.at(f"[{index}]"))
    return tuple(value)


def _check_call(name: Any, arguments: list[Any], allowed: tuple[Function, ...], spot: Spot) -> None:
    function = next((f for f in allowed if f.name == name), None)
    if function is None:
        spot.add(f"there is no method {name!r}", did_you_mean(str(name), [f.name for f in allowed]))
    elif len(arguments) != len(function.parameters):
        spot.add(f"gives {count(len(arguments), 'value')} to {function}", f"give {len(function.parameters)}")
    else:
        for parameter, argument in zip(function.parameters, arguments, strict=True):
            _check(argument, parameter.type, spot.at(f".{parameter.name}"))


def _check_answers(expected: Any, calls: tuple[Any, ...], signature: Class, spot: Spot) -> None:
    if not isinstance(expected, list) or len(expected) != len(calls):
        spot.add(f"is no list of {count(len(calls), 'value')}", "give one value a call, null for the constructor")
        return
    returns = {function.name: function.returns for function in (signature.constructor, *signature.methods)}
    for index, (answer, call) in enumerate(zip(expected, calls, strict=True)):
        if wanted := returns.get(str(call[0])):
            _check(answer, wanted, spot.at(f"[{index}]"))


def _check(value: Any, wanted: Type, spot: Spot) -> None:
    if found := mismatch(value, wanted):
        spot.at(found.place).add(found.problem, found.fix)
