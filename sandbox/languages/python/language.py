"""Python, as the rest of the program sees it."""

from __future__ import annotations

import builtins

from sandbox.languages.language import Language, Literals
from sandbox.signature import Calls, Class, Function, Type

ERRORS = frozenset(
    name for name, found in vars(builtins).items() if isinstance(found, type) and issubclass(found, BaseException)
)
_NOTHING_YET = {"int": "0", "float": "0.0", "bool": "False", "str": '""', "list": "[]", "dict": "{}"}


def starter(signature: Calls) -> str:
    """Code that defines what the signature names, returns something of the right type, and is wrong."""
    if isinstance(signature, Class):
        return _class(signature)
    return _function(signature, signature.name, [])


def _class(signature: Class) -> str:
    parts = [_function(signature.constructor, "__init__", ["self"])]
    parts += [_function(method, method.name, ["self"]) for method in signature.methods]
    body = "\n".join(parts)
    indented = "".join(f"    {line}" if line.strip() else line for line in body.splitlines(keepends=True))
    return f"class {signature.name}:\n{indented}"


def _function(function: Function, name: str, first: list[str]) -> str:
    parameters = ", ".join([*first, *(f"{p.name}: {p.type}" for p in function.parameters)])
    return f"def {name}({parameters}) -> {function.returns}:\n    {_body(function.returns)}\n"


def _body(returns: Type) -> str:
    if returns.name == "None":
        return "pass"
    return f"return {_NOTHING_YET.get(returns.name, 'None')}"


LANGUAGE = Language(
    name="python",
    title="Python",
    ending="py",
    version="3.11",
    lexer="python",
    comment="#",
    starter=starter,
    literals=Literals(null="None", true="True", false="False", text=repr),
    errors=ERRORS,
)
