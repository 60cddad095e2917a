"""What the compiler gets: the student's file, and one that reads arguments, calls what is asked for, and reports.

Both are one package, so that names need not be exported; a package of its own calls it, so that a program may have a
`main`. The generated file names nothing that a program may have declared anew: types and functions are the runner's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NODES = ("ListNode", "TreeNode")
RUNNER = "trainerHarness"
ENTRY = "TrainerRunsThis"
MAIN = f"""package main

import (
	runner "trainer/harness"
	"solution"
)

func main() {{ runner.Run(solution.{ENTRY}) }}
"""
_PACKAGE = re.compile(r"\A(?:\s|//[^\n]*(?:\n|\Z)|/\*.*?\*/)*package\s+(\w+)", re.DOTALL)


@dataclass(frozen=True)
class Program:
    """`source` and `runner` are the texts of two files. `wanted` says by lines of the second what is called there."""

    source: str
    runner: str
    wanted: Mapping[int, str]


def program_of(source: str, signature: dict[str, Any]) -> Program:
    lines = [f'package solution; import {RUNNER} "trainer/harness"']
    used = [name for name in NODES if name in str(signature)]
    lines += [f"type {name} = {RUNNER}.{name}" for name in used]
    lines += [f"func init() {{ {RUNNER}.Source = {quoted(source)} }}"]
    wanted: dict[int, str] = {}
    add = _class if "constructor" in signature else _function
    add(lines, wanted, source, signature)
    return Program(in_package(source), "\n".join(lines) + "\n", wanted)


def in_package(source: str) -> str:
    """The program in our package, whatever it is called or if it says none; lines and columns stay what they are."""
    found = _PACKAGE.match(source)
    if found is None:
        return f"package solution; /*line solution.go:1:1*/{source}"
    line = source.count("\n", 0, found.end(1)) + 1
    column = len(source[source.rfind("\n", 0, found.end(1)) + 1 : found.end(1)].encode()) + 1
    return f"{source[: found.start(1)]}solution/*line solution.go:{line}:{column}*/{source[found.end(1) :]}"


def camel(name: str) -> str:
    """page_of is pageOf."""
    return re.sub(r"(?<=[A-Za-z0-9])_+([A-Za-z0-9])", lambda found: found[1].upper(), name)


def exported(name: str) -> str:
    """pageOf is PageOf."""
    spelled = camel(name).lstrip("_")
    return spelled[:1].upper() + spelled[1:]


def written(spec: Any, prefix: str = "") -> str:
    """A type of the signature in Go, with `prefix` before names that are Go's own."""
    if isinstance(spec, str):
        name = {"int": "Int", "float": "Float", "bool": "Bool", "str": "Str", "None": "Any"}.get(spec)
        if name is None:
            return f"*{prefix}{spec}"
        return f"{prefix}{name}" if prefix else _PLAIN[spec]
    kind, part = spec
    inner = written(part, prefix)
    if kind == "optional":
        return inner if part in NODES else f"*{inner}"
    return f"[]{inner}" if kind == "list" else f"map[{prefix + 'Str' if prefix else 'string'}]{inner}"


_PLAIN = {"int": "int", "float": "float64", "bool": "bool", "str": "string", "None": "any"}


def declared(function: dict[str, Any], name: str) -> str:
    """How the function is to be declared, for people."""
    parameters = ", ".join(f"{camel(parameter)} {written(spec)}" for parameter, spec in function["parameters"])
    returns = "" if function["returns"] == "None" else f" {written(function['returns'])}"
    return f"func {name}({parameters}){returns}"


def _type_of(function: dict[str, Any]) -> str:
    parameters = ", ".join(written(spec, f"{RUNNER}.") for _, spec in function["parameters"])
    returns = "" if function["returns"] == "None" else written(function["returns"], f"{RUNNER}.")
    return f"func({parameters}) {returns}".rstrip()


def _function(lines: list[str], wanted: dict[int, str], source: str, signature: dict[str, Any]) -> None:
    spelled = camel(signature["name"])
    name = _first_declared(source, r"\b(?:func|var)\s+", (spelled, exported(spelled), signature["name"]))
    lines.append(f"func {ENTRY}() {{")
    lines.append(f"\tvar _ {_type_of(signature)} = {name}")
    wanted[len(lines)] = declared(signature, spelled)
    lines += [f"\ta{n} := {_reader(spec)}()" for n, (_, spec) in enumerate(signature["parameters"])]
    called = f"{name}({', '.join(f'a{n}' for n in range(len(signature['parameters'])))})"
    changed = [n for n, (parameter, _) in enumerate(signature["parameters"]) if parameter == signature["in_place"]]
    if changed or signature["returns"] == "None":
        lines.append(f"\t{called}")
        spec = signature["parameters"][changed[0]][1] if changed else "None"
        called = f"a{changed[0]}" if changed else f"{RUNNER}.Nothing"
        lines.append(f"\t{RUNNER}.Answer({_writer(spec)}, {called})")
    else:
        lines.append(f"\t{RUNNER}.Answer({_writer(signature['returns'])}, {called})")
    lines.append("}")


def _class(lines: list[str], wanted: dict[int, str], source: str, signature: dict[str, Any]) -> None:
    constructor, methods = signature["constructor"], signature["methods"]
    kind = constructor["name"]
    makers = (f"New{exported(kind)}", f"new{exported(kind)}", f"New{kind}", "Constructor")
    maker = _first_declared(source, r"\b(?:func|var)\s+", makers)
    names = [_method_name(source, method["name"]) for method in methods]
    lines.append(f"func {ENTRY}() {{")
    lines.append(f"\tcalls := {RUNNER}.Calls()")
    lines.append(f"\t{RUNNER}.Call()")
    given = ", ".join(f"{_reader(spec)}()" for _, spec in constructor["parameters"])
    lines.append(f"\tmade := {maker}({given})")
    returns = {**constructor, "returns": "None"}
    wanted[len(lines)] = f"{declared(returns, makers[0])} *{kind}"
    for method, name in zip(methods, names, strict=True):
        lines.append(f"\tvar _ {_type_of(method)} = made.{name}")
        wanted[len(lines)] = declared(method, f"(… *{kind}) {camel(method['name'])}")
    lines.append("\tfor calls--; calls > 0; calls-- {")
    lines.append(f"\t\tswitch {RUNNER}.Call() {{")
    for number, (method, name) in enumerate(zip(methods, names, strict=True), 1):
        lines.append(f"\t\tcase {number}:")
        lines += [f"\t\t\ta{n} := {_reader(spec)}()" for n, (_, spec) in enumerate(method["parameters"])]
        called = f"made.{name}({', '.join(f'a{n}' for n in range(len(method['parameters'])))})"
        if method["returns"] == "None":
            lines.append(f"\t\t\t{called}")
            called = f"{RUNNER}.Nothing"
        lines.append(f'\t\t\t{RUNNER}.AnswerOf("{camel(method["name"])}", {_writer(method["returns"])}, {called})')
    lines += ["\t\t}", "\t}", "}"]


def _first_declared(source: str, before: str, names: tuple[str, ...]) -> str:
    """Which of these spellings the program uses; the first where none is found."""
    return next((name for name in names if re.search(rf"{before}{re.escape(name)}\b", source)), names[0])


def _method_name(source: str, name: str) -> str:
    return _first_declared(source, r"\bfunc\s*\([^()]*\)\s*", (camel(name), exported(name), name))


def _reader(spec: Any) -> str:
    return _made_of(spec, "Read")


def _writer(spec: Any) -> str:
    return _made_of(spec, "Write")


def _made_of(spec: Any, verb: str) -> str:
    if isinstance(spec, str):
        return f"{RUNNER}.{verb}{spec.capitalize() if spec not in NODES else spec}"
    kind, part = spec
    if kind == "optional" and part in NODES:
        return _made_of(part, verb)
    return f"{RUNNER}.{verb}{kind.capitalize()}({_made_of(part, verb)})"


def quoted(text: str) -> str:
    """Text as a literal of Go."""
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if " " <= sign < "\x7f" or "\xa0" <= sign != "\ufeff" else f"\\U{ord(sign):08x}"
