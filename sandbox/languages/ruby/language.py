"""Ruby, as the rest of the program sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.languages.language import Language, Literals, Needs
from sandbox.signature import NODES, Calls, Class, Function, Type

_TYPES = {"int": "Integer", "float": "Float", "bool": "Boolean", "str": "String", "None": "nil", "Json": "Object"}
_NOTHING_YET = {"int": "0", "float": "0.0", "bool": "false", "str": '""', "list": "[]", "dict": "{}"}
_ERRORS = """
    ArgumentError ClosedQueueError EOFError EncodingError Encoding::CompatibilityError
    Encoding::InvalidByteSequenceError Encoding::UndefinedConversionError FiberError FloatDomainError FrozenError
    IOError IndexError Interrupt KeyError LoadError LocalJumpError Math::DomainError NameError NoMatchingPatternError
    NoMatchingPatternKeyError NoMemoryError NoMethodError NotImplementedError Ractor::Error RangeError RegexpError
    RuntimeError ScriptError SecurityError SignalException StandardError StopIteration SyntaxError SystemCallError
    SystemExit SystemStackError ThreadError TypeError UncaughtThrowError ZeroDivisionError fatal
"""
_EXPLAINED = {
    "ListNode": "# A ListNode has value and next, which is nil at the end: ListNode.new(value, next_node).\n",
    "TreeNode": "# A TreeNode has value, left and right, or nil for them: TreeNode.new(value, left, right)\n",
}
_RESERVED_WORDS = """
    BEGIN END alias and begin break case class def defined do else elsif end ensure false for if in module next nil not
    or redo rescue retry return self super then true undef unless until when while yield
"""
"""What no parameter may be called."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e"}


class Arrows(Literals):
    """As others, with an arrow between a key and its value."""

    __slots__ = ()
    pair = " => "


def starter(signature: Calls) -> str:
    """Code that defines what the signature names, with types as YARD writes them, and is wrong."""
    functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
    used = {part.name for function in functions for type_ in _types(function) for part in type_.parts()}
    head = "".join(_EXPLAINED[name] for name in NODES if name in used)
    body = _class(signature) if isinstance(signature, Class) else "\n".join(_method(signature, signature.name)) + "\n"
    return f"{head}\n{body}" if head else body


def _class(signature: Class) -> str:
    lines = [f"class {_constant(signature.name)}"]
    for number, function in enumerate((signature.constructor, *signature.methods)):
        method = _method(function, function.name) if number else _initialize(function)
        lines += [""] * bool(number) + [f"  {line}" if line else "" for line in method]
    return "\n".join([*lines, "end"]) + "\n"


def _initialize(function: Function) -> list[str]:
    return [*_parameters_told(function), _head(function, "initialize"), "end"]


def _method(function: Function, name: str) -> list[str]:
    told = [*_parameters_told(function), f"# @return [{written(function.returns)}]"]
    return [*told, _head(function, name), f"  {_NOTHING_YET.get(function.returns.name, 'nil')}", "end"]


def _head(function: Function, name: str) -> str:
    parameters = ", ".join(_own(parameter.name) for parameter in function.parameters)
    return f"def {name}({parameters})" if parameters else f"def {name}"


def _parameters_told(function: Function) -> list[str]:
    return [f"# @param {_own(p.name)} [{written(p.type)}]" for p in function.parameters]


def written(type_: Type) -> str:
    """A type as YARD writes it: Array<Integer, nil>."""
    match type_.name, type_.of:
        case "list", Type() as part:
            return f"Array<{written(part)}>"
        case "dict", Type() as part:
            return f"Hash{{String => {written(part)}}}"
        case "optional", Type() as part:
            return written(part) if part.name in NODES else f"{written(part)}, nil"
    return f"{type_.name}, nil" if type_.name in NODES else _TYPES[type_.name]


def change(name: str, type_: str) -> str:
    own = _own(name)
    return {"list": f"{own}[0] = …", "dict": f"{own}[key] = …"}.get(type_, f"{own}.value = …")


def text(content: str) -> str:
    """A str as Ruby writes it: nothing in it is replaced by the value of a variable."""
    escaped = "".join(_character(one) for one in content)
    return '"' + re.sub(r"#(?=[{$@])", r"\\#", escaped) + '"'


def _character(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    return f"\\u{{{ord(one):x}}}" if ord(one) < 32 or ord(one) == 127 else one


def _own(name: str) -> str:
    """A parameter may be called neither like a word of the language nor like a constant."""
    own = name[0].lower() + name[1:]
    return f"{own}_" if own in _RESERVED_WORDS.split() else own


def _constant(name: str) -> str:
    return name[0].upper() + name[1:]


def _types(function: Function) -> Iterator[Type]:
    yield function.returns
    yield from (parameter.type for parameter in function.parameters)


LANGUAGE = Language(
    name="ruby",
    title="Ruby",
    ending="rb",
    version="3.1",
    lexer="ruby",
    comment="#",
    starter=starter,
    literals=Arrows(null="nil", true="true", false="false", text=text),
    change=change,
    needs=Needs(memory_mib=64),
    errors=frozenset(_ERRORS.split()),
)
