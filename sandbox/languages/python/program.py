"""Compiles the student's program, calls what the signature names and reports what happened. Runs in the fork only."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Iterable
from types import CodeType, ModuleType
from typing import Any

from sandbox.languages.python.faults import FILE, describe
from sandbox.languages.python.nodes import ListNode, TreeNode
from sandbox.languages.python.values import NoValue, encode

Report = dict[str, Any]
MODULE = "solution"
OUR_RECURSION_LIMIT = 1_000
"""While answers are written: a student may have raised it beyond what the C stack bears."""
MISSING = object()


class NotDefined(Exception):
    """The program compiles, but lacks what the signature names."""


class CallFailed(Exception):
    """A call of a class problem raised. Carries the position in the list of calls."""

    def __init__(self, call: int, error: BaseException) -> None:
        super().__init__()
        self.call = call
        self.error = error


def observe(
    source: str,
    signature: dict[str, Any],
    arguments: list[Any],
    code: CodeType | None = None,
    compiled: Callable[[CodeType], None] | None = None,
) -> bytes:
    """Run one case and report as JSON: {"status": …} with "value" or "error".

    `code` is the program where it was compiled before; else `compiled` gets it, before any of it runs.
    """
    report = _compile_and_run(source, signature, arguments, code, compiled)
    sys.setrecursionlimit(OUR_RECURSION_LIMIT)
    try:
        return json.dumps(report).encode()
    except MemoryError:
        return b'{"status": "memory limit"}'


def _compile_and_run(
    source: str,
    signature: dict[str, Any],
    arguments: list[Any],
    code: CodeType | None,
    compiled: Callable[[CodeType], None] | None,
) -> Report:
    if code is None:
        try:
            code = compile(source, FILE, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError) as error:
            return {"status": "not compiled", "error": describe(error, source)}
        if compiled is not None:
            compiled(code)
    try:
        return {"status": "returned", "value": _run(code, signature, arguments, source)}
    except NoValue as what:
        return {"status": "no value", "error": {"type": str(what)}}
    except NotDefined as error:
        return {"status": "not compiled", "error": {"type": "NotDefined", "message": str(error), "trace": str(error)}}
    except CallFailed as failed:
        return _raised(failed.error, source, failed.call)
    except BaseException as error:
        return _raised(error, source, None)


def _raised(error: BaseException, source: str, call: int | None) -> Report:
    if isinstance(error, MemoryError):
        return {"status": "memory limit"}
    return {"status": "raised", "error": {**describe(error, source), "call": call}}


def _run(code: CodeType, signature: dict[str, Any], arguments: list[Any], source: str) -> Any:
    module = ModuleType(MODULE)
    module.__dict__.update(ListNode=ListNode, TreeNode=TreeNode)
    sys.modules[MODULE] = module
    exec(code, module.__dict__)
    if "constructor" in signature:
        return _call_class(module, signature, arguments, source)
    return _call_function(module, signature, arguments)


def _call_function(module: ModuleType, signature: dict[str, Any], arguments: list[Any]) -> Any:
    name = signature["name"]
    answer = _defined(module, name, "function")(*arguments)
    if signature["in_place"] is None:
        return _encode(answer, signature["returns"])
    names = [parameter for parameter, _ in signature["parameters"]]
    at = names.index(signature["in_place"])
    return _encode(arguments[at], signature["parameters"][at][1])


def _call_class(module: ModuleType, signature: dict[str, Any], calls: list[list[Any]], source: str) -> list[Any]:
    constructor = signature["constructor"]["name"]
    kind = _defined(module, constructor, "class")
    returns = {method["name"]: method["returns"] for method in signature["methods"]}
    answers: list[Any] = []
    target: Any = None
    for at, (name, *arguments) in enumerate(calls):
        try:
            if name == constructor:
                target = kind(*arguments)
                _check_methods(target, constructor, returns, source)
                answers.append(None)
            else:
                answers.append(_encode(getattr(target, name)(*arguments), returns[name]))
        except NoValue as what:
            raise NoValue(f"{what} from {name}, call {at + 1}") from None
        except NotDefined:
            raise
        except BaseException as error:
            raise CallFailed(at, error) from None
    return answers


def _defined(module: ModuleType, name: str, what: str) -> Any:
    """What the program calls by this name: anything that can be called will do."""
    try:
        found = getattr(module, name)
    except AttributeError:
        raise NotDefined(f'No {what} "{name}" is defined.') from None
    if not callable(found):
        raise NotDefined(f'"{name}" is {type(found).__name__}, not a {what}.')
    return found


def _check_methods(target: Any, constructor: str, methods: Iterable[str], source: str) -> None:
    """A method that nothing in the program can provide is missing, whatever the input. All others are looked up when
    they are called: objects may have them from anywhere."""
    for name in methods:
        if inspect.getattr_static(target, name, MISSING) is MISSING and not _may_appear(target, name, source):
            raise NotDefined(f'Class "{constructor}" has no method "{name}".')


def _may_appear(target: Any, name: str, source: str) -> bool:
    """Does the object answer for names by itself, or does the program set this one?"""
    own: Any = type(target)
    if hasattr(own, "__getattr__") or own.__getattribute__ is not object.__getattribute__:
        return True
    return any(
        (isinstance(node, ast.Attribute) and node.attr == name and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.Constant) and node.value == name)
        for node in ast.walk(ast.parse(source))
    )


def _encode(answer: Any, spec: Any) -> Any:
    """As JSON. Whatever a strange object raises while it is read, the answer is then no value."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(OUR_RECURSION_LIMIT)
    try:
        return encode(answer, spec)
    except (NoValue, MemoryError):
        raise
    except Exception:
        raise NoValue(type(answer).__name__) from None
    finally:
        sys.setrecursionlimit(limit)
