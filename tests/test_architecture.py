"""Who may import whom. The table is the architecture; this test keeps it true."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ROOMS = (
    "trainer.errors",
    "trainer.clock",
    "trainer.languages",
    "trainer.config",
    "trainer.mail",
    "trainer.db",
    "trainer.db_faults",
    "trainer.migrate",
    "trainer.learning",
    "trainer.bank",
    "trainer.kinds",
    "trainer.models",
    "trainer.services",
    "trainer.work",
    "trainer.web",
    "trainer.pages",
    "trainer.api",
    "trainer.app",
    "sandbox",
)
"""The longest of these that begins a module's name is its room."""

BELOW_SERVICES = {
    "trainer.errors",
    "trainer.clock",
    "trainer.db",
    "trainer.languages",
    "trainer.learning",
    "trainer.bank",
    "trainer.kinds",
    "trainer.models",
    "sandbox",
}
MAY_IMPORT = {
    "trainer.errors": set(),
    "trainer.clock": set(),
    "trainer.languages": {"sandbox"},
    "trainer.config": {"trainer.errors", "trainer.languages", "trainer.mail", "sandbox"},
    "trainer.mail": set(),
    "trainer.db": set(),
    "trainer.db_faults": set(),
    "trainer.migrate": {"trainer.errors"},
    "trainer.learning": set(),
    "trainer.bank": {"trainer.errors", "sandbox"},
    "trainer.kinds": {"trainer.errors", "trainer.bank", "sandbox"},
    "trainer.models": {"trainer.db"},
    "trainer.services": BELOW_SERVICES,
    "trainer.work": {*BELOW_SERVICES, "trainer.config", "trainer.db_faults", "trainer.migrate", "trainer.services"},
    "trainer.web": {
        *BELOW_SERVICES,
        "trainer.config",
        "trainer.mail",
        "trainer.db_faults",
        "trainer.migrate",
        "trainer.services",
        "trainer.work",
    },
    "trainer.pages": {*BELOW_SERVICES, "trainer.config", "trainer.services", "trainer.web"},
    "trainer.api": {*BELOW_SERVICES, "trainer.services", "trainer.web"},
    "sandbox": set(),
}
"""Rooms that are not named here wire the others together and may import all."""

SANDBOX_INSIDE_BANK = {
    "sandbox.languages", "sandbox.languages.language",
    "sandbox.answers", "sandbox.cells", "sandbox.checkers", "sandbox.tables", "sandbox.model", "sandbox.signature",
    "sandbox.errors", "sandbox.identity", "sandbox.syntax",
}  # fmt: skip
"""The bank and the kinds speak the sandbox's words, but never run anything themselves."""

HOMES = {
    "docker": ("sandbox.backends",),
    "flask": (
        "trainer.pages", "trainer.api", "trainer.app", "trainer.web", "trainer.db", "trainer.start", "trainer.commands",
    ),
}  # fmt: skip
"""Libraries that only these may import."""


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted([*ROOT.glob("trainer/**/*.py"), *ROOT.glob("sandbox/**/*.py")]):
        if "node_modules" in path.parts or "_problems" in path.parts:
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()
INSIDE_BOXES = {
    name for name, path in MODULES.items() if (path.parent / "Dockerfile").exists() and path.stem != "__init__"
}
"""Files that are copied into an image: they know nothing of the host."""


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@cache
def imports(name: str) -> frozenset[str]:
    """Modules that a module imports, `from a import b` as a.b where that is a module."""
    found = set()
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in MODULES else node.module)
    return frozenset(found)


def room(name: str) -> str:
    return max((r for r in ROOMS if name == r or name.startswith(r + ".")), key=len, default="")


def test_arrows_go_one_way() -> None:
    wrong = {name: sorted(forbidden(name)) for name in MODULES if forbidden(name)}
    assert wrong == {}, "these modules may not import what stands beside them"


def forbidden(name: str) -> set[str]:
    """Modules that this one imports although the table does not let it."""
    here = room(name)
    if here not in MAY_IMPORT:
        return set()
    allowed = MAY_IMPORT[here] | {here}
    ours = {module for module in imports(name) if module.split(".")[0] in ("trainer", "sandbox")}
    return {module for module in ours if room(module) not in allowed}


def test_the_bank_knows_only_the_words_of_the_sandbox() -> None:
    inside = [name for name in MODULES if room(name) in ("trainer.bank", "trainer.kinds")]
    used = {name: {module for module in imports(name) if module.split(".")[0] == "sandbox"} for name in inside}
    assert {name: wrong for name, words in used.items() if (wrong := sorted(words - SANDBOX_INSIDE_BANK))} == {}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_libraries_stay_where_they_belong(library: str) -> None:
    users = {name for name in MODULES if any(i.split(".")[0] == library for i in imports(name))}
    assert {name for name in users if not name.startswith(HOMES[library])} == set()


def test_there_are_no_cycles() -> None:
    graph = {name: {i for i in imports(name) if i in MODULES and i != name} for name in MODULES}
    TopologicalSorter(graph).prepare()


def test_imports_stand_at_the_top() -> None:
    inside = {
        f"{name}:{node.lineno}"
        for name in MODULES
        for function in ast.walk(tree_of(name))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert inside == set()


def test_the_top_level_holds_what_it_should() -> None:
    assert {"trainer", "problems", "sandbox", "tests", "pyproject.toml", "README.md"} <= {
        p.name for p in ROOT.iterdir()
    }
