"""Reads values and calls that people write as Python or JSON: own input, and examples in statements."""

from __future__ import annotations

import ast
import json
from typing import Any

from sandbox.signature import Class, Function
from sandbox.syntax import read_syntax
from trainer.bank.flaws import did_you_mean
from trainer.bank.sources import without_mark
from trainer.bank.words import count
from trainer.errors import InputError

LONGEST = 64 * 1024
_NAMES = {"true": True, "false": False, "null": None, "nan": float("nan"), "inf": float("inf")}


def read_value(text: str) -> Any:
    """The JSON value of a JSON text or a Python literal; tuples become lists. Raises InputError."""
    text = without_mark(text)
    _bound(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _value(_parse(text.strip(), "eval").body)


def read_calls(text: str, signature: Class) -> tuple[Any, ...]:
    """The calls of a class problem, as `Case.arguments` holds them.

    They are written one a line, `open(0, "ann")` or `store.open(0, "ann")`, the constructor first, or as JSON lists.
    Raises InputError.
    """
    _bound(text)
    if text.lstrip().startswith("["):
        return tuple(read_value(text))
    return tuple(call_of(statement, signature) for statement in _parse(text.strip(), "exec").body)


def call_of(statement: ast.stmt, signature: Class) -> list[Any]:
    """One statement as a call: [name, argument, …]. Raises InputError."""
    node = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if not isinstance(node, ast.Call):
        raise InputError(f"line {statement.lineno} is no call; write one a line, as in {signature.methods[0].name}(…)")
    name = called(node)
    function = signature.method(name)
    if function is None:
        known = [signature.name, *(m.name for m in signature.methods)]
        raise InputError(f"line {statement.lineno}: there is no method {name!r} ({did_you_mean(name, known)})")
    return [name, *arguments_of(node, function)]


def called(node: ast.Call) -> str:
    """Name of the function or method that is called; empty where it has none."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name):
            return name
    return ""


def arguments_of(node: ast.Call, function: Function) -> list[Any]:
    """The values of a call in the order of the function's parameters. Raises InputError."""
    names = [p.name for p in function.parameters]
    given = dict(zip(names, node.args, strict=False))
    for keyword in node.keywords:
        if keyword.arg not in names or keyword.arg in given:
            raise InputError(f"{function.name}: {keyword.arg!r} is unknown or stands twice; write {function}")
        given[keyword.arg] = keyword.value
    if len(node.args) > len(names) or len(given) < len(names):
        raise InputError(f"{function.name} has {count(len(names), 'parameter')}: write {function}")
    return [_value(given[name]) for name in names]


def parse_block(text: str) -> ast.Module:
    """A block of Python. Raises InputError with the line."""
    tree = _parse(text, "exec")
    assert isinstance(tree, ast.Module)
    return tree


def _parse(text: str, mode: str) -> Any:
    try:
        return read_syntax(text, mode)
    except SyntaxError as error:
        raise InputError(f"line {error.lineno or 1} cannot be read: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise InputError("cannot be read: it is too deep, or holds a NUL") from error


def _value(node: ast.expr) -> Any:
    try:
        return _literal(node)
    except RecursionError as error:
        raise InputError("cannot be read: it nests too deeply") from error


def _literal(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str() as value):
            return value
        case ast.Name(id=name) if name.lower() in _NAMES:
            return _NAMES[name.lower()]
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_literal(part) for part in parts]
        case ast.Dict(keys=keys, values=values) if all(isinstance(k, ast.Constant) for k in keys):
            return {_literal(k): _literal(v) for k, v in zip(keys, values, strict=True) if k is not None}
        case ast.UnaryOp(op=ast.USub(), operand=part) if isinstance(number := _literal(part), int | float):
            return -number
        case ast.BinOp(left=ast.Constant(value=int() as base), op=ast.Pow(), right=ast.Constant(value=int() as power)):
            if 0 <= base <= 10 and 0 <= power <= 18:
                return base**power
    raise InputError(f"line {node.lineno}: {ast.unparse(node)[:60]!r} is no plain value; write numbers, texts, lists")


def _bound(text: str) -> None:
    if len(text) > LONGEST:
        raise InputError(f"is longer than {LONGEST // 1024} KB; write a smaller input")
    if not text.strip():
        raise InputError("is empty; write a value")
