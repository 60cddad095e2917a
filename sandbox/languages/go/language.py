"""Go, as the rest of the program sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sandbox.languages.go.program import camel as spell
from sandbox.languages.go.program import exported, written
from sandbox.languages.language import Language, Literals, Needs
from sandbox.signature import NODES, Calls, Class, Function, Type

_NOTHING_YET = {"int": "0", "float": "0", "bool": "false", "str": '""'}
ERRORS = frozenset(
    {"runtime error", "panic", "fatal error", "CompileError", "*errors.errorString", "*strconv.NumError"}
)
_EXPLAINED = {
    "ListNode": "// A ListNode has Value and Next, which is nil at the end: &ListNode{Value: 1, Next: next}.\n",
    "TreeNode": "// A TreeNode has Value, Left and Right, or nil for them: &TreeNode{Value: 1, Left: left}.\n",
}
_RESERVED_WORDS = """
    break case chan const continue default defer else fallthrough for func go goto if import interface map package range
    return select struct switch type var
"""
_PREDECLARED = """
    any append bool byte cap close complex copy delete error false float64 imag int int64 iota len make map new nil
    panic print println real recover rune string true uint64
"""
"""What parameters had better not be called: the body would miss the usual meaning."""


def starter(signature: Calls) -> str:
    """A file that compiles, declares what the signature names, and is wrong."""
    functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
    used = {part.name for function in functions for type_ in _types(function) for part in type_.parts()}
    head = "".join(_EXPLAINED[name] for name in NODES if name in used)
    body = _class(signature) if isinstance(signature, Class) else _function(signature)
    return f"package main\n\n{head}\n{body}" if head else f"package main\n\n{body}"


def _function(function: Function, receiver: str = "") -> str:
    returns = "" if function.returns.name == "None" else f" {written(function.returns.spec())}"
    head = f"func {receiver}{spell(function.name)}({_parameters(function)}){returns} {{"
    return "\n".join([head, _body(function.returns), "}"]) + "\n"


def _class(signature: Class) -> str:
    name = signature.name
    kind = f"type {name} struct {{\n}}\n"
    made = f"func New{exported(name)}({_parameters(signature.constructor)}) *{name} {{\n\treturn &{name}{{}}\n}}\n"
    receiver = f"({_receiver(signature)} *{name}) "
    return "\n".join([kind, made, *(_function(method, receiver) for method in signature.methods)])


def _receiver(signature: Class) -> str:
    """The first letter, as is usual, unless a parameter has that name."""
    letter = signature.name.lstrip("_")[:1].lower()
    taken = {_own(p.name) for method in signature.methods for p in method.parameters}
    return "self" if letter in taken else letter


def change(name: str, type_: str) -> str:
    own = _own(name)
    return {"list": f"{own}[0] = …", "dict": f"{own}[key] = …"}.get(type_, f"{own}.Value = …")


def _parameters(function: Function) -> str:
    return ", ".join(f"{_own(parameter.name)} {written(parameter.type.spec())}" for parameter in function.parameters)


def _own(name: str) -> str:
    spelled = spell(name)
    return f"{spelled}_" if spelled in (_RESERVED_WORDS + _PREDECLARED).split() else spelled


def _body(returns: Type) -> str:
    if returns.name == "None":
        return ""
    if returns.name in ("list", "dict"):
        return f"\treturn {written(returns.spec())}{{}}"
    return f"\treturn {_NOTHING_YET.get(returns.name, 'nil')}"


def _types(function: Function) -> Iterator[Type]:
    yield function.returns
    yield from (parameter.type for parameter in function.parameters)


LANGUAGE = Language(
    name="go",
    title="Go",
    ending="go",
    version="1.19",
    lexer="go",
    comment="//",
    starter=starter,
    literals=Literals(
        null="null",
        true="true",
        false="false",
        text=lambda text: json.dumps(text, ensure_ascii=False),
    ),
    spell=spell,
    change=change,
    needs=Needs(memory_mib=64, scratch_mib=32, programs_in_scratch=True),
    holds=lambda type_: type_.name != "Json",
    errors=ERRORS,
)
