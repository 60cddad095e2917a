"""Signatures: what a submission must define, and which types go in and come out.

A signature is written as a line of Python, `allowed(seconds: list[int], limit: int) -> list[bool]`, as a class stub,
or, for SQL, as `query`, `query as set` or `query ordered by day, id`. Python's own parser reads the first two;
`conforms` holds a returned value against a type.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sandbox.errors import SignatureError
from sandbox.syntax import read_syntax

SCALARS = ("int", "float", "bool", "str", "None", "ListNode", "TreeNode", "Json")
"""Names of types without parts. `Json` is any value: generators and tools use it, problems do not."""

NODES = ("ListNode", "TreeNode")

_KINDS: dict[str, set[type]] = {"int": {int}, "float": {int, float}, "bool": {bool}, "str": {str}, "None": {type(None)}}
"""What Python reads of JSON for each scalar. A set, as `bool` is a subclass of `int`."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the signature: a scalar's name, `list`, `dict` (keys are str), or `optional`, with its part."""

    name: str
    of: Type | None = None

    def __str__(self) -> str:
        match self.name, self.of:
            case "list", Type() as part:
                return f"list[{part}]"
            case "dict", Type() as part:
                return f"dict[str, {part}]"
            case "optional", Type() as part:
                return f"{part} | None"
        return self.name

    def parts(self) -> Iterator[Type]:
        """Itself, and all that it is made of."""
        yield self
        if self.of is not None:
            yield from self.of.parts()

    def spec(self) -> Any:
        """As JSON for a harness: "int", ["list", "int"], ["dict", …], ["optional", …]."""
        return self.name if self.of is None else [self.name, self.of.spec()]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method. `in_place` names the parameter whose value after the call is the answer."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Type
    in_place: str | None = None

    def spec(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "parameters": [[p.name, p.type.spec()] for p in self.parameters],
            "returns": self.returns.spec(),
            "in_place": self.in_place,
        }

    @property
    def answer_type(self) -> Type:
        """Type of the value that is compared: what is returned, or the parameter changed in place."""
        for parameter in self.parameters:
            if parameter.name == self.in_place:
                return parameter.type
        return self.returns

    def __str__(self) -> str:
        inside = ", ".join(f"{p.name}: {p.type}" for p in self.parameters)
        return f"{self.name}({inside}) -> {self.returns}"


@dataclass(frozen=True, slots=True)
class Class:
    """A class problem: a constructor (its name is the class's) and methods, called one after the other."""

    constructor: Function
    methods: tuple[Function, ...]

    @property
    def name(self) -> str:
        return self.constructor.name

    def method(self, name: str) -> Function | None:
        return next((m for m in (self.constructor, *self.methods) if m.name == name), None)

    def spec(self) -> dict[str, Any]:
        return {"constructor": self.constructor.spec(), "methods": [m.spec() for m in self.methods]}


class Rows(StrEnum):
    """How the rows of an answer are held against the expected ones."""

    BAG = "bag"  # in any order, each as often as expected
    SET = "set"  # in any order, repetitions do not matter
    ORDERED = "ordered"  # a bag, and sorted by the keys; rows with equal keys may stand in any order


@dataclass(frozen=True, slots=True)
class Query:
    """A query in SQL: its input is a script that fills a schema, its answer a table.

    `keys` are the columns that decide the order. `named`: the columns' names must be the expected ones, too.
    `explain`: the plan is told beside the answer.
    """

    rows: Rows = Rows.BAG
    keys: tuple[str, ...] = ()
    named: bool = False
    explain: bool = False

    def spec(self) -> dict[str, Any]:
        return {"explain": self.explain}

    def __str__(self) -> str:
        order = f" ordered by {', '.join(self.keys)}" if self.keys else " as set" if self.rows is Rows.SET else ""
        return f"query{order}{' with names' if self.named else ''}"


Calls = Function | Class
Signature = Calls | Query


def parse_signature(text: str, in_place: str | None = None) -> Signature:
    """Read a signature.

    Raises SignatureError, naming the part and the fix, where the text is not one.
    """
    stripped = text.strip()
    if stripped.partition(" ")[0] == "query":
        return _query(stripped)
    try:
        if stripped.startswith("class "):
            return _class(read_syntax(stripped).body[0])
        head = stripped if stripped.startswith("def ") else f"def {stripped}"
        return _function(read_syntax(f"{head.removesuffix(':')}: ...").body[0], in_place=in_place)
    except SyntaxError as error:
        raise SignatureError(
            f"signature: not readable as Python at column {error.offset}: "
            "write it as 'name(rows: list[int], limit: int) -> list[int]'"
        ) from error


def _query(text: str) -> Query:
    rest = text.removeprefix("query").strip()
    named = rest.endswith("with names")
    rest = rest.removesuffix("with names").strip()
    if rest.startswith("ordered by "):
        keys = tuple(key.strip() for key in rest.removeprefix("ordered by ").split(","))
        if all(keys):
            return Query(Rows.ORDERED, keys, named)
    elif rest in ("", "as set"):
        return Query(Rows.SET if rest else Rows.BAG, named=named)
    raise SignatureError(
        f"signature: {text!r} is no query: write 'query', 'query as set' or 'query ordered by day, id'"
    )


def _class(node: ast.stmt) -> Class:
    if not isinstance(node, ast.ClassDef):
        raise SignatureError("signature: a class begins with 'class Name:'")
    functions = [_function(item, method=True) for item in node.body]
    constructors = [f for f in functions if f.name == "__init__"]
    constructor = constructors[0] if constructors else Function("__init__", (), Type("None"))
    methods = tuple(f for f in functions if f.name != "__init__")
    if not methods:
        raise SignatureError(f"signature: class {node.name} has no method to call")
    return Class(Function(node.name, constructor.parameters, Type("None")), methods)


def _function(node: ast.stmt, *, method: bool = False, in_place: str | None = None) -> Function:
    if not isinstance(node, ast.FunctionDef):
        raise SignatureError("signature: only functions are read here, 'def name(self, …) -> …: ...'")
    arguments = node.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults or arguments.posonlyargs:
        raise SignatureError(f"signature: {node.name} may have plain parameters only, without *, ** and defaults")
    found = arguments.args
    if method:
        if not found or found[0].arg != "self":
            raise SignatureError(f"signature: the first parameter of method {node.name} must be self")
        found = found[1:]
    parameters = tuple(Parameter(a.arg, _type(a.annotation, f"parameter {a.arg} of {node.name}")) for a in found)
    returns = Type("None") if node.returns is None else _type(node.returns, f"what {node.name} returns")
    if in_place is not None and in_place not in {p.name for p in parameters}:
        raise SignatureError(f"in_place: {node.name} has no parameter {in_place!r}")
    return Function(node.name, parameters, returns, in_place)


def _type(node: ast.expr | None, where: str) -> Type:
    match node:
        case ast.Name(id=name) if name in SCALARS:
            return Type(name)
        case ast.Constant(value=None):
            return Type("None")
        case ast.Subscript(value=ast.Name(id="list"), slice=part):
            return Type("list", _type(part, where))
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[ast.Name(id="str"), part])):
            return Type("dict", _type(part, where))
        case ast.BinOp(left=part, op=ast.BitOr(), right=ast.Constant(value=None)):
            return Type("optional", _type(part, where))
    written = "nothing" if node is None else ast.unparse(node)
    raise SignatureError(
        f"signature: the type of {where} is {written}; use int, float, bool, str, list[T], dict[str, T], T | None, "
        "ListNode or TreeNode"
    )


def conforms(value: Any, wanted: Type) -> bool:
    """Is this JSON value one of the wanted type? A bool is no int; an int may stand where a float is wanted.

    Nodes are lists of their values, and no node is [] or None.
    """
    if wanted.name in _KINDS:
        return type(value) in _KINDS[wanted.name]
    match wanted.name, wanted.of:
        case "Json", _:
            return True
        case "list", Type() as part:
            return isinstance(value, list) and _all_conform(value, part)
        case "dict", Type() as part:
            return isinstance(value, dict) and set(map(type, value)) <= {str} and _all_conform(value.values(), part)
        case "optional", Type() as part:
            return value is None or conforms(value, part)
        case (("ListNode" | "TreeNode"), _):
            return value is None or isinstance(value, list)
    return False


def _all_conform(values: Iterable[Any], wanted: Type) -> bool:
    """Lists of a million scalars are usual, so those are not asked one by one."""
    if wanted.name in _KINDS:
        return set(map(type, values)) <= _KINDS[wanted.name]
    return all(conforms(value, wanted) for value in values)
