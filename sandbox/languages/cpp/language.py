"""C++, as the rest of the program sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sandbox.languages.cpp.program import camel as spell
from sandbox.languages.cpp.program import parameter, written
from sandbox.languages.language import Language, Literals, Needs
from sandbox.signature import NODES, Calls, Class, Function, Type

HEAD = "#include <bits/stdc++.h>\nusing namespace std;\n\n"
_EXCEPTIONS = """
    bad_alloc bad_any_cast bad_cast bad_function_call bad_optional_access bad_variant_access domain_error exception
    future_error invalid_argument ios_base::failure length_error logic_error out_of_range overflow_error range_error
    regex_error runtime_error system_error underflow_error
"""
ERRORS = frozenset({"CompileError", *(f"std::{name}" for name in _EXCEPTIONS.split())})
_NOTHING_YET = {"int": "0", "float": "0.0", "bool": "false", "str": '""', "optional": "nullopt"}
_EXPLAINED = {
    "ListNode": "// A ListNode has value and next, which is nullptr at the end: new ListNode(value, next).\n",
    "TreeNode": "// A TreeNode has value, left and right, or nullptr for them: new TreeNode(value, left, right).\n",
}
_RESERVED_WORDS = """
    alignas alignof and asm auto bitand bitor bool break case catch char class compl concept const consteval constexpr
    constinit continue decltype default delete do double else enum explicit export extern false float for friend goto if
    inline int long mutable namespace new noexcept not nullptr operator or private protected public register requires
    return short signed sizeof static struct switch template this throw true try typedef typeid typename union unsigned
    using virtual void volatile while xor
"""
"""What no parameter may be called."""


def starter(signature: Calls) -> str:
    """A file that compiles, declares what the signature names, and is wrong."""
    functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
    used = {part.name for function in functions for type_ in _types(function) for part in type_.parts()}
    nodes = "".join(_EXPLAINED[name] for name in NODES if name in used)
    body = _class(signature) if isinstance(signature, Class) else _function(signature)
    return HEAD + nodes + body


def _function(function: Function, indent: str = "") -> str:
    returns = "void" if function.returns.name == "None" else written(function.returns.spec())
    head = f"{indent}{returns} {spell(function.name)}({_parameters(function)}) {{"
    return "\n".join([head, _body(function.returns, f"{indent}    "), f"{indent}}}"]) + "\n"


def _class(signature: Class) -> str:
    head = f"class {signature.name} {{\npublic:\n"
    made = f"    {signature.name}({_parameters(signature.constructor)}) {{\n\n    }}\n"
    return head + "\n".join([made, *(_function(method, "    ") for method in signature.methods)]) + "};\n"


def change(name: str, type_: str) -> str:
    own = _own(name)
    return {"list": f"{own}[0] = …", "dict": f"{own}[key] = …"}.get(type_, f"{own}->value = …")


def _parameters(function: Function) -> str:
    return ", ".join(parameter(one.type.spec(), _own(one.name)) for one in function.parameters)


def _own(name: str) -> str:
    spelled = spell(name)
    return f"{spelled}_" if spelled in _RESERVED_WORDS.split() else spelled


def _body(returns: Type, indent: str) -> str:
    if returns.name == "None":
        return ""
    nodes = returns.of is not None and returns.of.name in NODES
    value = "nullptr" if nodes and returns.name == "optional" else _NOTHING_YET.get(returns.name)
    return f"{indent}return {value or ('nullptr' if returns.name in NODES else '{}')};"


def _types(function: Function) -> Iterator[Type]:
    yield function.returns
    yield from (parameter.type for parameter in function.parameters)


LANGUAGE = Language(
    name="cpp",
    title="C++",
    ending="cpp",
    version="GCC 12",
    lexer="cpp",
    comment="//",
    starter=starter,
    literals=Literals(null="null", true="true", false="false", text=lambda text: json.dumps(text, ensure_ascii=False)),
    spell=spell,
    change=change,
    needs=Needs(memory_mib=256, scratch_mib=32, programs_in_scratch=True),
    holds=lambda type_: type_.name != "Json",
    errors=ERRORS,
)
