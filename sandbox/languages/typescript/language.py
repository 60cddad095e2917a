"""TypeScript, as the rest of the program sees it: JavaScript with types, which its starters are written with."""

from __future__ import annotations

import dataclasses

from sandbox.languages.javascript.language import LANGUAGE as JAVASCRIPT
from sandbox.languages.javascript.language import own, spell
from sandbox.languages.language import Needs
from sandbox.signature import NODES, Calls, Class, Function, Type

_TYPES = {"int": "number", "float": "number", "bool": "boolean", "str": "string", "None": "void", "Json": "any"}
_NOTHING_YET = {"int": "0", "float": "0", "bool": "false", "str": '""', "list": "[]", "dict": "{}"}
_EXPLAINED = {
    "ListNode": "// A ListNode has value and next, which is null at the end: new ListNode(value, next).\n",
    "TreeNode": "// A TreeNode has value, left and right, or null for them: new TreeNode(value, left, right)\n",
}


def starter(signature: Calls) -> str:
    """Code that defines what the signature names, with its types, and is wrong."""
    functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
    types = [type_ for one in functions for type_ in (one.returns, *(p.type for p in one.parameters))]
    used = {part.name for type_ in types for part in type_.parts()}
    head = "".join(_EXPLAINED[name] for name in NODES if name in used)
    body = _class(signature) if isinstance(signature, Class) else _function(signature)
    return f"{head}\n{body}" if head else body


def written(type_: Type) -> str:
    """A type as TypeScript writes it: (number | null)[]."""
    match type_.name, type_.of:
        case "list", Type() as part:
            inner = written(part)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case "dict", Type() as part:
            return f"Record<string, {written(part)}>"
        case "optional", Type() as part:
            return written(part) if part.name in NODES else f"{written(part)} | null"
    return f"{type_.name} | null" if type_.name in NODES else _TYPES[type_.name]


def _function(function: Function) -> str:
    name = f"function {spell(function.name)}"
    return f"{name}({_parameters(function)}): {written(function.returns)} {{\n{_body(function.returns, '  ')}}}\n"


def _class(signature: Class) -> str:
    methods = [f"  constructor({_parameters(signature.constructor)}) {{\n  }}\n"]
    for method in signature.methods:
        head = f"  {spell(method.name)}({_parameters(method)}): {written(method.returns)} {{\n"
        methods.append(f"{head}{_body(method.returns, '    ')}  }}\n")
    return f"class {signature.name} {{\n{chr(10).join(methods)}}}\n"


def _parameters(function: Function) -> str:
    return ", ".join(f"{own(parameter.name)}: {written(parameter.type)}" for parameter in function.parameters)


def _body(returns: Type, indent: str) -> str:
    return "" if returns.name == "None" else f"{indent}return {_NOTHING_YET.get(returns.name, 'null')};\n"


LANGUAGE = dataclasses.replace(
    JAVASCRIPT,
    name="typescript",
    title="TypeScript",
    ending="ts",
    version="4.8 on Node.js 18",
    lexer="typescript",
    starter=starter,
    needs=Needs(memory_mib=192, scratch_mib=32),
)
