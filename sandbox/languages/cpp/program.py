"""What the compiler gets: a file that includes the student's, and calls what the signature names.

The generated code follows the student's, whose macros hold in it: it names nothing but what lies in the precompiled
header, under names that nobody else gives. The program's own `main`, where it has one, is another function.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NODES = ("ListNode", "TreeNode")
HARNESS = "trainer_harness"
RUNNER = "runner.cpp"
NODES_FILE = "/harness/nodes.h"
_WRITTEN = {"int": "long long", "float": "double", "bool": "bool", "str": "string", "None": "monostate"}
_TAGS = {"int": "Int_", "float": "Float_", "bool": "Bool_", "str": "Str_", "None": "None_"}


@dataclass(frozen=True)
class Program:
    """`text` is the file that is compiled. `wanted` says by lines of the generated part what is called there."""

    text: str
    wanted: Mapping[int, str]


def program_of(source: str, signature: dict[str, Any]) -> Program:
    lines: list[str] = []
    wanted: dict[int, str] = {}
    add = _class if "constructor" in signature else _function
    add(lines, wanted, source, signature)
    head = [f'#include "{NODES_FILE}"'] * any(name in str(signature) for name in NODES)
    head += [
        "#define main trainer_main_of_the_program",
        '#include "solution.cpp"',
        "#undef main",
        f'#line 1 "{RUNNER}"',
    ]
    return Program("\n".join([*head, *lines]) + "\n", wanted)


def camel(name: str) -> str:
    """page_of is pageOf."""
    return re.sub(r"(?<=[A-Za-z0-9])_+([A-Za-z0-9])", lambda found: found[1].upper(), name)


def written(spec: Any) -> str:
    """A type of the signature in C++."""
    if isinstance(spec, str):
        return f"{spec}*" if spec in NODES else _WRITTEN[spec]
    kind, part = spec
    inner = written(part)
    if kind == "optional":
        return inner if part in NODES else f"optional<{inner}>"
    return f"vector<{inner}>" if kind == "list" else f"map<string, {inner}>"


def parameter(spec: Any, name: str) -> str:
    """A parameter as it is declared: lists and maps are not copied."""
    return f"{written(spec)}{'& ' if spec[0] in ('list', 'dict') else ' '}{name}"


def declared(function: dict[str, Any], name: str) -> str:
    """How the function is to be declared, for people."""
    parameters = ", ".join(parameter(spec, camel(given)) for given, spec in function["parameters"])
    returns = "void" if function["returns"] == "None" else written(function["returns"])
    return f"{returns} {name}({parameters})"


def _tag(spec: Any) -> str:
    if isinstance(spec, str):
        return f"{HARNESS}::{_TAGS.get(spec, f'{spec}_')}"
    kind, part = spec
    return f"{HARNESS}::{kind.capitalize()}_<{_tag(part)}>"


def _signature(function: dict[str, Any]) -> str:
    tags = [_tag(function["returns"]), *(_tag(spec) for _, spec in function["parameters"])]
    return f"{HARNESS}::Signature_<{', '.join(tags)}>{{}}"


def _function(lines: list[str], wanted: dict[int, str], source: str, signature: dict[str, Any]) -> None:
    name = _first_used(source, camel(signature["name"]), signature["name"])
    places = [at for at, (given, _) in enumerate(signature["parameters"]) if given == signature["in_place"]]
    call = f"call_in_place_<{places[0]}>" if places else "call_function_"
    lines.append(f"void {HARNESS}::run_() {{ {HARNESS}::{call}({_signature(signature)}, &::{name}); }}")
    wanted[len(lines)] = declared(signature, camel(signature["name"]))


def _class(lines: list[str], wanted: dict[int, str], source: str, signature: dict[str, Any]) -> None:
    constructor, methods = signature["constructor"], signature["methods"]
    kind = constructor["name"]
    lines.append(f"void {HARNESS}::run_() {{")
    tags = ", ".join([f"::{kind}", *(_tag(spec) for _, spec in constructor["parameters"])])
    lines.append(f"auto& made_ = {HARNESS}::make_<{tags}>();")
    wanted[len(lines)] = declared(constructor, kind).removeprefix("void ")
    lines.append(f"while ({HARNESS}::next_call_()) switch ({HARNESS}::count_()) {{")
    for number, method in enumerate(methods, 1):
        name = _first_used(source, camel(method["name"]), method["name"])
        called = f'({_signature(method)}, made_, &::{kind}::{name}, "{camel(method["name"])}")'
        lines.append(f"case {number}: {HARNESS}::call_method_{called}; break;")
        wanted[len(lines)] = declared(method, f"{kind}::{camel(method['name'])}")
    lines += ["}", "}"]


def _first_used(source: str, *names: str) -> str:
    """Which of these spellings the program uses; the first where none is found."""
    return next((name for name in names if re.search(rf"\b{re.escape(name)}\s*\(", source)), names[0])
