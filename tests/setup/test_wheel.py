"""A wheel brings the built assets, the bank and the boxes' recipes: who installs it needs no Node."""

from __future__ import annotations

import json
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sandbox.images.inputs import SANDBOX, images, recipe

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (
    ".git", ".venv", ".cache", "var", "built", "node_modules", "__pycache__", "tests", "dist",
    ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache",
)  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """site-packages of a fresh environment, from a wheel that was built with no Node on PATH."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*LEFT_OUT))
    packages = ROOT / "trainer" / "frontend" / "node_modules"
    if packages.exists():  # installing them again, the slow part, is tested by `make` itself
        (source / "trainer" / "frontend" / "node_modules").symlink_to(packages)
    without_node = {**os.environ, "PATH": str(folder)}
    build_python = runpy.run_path(str(ROOT / "trainer" / "frontend" / "bundle.py"))["build_python"]()
    build = [build_python, "trainer/frontend/bundle.py", "wheel"]
    subprocess.run(build, cwd=source, env=without_node, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = (source / "dist").glob("*.whl")

    fresh = folder / "fresh"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", fresh], check=True)
    install = [sys.executable, "-m", "pip", "--python", str(fresh / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*install, "--no-index", "--no-deps", "--no-compile", str(wheel)], env=without_node, check=True)
    (site,) = (fresh / "lib").glob("python*/site-packages")
    return site


def test_it_has_every_asset_that_the_manifest_names(installed: Path) -> None:
    built = installed / "trainer" / "static" / "built"
    manifest = json.loads((built / "manifest.json").read_text())
    assert {"styles.css", "icons.svg"} <= set(manifest)
    for entry in manifest.values():
        for name in (entry["file"], *entry.get("imports", ())):
            assert (built / name).stat().st_size > 0
    assert (built / f"{manifest['styles.css']['file']}.br").is_file()
    assert "SIL OPEN FONT LICENSE" in (built / "THIRD_PARTY.txt").read_text().upper()
    assert {f"{path.name}" for path in (ROOT / "trainer" / "frontend" / "src").glob("*.ts")} <= set(manifest)


def test_it_has_the_bank(installed: Path) -> None:
    here = {path.relative_to(ROOT / "problems") for path in (ROOT / "problems").rglob("problem.md")}
    there = installed / "trainer" / "_problems"
    assert {path.relative_to(there) for path in there.rglob("problem.md")} == here


def test_it_has_what_the_boxes_are_built_from(installed: Path) -> None:
    for image in images():
        for _, path in recipe(image).files():
            assert (installed / "sandbox" / path.relative_to(SANDBOX)).read_bytes() == path.read_bytes()


def test_it_leaves_out_what_only_builds(installed: Path) -> None:
    assert not (installed / "trainer" / "frontend").exists()
    assert not (installed / "tests").exists()


def test_it_has_the_command(installed: Path) -> None:
    assert (installed.parents[2] / "bin" / "trainer").exists()


def test_it_has_the_licences_of_what_it_carries(installed: Path) -> None:
    told = (installed / "trainer" / "static" / "built" / "THIRD_PARTY.txt").read_text()
    for name in ("@codemirror/view", "@fontsource-variable/inter", "@fontsource-variable/jetbrains-mono"):
        assert name in told
    (about,) = installed.glob("interview_trainer-*.dist-info")
    assert "MIT License" in (about / "licenses" / "LICENSE").read_text()


def test_an_editable_install_has_no_second_bank(tmp_path: Path) -> None:
    build = f"from hatchling.build import build_editable; print(build_editable({str(tmp_path)!r}))"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.startswith("trainer/")]


def test_node_can_be_asked_for_and_is_ours(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "trainer" / "frontend" / "bundle.py"), "node", "-p", "process.cwd()"]
    without_node = os.environ | {"PATH": ""}
    done = subprocess.run(command, cwd=tmp_path, env=without_node, capture_output=True, text=True, check=True)
    assert done.stdout == f"{tmp_path.resolve()}\n"
