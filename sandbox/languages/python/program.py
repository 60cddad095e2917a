"""Compiles the student's program, calls what the signature names and reports what happened. Runs in the fork only."""

from __future__ import annotations

import json
import sys
from types import CodeType, ModuleType
from typing import Any

from sandbox.languages.python.faults import FILE, describe
from sandbox.languages.python.nodes import ListNode, TreeNode
from sandbox.languages.python.values import NoValue, encode

Report = dict[str, Any]
MODULE = "solution"
OUR_RECURSION_LIMIT = 1_000
"""While answers are written: a student may have raised it beyond what the C stack bears."""


class NotDefined(Exception):
    """The program compiles, but lacks what the signature names."""


class CallFailed(Exception):
    """A call of a class problem raised. Carries the position in the list of calls."""

    def __init__(self, call: int, error: BaseException) -> None:
        super().__init__()
        self.call = call
        self.error = error


def observe(source: str, signature: dict[str, Any], arguments: list[Any]) -> bytes:
    """Run one case and report as JSON: {"status": …} with "value" or "error"."""
    report = _compile_and_run(source, signature, arguments)
    sys.setrecursionlimit(OUR_RECURSION_LIMIT)
    try:
        return json.dumps(report).encode()
    except MemoryError:
        return b'{"status": "memory limit"}'


def _compile_and_run(source: str, signature: dict[str, Any], arguments: list[Any]) -> Report:
    try:
        code = compile(source, FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError) as error:
        return {"status": "not compiled", "error": describe(error, source)}
    try:
        return {"status": "returned", "value": _run(code, signature, arguments)}
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


def _run(code: CodeType, signature: dict[str, Any], arguments: list[Any]) -> Any:
    module = ModuleType(MODULE)
    module.__dict__.update(ListNode=ListNode, TreeNode=TreeNode)
    sys.modules[MODULE] = module
    exec(code, module.__dict__)
    if "constructor" in signature:
        return _call_class(module, signature, arguments)
    return _call_function(module, signature, arguments)


def _call_function(module: ModuleType, signature: dict[str, Any], arguments: list[Any]) -> Any:
    name = signature["name"]
    function = module.__dict__.get(name)
    if function is None:
        raise NotDefined(f'No function "{name}" is defined.')
    if not callable(function):
        raise NotDefined(f'"{name}" is {type(function).__name__}, not a function.')
    answer = function(*arguments)
    if signature["in_place"] is None:
        return _encode(answer, signature["returns"])
    names = [parameter for parameter, _ in signature["parameters"]]
    at = names.index(signature["in_place"])
    return _encode(arguments[at], signature["parameters"][at][1])


def _call_class(module: ModuleType, signature: dict[str, Any], calls: list[list[Any]]) -> list[Any]:
    constructor = signature["constructor"]["name"]
    kind = module.__dict__.get(constructor)
    if not isinstance(kind, type):
        raise NotDefined(f'No class "{constructor}" is defined.')
    for method in signature["methods"]:
        if not callable(getattr(kind, method["name"], None)):
            raise NotDefined(f'Class "{constructor}" has no method "{method["name"]}".')
    returns = {method["name"]: method["returns"] for method in signature["methods"]}
    answers: list[Any] = []
    target: Any = None
    for at, (name, *arguments) in enumerate(calls):
        try:
            if name == constructor:
                target = kind(*arguments)
                answers.append(None)
            else:
                answers.append(_encode(getattr(target, name)(*arguments), returns[name]))
        except NoValue as what:
            raise NoValue(f"{what} from {name}, call {at + 1}") from None
        except BaseException as error:
            raise CallFailed(at, error) from None
    return answers


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
