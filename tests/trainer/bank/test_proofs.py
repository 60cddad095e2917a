"""A kept proof holds exactly as long as nothing that decides it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import lay, make_package
from trainer.bank import proofs
from trainer.bank.files import Package, load_folder
from trainer.bank.report import CheckReport, Finding
from trainer.errors import BankError


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    lay(tmp_path, make_package())
    return tmp_path


MISTAKES = {"AW": "Nothing was doubled."}


def report(package: Package, ok: bool = True) -> CheckReport:
    return CheckReport(package.slug, (Finding("package", ok, "read"),), mistakes=MISTAKES, done=True)


def prove(bank: Path, *, brief: bool = False) -> None:
    package = load_folder(bank / "double")
    proofs.keep(bank, package, report(package), brief=brief)


def test_nothing_is_proved_before_a_check(bank: Path) -> None:
    assert proofs.read_proofs(bank) == {}
    assert not proofs.holds(bank, "double")


def test_a_proof_holds_while_nothing_changes(bank: Path) -> None:
    prove(bank)
    assert proofs.holds(bank, "double")


def test_another_byte_of_the_package_ends_it(bank: Path) -> None:
    prove(bank)
    path = bank / "double" / "problem.md"
    path.write_bytes(path.read_bytes() + b"\n")
    assert not proofs.holds(bank, "double")


def test_a_brief_check_proves_all_but_the_known_mistakes(bank: Path) -> None:
    prove(bank, brief=True)
    assert proofs.holds(bank, "double")
    assert not proofs.holds(bank, "double", whole=True)
    assert proofs.read_proofs(bank)["double"].mistakes is None


def test_known_mistakes_outlast_a_brief_check(bank: Path) -> None:
    prove(bank)
    prove(bank, brief=True)
    assert proofs.holds(bank, "double", whole=True)
    assert proofs.read_proofs(bank)["double"].mistakes == MISTAKES


def test_known_mistakes_of_another_package_are_forgotten(bank: Path) -> None:
    prove(bank)
    path = bank / "double" / "problem.md"
    path.write_bytes(path.read_bytes() + b"\n")
    prove(bank, brief=True)
    assert proofs.read_proofs(bank)["double"].mistakes is None


def test_a_package_that_cannot_be_read_is_not_proved(bank: Path) -> None:
    prove(bank)
    (bank / "double" / "problem.md").unlink()
    assert not proofs.holds(bank, "double")


@pytest.mark.parametrize(
    ("module", "holds"),
    [
        ("bank/check.py", False),
        ("bank/formats/function.py", False),
        ("sandbox/judge.py", False),
        ("sandbox/checkers/close.py", False),
        ("sandbox/services.py", True),
        ("bank/formats/quiz.py", True),
        ("bank/template.py", True),
    ],
)
def test_another_rule_ends_it_where_it_decides_about_the_kind(
    bank: Path, module: str, holds: bool, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    prove(bank)
    real = dict(proofs.modules())
    assert module in real
    changed = tmp_path_factory.mktemp("changed") / "module.py"
    changed.write_bytes(real[module].read_bytes() + b"# changed\n")
    monkeypatch.setattr(proofs, "modules", lambda: iter((real | {module: changed}).items()))
    proofs.rules_digest.cache_clear()
    try:
        assert proofs.holds(bank, "double") is holds
    finally:
        proofs.rules_digest.cache_clear()


def test_another_image_ends_it(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prove(bank)
    monkeypatch.setattr(proofs, "image_name", lambda image: f"another-{image}")
    assert not proofs.holds(bank, "double")


def test_every_module_that_is_named_exists() -> None:
    assert {*proofs.ONLY_FOR, *proofs.NEVER} <= {name for name, _ in proofs.modules()}


def test_a_failed_check_removes_the_proof(bank: Path) -> None:
    prove(bank)
    package = load_folder(bank / "double")
    proofs.keep(bank, package, report(package, ok=False))
    assert proofs.read_proofs(bank) == {}


def test_a_check_that_did_not_end_proves_nothing(bank: Path) -> None:
    package = load_folder(bank / "double")
    proofs.keep(bank, package, CheckReport(package.slug, (Finding("package", True, "read"),)))
    assert not proofs.holds(bank, "double")


def test_proofs_of_packages_that_are_gone_are_dropped(bank: Path) -> None:
    prove(bank)
    (bank / "double").rename(bank / "triple")
    package = load_folder(bank / "triple")
    proofs.keep(bank, package, report(package))
    assert list(proofs.read_proofs(bank)) == ["triple"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"double": 1}',
        '{"double": {"package": "", "rules": "", "images": "", "programs": 1, "mistakes": 2}}',
        '{"double": {}}',
        "{",
    ],
)
def test_a_file_that_cannot_be_read_is_named(bank: Path, text: str) -> None:
    (bank / proofs.FILE).write_text(text)
    with pytest.raises(BankError, match=r"proofs\.lock cannot be read"):
        proofs.read_proofs(bank)
