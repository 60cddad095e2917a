"""PHP, as the rest of the program sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sandbox.languages.language import Language, Literals, Needs
from sandbox.signature import NODES, Calls, Class, Function, Type

_TYPES = {"int": "int", "float": "float", "bool": "bool", "str": "string", "None": "void", "Json": "mixed"}
_NOTHING_YET = {"int": "0", "float": "0.0", "bool": "false", "str": "''", "list": "[]", "dict": "[]"}
_ERRORS = """
    ArgumentCountError ArithmeticError AssertionError BadFunctionCallException BadMethodCallException CompileError
    DivisionByZeroError DomainException Error ErrorException Exception FatalError InvalidArgumentException JsonException
    LengthException LogicException OutOfBoundsException OutOfRangeException OverflowException ParseError RangeException
    RuntimeException TypeError UnderflowException UnexpectedValueException UnhandledMatchError ValueError
"""
_EXPLAINED = {
    "ListNode": "// A ListNode has value and next, which is null at the end: new ListNode($value, $next).\n",
    "TreeNode": "// A TreeNode has value, left and right, or null for them: new TreeNode($value, $left, $right)\n",
}
_RESERVED_WORDS = """
    abstract and array as break callable case catch class clone const continue declare default die do echo else elseif
    empty enddeclare endfor endforeach endif endswitch endwhile eval exit extends final finally fn for foreach function
    global goto if implements include instanceof insteadof interface isset list match namespace new or print private
    protected public readonly require return static switch throw trait try unset use var while xor yield
"""
_TAKEN = frozenset(
    _RESERVED_WORDS.split()
    + [
        name
        for line in Path(__file__).with_name("functions.txt").read_text().splitlines()
        if not line.startswith("#")
        for name in line.split()
    ]
)
"""What no function may be called: words of the language, and functions that PHP has already."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e"}


class Arrows(Literals):
    """As others, with an arrow between a key and its value."""

    __slots__ = ()
    pair = " => "


def spell(name: str) -> str:
    """page_of is pageOf."""
    return re.sub(r"(?<=[A-Za-z0-9])_+([A-Za-z0-9])", lambda found: found[1].upper(), name)


def starter(signature: Calls) -> str:
    """Code that defines what the signature names, with types, and is wrong."""
    functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
    used = {part.name for function in functions for type_ in _types(function) for part in type_.parts()}
    head = "".join(_EXPLAINED[name] for name in NODES if name in used)
    body = _class(signature) if isinstance(signature, Class) else _function(signature)
    return "\n".join(["<?php\n", head, body] if head else ["<?php\n", body])


def _function(function: Function) -> str:
    name = spell(function.name)
    called = f"{name}_" if name.lower() in _TAKEN else name
    return "\n".join(_defined(function, f"function {called}", _returns(function.returns))) + "\n"


def _class(signature: Class) -> str:
    lines = [f"class {signature.name}", "{"]
    for number, function in enumerate((signature.constructor, *signature.methods)):
        name = spell(function.name) if number else "__construct"
        method = _defined(function, f"public function {name}", _returns(function.returns) if number else "")
        lines += [""] * bool(number) + [f"    {line}" if line else "" for line in method]
    return "\n".join([*lines, "}"]) + "\n"


def _defined(function: Function, head: str, returns: str) -> list[str]:
    parameters = ", ".join(_parameter(p.name, p.type, function.in_place) for p in function.parameters)
    return [*_doc(function), f"{head}({parameters}){returns}", "{", _body(function.returns), "}"]


def _parameter(name: str, type_: Type, in_place: str | None) -> str:
    """An array is a value of its own: where the caller's is to be changed, it comes by reference."""
    by_reference = name == in_place and _declared(type_).endswith("array")
    return f"{_declared(type_)} {'&' if by_reference else ''}{_own(name)}"


def _doc(function: Function) -> list[str]:
    """What types of PHP do not say: what is in an array."""
    told = [f"@param {written(p.type)} {_own(p.name)}" for p in function.parameters if _says_little(p.type)]
    told += [f"@return {written(function.returns)}"] * _says_little(function.returns)
    return ["/**", *(f" * {line}" for line in told), " */"] if told else []


def _says_little(type_: Type) -> bool:
    return _declared(type_).endswith("array")


def _returns(type_: Type) -> str:
    return f": {_declared(type_)}"


def _declared(type_: Type) -> str:
    """A type as PHP itself holds values to it: ?array."""
    match type_.name, type_.of:
        case (("list" | "dict"), _):
            return "array"
        case "optional", Type() as part:
            declared = _declared(part)
            return declared if declared.startswith("?") else f"?{declared}"
    return f"?{type_.name}" if type_.name in NODES else _TYPES[type_.name]


def written(type_: Type) -> str:
    """A type as it is documented: list<int|null>."""
    match type_.name, type_.of:
        case "list", Type() as part:
            return f"list<{written(part)}>"
        case "dict", Type() as part:
            return f"array<string, {written(part)}>"
        case "optional", Type() as part:
            return written(part) if part.name in NODES else f"{written(part)}|null"
    return f"{type_.name}|null" if type_.name in NODES else _TYPES[type_.name]


def change(name: str, type_: str) -> str:
    own = _own(name)
    examples = {
        "list": f"{own}[0] = …, and let it come by reference, array &{own}",
        "dict": f"{own}[$key] = …, and let it come by reference, array &{own}",
    }
    return examples.get(type_, f"{own}->value = …")


def text(content: str) -> str:
    """A str as PHP writes it: in single quotes where nothing needs to be escaped."""
    if not set(content) & {"'", "\\"} and all(ord(one) > 31 and ord(one) != 127 for one in content):
        return f"'{content}'"
    return '"' + "".join(_character(one) for one in content) + '"'


def _character(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    return f"\\u{{{ord(one):x}}}" if ord(one) < 32 or ord(one) == 127 else one


def _own(name: str) -> str:
    spelled = spell(name)
    return "$this_" if spelled == "this" else f"${spelled}"


def _body(returns: Type) -> str:
    return "" if returns.name == "None" else f"    return {_NOTHING_YET.get(returns.name, 'null')};"


def _types(function: Function) -> Iterator[Type]:
    yield function.returns
    yield from (parameter.type for parameter in function.parameters)


LANGUAGE = Language(
    name="php",
    title="PHP",
    ending="php",
    version="8.2",
    lexer="php",
    comment="//",
    starter=starter,
    literals=Arrows(null="null", true="true", false="false", text=text, entries=("[", "]")),
    spell=spell,
    change=change,
    needs=Needs(memory_mib=48),
    errors=frozenset(_ERRORS.split()),
)
