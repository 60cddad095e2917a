"""JavaScript, as the rest of the program sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sandbox.languages.language import Language, Literals, Needs
from sandbox.signature import NODES, Calls, Class, Function, Type

_TYPES = {"int": "number", "float": "number", "bool": "boolean", "str": "string", "None": "void", "Json": "*"}
_NOTHING_YET = {"int": "0", "float": "0", "bool": "false", "str": '""', "list": "[]", "dict": "{}"}
ERRORS = frozenset(
    {"Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"}
)
_EXPLAINED = {
    "ListNode": "// A ListNode has value and next, which is null at the end: new ListNode(value, next).\n",
    "TreeNode": "// A TreeNode has value, left and right, or null for them: new TreeNode(value, left, right)\n",
}
RESERVED_WORDS = """
    arguments await break case catch class const continue debugger default delete do else enum eval export extends
    false finally for function if implements import in instanceof interface let new null package private protected
    public return static super switch this throw true try typeof var void while with yield
"""
"""What no parameter may be called."""


def spell(name: str) -> str:
    """page_of is pageOf."""
    return re.sub(r"(?<=[A-Za-z0-9])_+([A-Za-z0-9])", lambda found: found[1].upper(), name)


def starter(signature: Calls) -> str:
    """Code that defines what the signature names, with types as JSDoc, and is wrong."""
    functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
    used = {name for function in functions for type_ in _types(function) for name in _names(type_)}
    head = "".join(_EXPLAINED[name] for name in NODES if name in used)
    body = _class(signature) if isinstance(signature, Class) else _function(signature)
    return f"{head}\n{body}" if head else body


def _function(function: Function) -> str:
    called = f"function {spell(function.name)}({_parameters(function)}) {{"
    return "\n".join([*_doc(function, ""), called, _body(function.returns, "  "), "}"]) + "\n"


def _class(signature: Class) -> str:
    lines = [f"class {signature.name} {{"]
    for number, function in enumerate((signature.constructor, *signature.methods)):
        name = spell(function.name) if number else "constructor"
        lines += [""] * bool(number)
        lines += _doc(function, "  ", returns=bool(number))
        lines += [f"  {name}({_parameters(function)}) {{", _body(function.returns, "    "), "  }"]
    return "\n".join([*lines, "}"]) + "\n"


def _doc(function: Function, indent: str, *, returns: bool = True) -> list[str]:
    told = [f"@param {{{written(p.type)}}} {own(p.name)}" for p in function.parameters]
    told += [f"@returns {{{written(function.returns)}}}"] * returns
    return [f"{indent}/**", *(f"{indent} * {line}" for line in told), f"{indent} */"] if told else []


def written(type_: Type) -> str:
    """A type as JSDoc writes it: (number|null)[]."""
    match type_.name, type_.of:
        case "list", Type() as part:
            inner = written(part)
            return f"({inner})[]" if part.name == "optional" or part.name in NODES else f"{inner}[]"
        case "dict", Type() as part:
            return f"Object<string, {written(part)}>"
        case "optional", Type() as part:
            return written(part) if part.name in NODES else f"{written(part)}|null"
    return f"{type_.name}|null" if type_.name in NODES else _TYPES[type_.name]


def change(name: str, type_: str) -> str:
    spelled = own(name)
    return {"list": f"{spelled}[0] = …", "dict": f"{spelled}[key] = …"}.get(type_, f"{spelled}.value = …")


def _parameters(function: Function) -> str:
    return ", ".join(own(parameter.name) for parameter in function.parameters)


def own(name: str) -> str:
    spelled = spell(name)
    return f"{spelled}_" if spelled in RESERVED_WORDS.split() else spelled


def _body(returns: Type, indent: str) -> str:
    return "" if returns.name == "None" else f"{indent}return {_NOTHING_YET.get(returns.name, 'null')};"


def _types(function: Function) -> Iterator[Type]:
    yield function.returns
    yield from (parameter.type for parameter in function.parameters)


def _names(type_: Type) -> Iterator[str]:
    yield type_.name
    if type_.of is not None:
        yield from _names(type_.of)


LANGUAGE = Language(
    name="javascript",
    title="JavaScript",
    ending="js",
    version="Node.js 18",
    lexer="javascript",
    comment="//",
    starter=starter,
    literals=Literals(null="null", true="true", false="false", text=lambda text: json.dumps(text, ensure_ascii=False)),
    spell=spell,
    change=change,
    needs=Needs(memory_mib=96, scratch_mib=32),
    errors=ERRORS,
)
